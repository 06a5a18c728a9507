"""What applicants consent to: the purpose and for how long, by version, so that every consent says what was read."""

from collections.abc import Mapping

from assessments.items import Record


class Terms(Record):
    """What a consent means.

    Args:
        retention_days: so long after the last decision, or after leaving the pool, everything personal is kept.
    """

    purpose: str
    retention_days: int

    @property
    def text(self) -> str:
        """All of it in Markdown, as the page shows it."""
        return f"""{self.purpose}

**How long:** as long as you are in the talent pool. If you do not enter it, or leave it, your data and your CV are
deleted {self.retention_days} days later. You can ask for a copy of everything, and for deletion at any time.

**What never decides:** your country, your degree and your CV. The rules that decide cannot see them."""


CURRENT = "2026-1"
TERMS: Mapping[str, Terms] = {
    CURRENT: Terms(
        purpose=(
            "**What for:** to decide about your application to the talent pool by your answers to assessments, to "
            "write to you about it, and to find projects that suit you. Nobody outside of this organisation gets what "
            "you write here."
        ),
        retention_days=365,
    ),
}

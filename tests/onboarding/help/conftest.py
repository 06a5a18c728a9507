"""Fixtures, on each database: people who answer, and ada, who was issued the small bank and declined."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.issue import sign
from grader.store import Store, migrate
from grader.workspace import Workspace, create_workspace
from onboarding.decision import AUTOMATIC
from onboarding.tables import DecisionRow
from tests.conftest import POLICY, use_database
from tests.onboarding.help.samples import HELP, UNTIL
from tests.samples import BANK, NOW, small_packet


@pytest.fixture
def place(url: str, tmp_path: Path) -> Workspace:
    """The workspace; nothing is released in it."""
    root = tmp_path / "workspace"
    create_workspace(root, starter=False)
    (root / "source" / "small.toml").write_text(BANK)
    (root / "policy.toml").write_text(POLICY)
    (root / "help.toml").write_text(HELP)
    migrate(url)
    return use_database(root, url)


@pytest.fixture
def store(place: Workspace) -> Iterator[Store]:
    """Its store."""
    opened = Store(place.database_url)
    for name in ("ada", "bob"):
        opened.add_applicant(name, name.title(), now=NOW)
    opened.add_packet(sign(small_packet(), place.secret), grace=place.grace)
    decline(opened, "ada")
    yield opened
    opened.close()


def decline(store: Store, applicant_id: str) -> None:
    """A decision of the rule, as it was before there was a chain."""
    row = DecisionRow(
        applicant_id=applicant_id,
        outcome="decline",
        reasons=["small: the score is 60%"],
        qualifications=[],
        inputs=[],
        policy_version="0" * 16,
        decided_by=AUTOMATIC,
        decided_at=NOW,
        rules=[],
        objection_until=UNTIL,
    )
    with store.session() as session:
        session.add(row)

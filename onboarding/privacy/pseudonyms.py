"""The names under which stays what is kept of somebody who was erased."""

import re
from secrets import token_hex

_PSEUDONYM = re.compile("erased-[0-9a-f]{16}")


def new_pseudonym() -> str:
    """A name made of chance alone (64 bits)."""
    return f"erased-{token_hex(8)}"


def is_pseudonym(applicant_id: str) -> bool:
    """Whether nobody real is behind this name any more."""
    return bool(_PSEUDONYM.fullmatch(applicant_id))

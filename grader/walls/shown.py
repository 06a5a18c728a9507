"""What a private root shows of this machine, and what it hides of it."""

import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

SYSTEM_FILES = ("/usr", "/etc/ld.so.cache", "/etc/localtime", "/etc/alternatives", "/etc/fonts")
_OURS = Path(__file__).parents[1]


@cache
def read_only() -> list[tuple[str, str]]:
    """The interpreter's own prefixes and the system's libraries: (path outside, path inside)."""
    prefixes = dict.fromkeys([sys.base_prefix, sys.prefix])
    folders = [*SYSTEM_FILES, *(prefix for prefix in prefixes if not prefix.startswith("/usr/"))]
    return [(path, path) for path in folders]


def hidden_folders(more: Sequence[Path]) -> list[str]:
    """This package and the one that decides, which lie below a shown folder once they are installed; and others."""
    return [str(path.resolve()) for path in (_OURS, _OURS.with_name("onboarding"), *more)]

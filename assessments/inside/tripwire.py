"""Notices crude tampering with the shell that a self-asserted test runs in. A hint for a person, not a wall."""

import builtins
import sys
from typing import Any

RUNNING = ("run_cell", "run_cell_async", "run_code", "run_ast_nodes", "transform_cell")
SHOWING = ("showtraceback", "_showtraceback")
WORDS = ("isinstance", "len", "abs", "all", "any", "sum", "print", "repr", "type", "round", "sorted", "float", "int")


def parts(shell: Any) -> dict[str, Any]:
    """What a test relies on, by name: methods of the shell, its transformers, common built-in functions."""
    own, kind = vars(shell), type(shell)
    found = {f"shell.{name}": own.get(name, getattr(kind, name, None)) for name in RUNNING + SHOWING}
    found |= {f"builtins.{name}": getattr(builtins, name, None) for name in WORDS}
    transformers = shell.input_transformer_manager
    counts = {
        "shell.ast_transformers": len(shell.ast_transformers),
        "shell.input_transformers": len(transformers.cleanup_transforms) + len(transformers.line_transforms),
        "sys.settrace": sys.gettrace() is not None,
    }
    return found | counts


def replaced(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """The names of the parts that are others now."""
    return sorted(name for name, part in now.items() if before[name] is not part)

"""Calls and values written as Python literals in text: `chunk([1, 2, 3], 2)` gives `[[1, 2], [3]]`.

Nothing is evaluated but literals. The judge uses the same texts for its held-out calls.
"""

import ast
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple


class Call(NamedTuple):
    """One call of an applicant's function, with literal arguments."""

    function: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


class Trial(NamedTuple):
    """What came of one public example."""

    call: str
    gives: str
    found: str
    holds: bool


def parse_literal(text: str) -> Any:
    """The value of a Python literal; ValueError for anything else."""
    try:
        return ast.literal_eval(text.strip())
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError):
        raise ValueError(f"must be a Python literal, found {text!r}") from None


def parse_call(text: str) -> Call:
    """The call that `text` writes down; ValueError unless it is `name(literals…, name=literal…)`."""
    wrong = ValueError(f"must be a call with literal arguments such as f([1, 2], n=3), found {text!r}")
    try:
        node = ast.parse(text.strip(), mode="eval").body
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            raise wrong
        args = tuple(ast.literal_eval(arg) for arg in node.args)
        kwargs = {kw.arg: ast.literal_eval(kw.value) for kw in node.keywords if kw.arg is not None}
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError):
        raise wrong from None
    if len(kwargs) != len(node.keywords):
        raise wrong
    return Call(node.func.id, args, kwargs)


def invoke(text: str, namespace: Mapping[str, Any]) -> Any:
    """Call the applicant's function with fresh arguments; NameError if it is not defined."""
    call = parse_call(text)
    function: Callable[..., Any] | None = namespace.get(call.function)
    if function is None:
        raise NameError(f"name '{call.function}' is not defined")
    return function(*call.args, **call.kwargs)


def try_example(call: str, gives: str, namespace: Mapping[str, Any]) -> Trial:
    """Run one public example against what is defined in the applicant's own kernel."""
    try:
        value = invoke(call, namespace)
        found = repr(value)
    except Exception as error:
        return Trial(call, gives, f"{type(error).__name__}: {error}", holds=False)
    wanted = parse_literal(gives)
    return Trial(call, gives, found, holds=type(value) is type(wanted) and value == wanted)

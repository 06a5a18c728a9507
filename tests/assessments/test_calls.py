"""Calls are literals and nothing else."""

import pytest

from assessments.calls import invoke, parse_call, try_example


def test_arguments_are_literals() -> None:
    """Positional and named literals are read."""
    call = parse_call("f([1, None], key=('a', {2: True}))")
    assert (call.function, call.args, call.kwargs) == ("f", ([1, None],), {"key": ("a", {2: True})})


@pytest.mark.parametrize(
    "text", ["f", "f(x)", "a.b(1)", "f(*[1])", "f(**{})", "f(1); g(2)", "f(", "f(__import__('os'))"]
)
def test_anything_else_is_refused(text: str) -> None:
    """Nothing is evaluated."""
    with pytest.raises(ValueError, match="must be a call with literal arguments"):
        parse_call(text)


def test_each_call_gets_fresh_arguments() -> None:
    """A function that changes its argument does not change the next call."""
    namespace = {"f": lambda xs: xs.append(1) or len(xs)}
    assert [invoke("f([])", namespace), invoke("f([])", namespace)] == [1, 1]


def test_an_example_shows_what_was_found() -> None:
    """Errors are shown by name, right results hold, a wrong type does not."""
    namespace = {"f": lambda x: 1 / x}
    assert try_example("f(0)", "0", namespace).found == "ZeroDivisionError: division by zero"
    assert try_example("f(2)", "0.5", namespace).holds
    assert not try_example("f(1)", "1", namespace).holds
    assert try_example("g(1)", "1", namespace).found == "NameError: name 'g' is not defined"

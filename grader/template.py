"""Items with parameters: their texts hold places, a function of the author's gives the key for what is drawn."""

import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache
from itertools import product
from random import Random
from types import FunctionType
from typing import Any, NamedTuple

from grader.errors import BankError
from grader.parameters import Parameters, TemplateTable, Value

TRIES = 1_000
"""So many draws are tried until the function accepts one; where there are fewer, all of them."""
_PLACE = re.compile(r"\{\{\s*([a-z_][a-z0-9_]*)\s*\}\}")


class Template(NamedTuple):
    """An item that is filled in anew for everybody.

    Args:
        raw: the item's table in the file, with places like `{{n}}` in its texts.
        function: gets the parameters by name; gives the key's fields, or these and more texts to fill in, or None to
            refuse the parameters.
    """

    raw: Mapping[str, Any]
    table: TemplateTable
    function: Callable[..., Any]

    @property
    def size(self) -> int:
        """How many draws there are."""
        return math.prod(len(domain.values) for domain in self.table.parameters.values())

    def draws(self, rng: Random, count: int) -> list[Parameters]:
        """So many different draws that the function does not refuse, fewer where there are not as many.

        Raises:
            BankError: the function does not work.
        """
        found: list[Parameters] = []
        for parameters in self._tries(rng):
            if len(found) == count:
                break
            if parameters not in found and self._given(parameters) is not None:
                found.append(parameters)
        return found

    def draw(self, rng: Random, avoid: Collection[Parameters] = ()) -> Parameters | None:
        """Parameters that are none of `avoid`; None if nothing else was found. BankError as for `draws`."""
        tries = (parameters for parameters in self._tries(rng) if parameters not in avoid)
        return next((parameters for parameters in tries if self._given(parameters) is not None), None)

    def _tries(self, rng: Random) -> Iterator[Parameters]:
        names = list(self.table.parameters)
        values = [domain.values for domain in self.table.parameters.values()]
        if self.size > TRIES:
            for _ in range(TRIES):
                yield dict(zip(names, map(rng.choice, values), strict=True))
        else:
            every = list(product(*values))
            for combination in rng.sample(every, len(every)):
                yield dict(zip(names, combination, strict=True))

    def filled(self, parameters: Parameters) -> dict[str, Any]:
        """The item's table with everything filled in, and its key.

        Raises:
            BankError: the function does not work or refuses the parameters, or a text has a place for something else.
        """
        given = self._given(parameters)
        if given is None:
            raise BankError(f"{self._call(parameters)} refuses them")
        key, texts = given
        places = {name: written(value) for name, value in {**parameters, **texts}.items()}
        table: dict[str, Any] = _fill(self.raw, places)
        return {**table, "key": {**table.get("key", {}), **key}}

    def _given(self, parameters: Parameters) -> tuple[dict[str, Any], dict[str, Value]] | None:
        """The key's fields and further texts."""
        try:
            given = self.function(**parameters)
        except Exception as error:
            raise BankError(f"{self._call(parameters)} raises {type(error).__name__}: {error}") from None
        if given is None:
            return None
        key, texts = given if isinstance(given, tuple) and len(given) == 2 else (given, {})
        if not isinstance(key, dict) or not isinstance(texts, dict) or not all(map(_is_text, texts.values())):
            raise BankError(
                f"{self._call(parameters)} gives {_short(given)}, allowed is a dict with the key's fields, "
                "or that and a dict with texts and numbers to fill in"
            )
        return key, texts

    def _call(self, parameters: Parameters) -> str:
        arguments = ", ".join(f"{name}={value!r}" for name, value in parameters.items())
        return f"template.function: {self.table.function}({_short(arguments, quote=False)})"


def _is_text(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def written(value: Value) -> str:
    """A value as it stands in a text; numbers with at most twelve digits."""
    return format(value, ".12g") if isinstance(value, float) else str(value)


def _fill(value: Any, texts: Mapping[str, str]) -> Any:
    """The same with every place in every text filled."""
    if isinstance(value, str):
        if unknown := set(_PLACE.findall(value)) - set(texts):
            names = ", ".join(sorted(unknown))
            raise BankError(f"template: found a place for {names}, allowed are {', '.join(texts)}")
        return _PLACE.sub(lambda place: texts[place[1]], value)
    if isinstance(value, Mapping):
        return {name: _fill(part, texts) for name, part in value.items()}
    return [_fill(part, texts) for part in value] if isinstance(value, list) else value


def _short(value: Any, *, quote: bool = True) -> str:
    text = repr(value) if quote else str(value)
    return text if len(text) <= 100 else f"{text[:97]}…"


@lru_cache(maxsize=64)
def load_functions(name: str, source: bytes) -> Mapping[str, Callable[..., Any]]:
    """The functions of an author's file; they are trusted as much as the bank is.

    Raises:
        BankError: the file cannot be run.
    """
    namespace: dict[str, Any] = {"__name__": name}
    try:
        exec(compile(source, name, "exec"), namespace)
    except (Exception, SystemExit) as error:
        raise BankError(f"{name}: line {_line(name, error)}: {type(error).__name__}: {error}") from None
    return {each: thing for each, thing in namespace.items() if isinstance(thing, FunctionType)}


def _line(name: str, error: BaseException) -> int:
    """The line of the author's file at which it went wrong."""
    if isinstance(error, SyntaxError):
        return error.lineno or 1
    trace, line = error.__traceback__, 1
    while trace:
        line = trace.tb_lineno if trace.tb_frame.f_code.co_filename == name else line
        trace = trace.tb_next
    return line

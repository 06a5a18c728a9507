"""Python values as plain JSON with their exact types, for what leaves the sandbox.

`encode` runs beside the applicant's code, `decode` outside; nothing is unpickled, imported or evaluated.
Each value is `[tag]` or `[tag, payload]`. A type that is not listed leaves as `["other", name]` and equals nothing.
"""

import math
from typing import Any

MAX_DEPTH = 30
MAX_NODES = 5_000
MAX_TEXT = 200_000


class ValueTooLarge(ValueError):
    """The value has too many parts, is nested too deeply or holds too long a text."""


class Other:
    """Stands for a value of a type that no item asks for; equal to nothing but itself."""

    def __init__(self, type_name: str) -> None:
        self.type_name = type_name

    def __repr__(self) -> str:
        return f"<a value of type {self.type_name}>"


_SEQUENCES: dict[type, str] = {list: "list", tuple: "tuple", set: "set", frozenset: "frozenset"}
_MAKERS = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}


def encode(value: Any) -> list[Any]:
    """`value` as tagged JSON.

    Raises:
        ValueTooLarge: more than `MAX_NODES` parts, `MAX_DEPTH` levels or `MAX_TEXT` characters.
    """
    return _encode(value, MAX_DEPTH, [MAX_NODES])


def _encode(value: Any, depth: int, budget: list[int]) -> list[Any]:
    budget[0] -= 1
    if depth < 0 or budget[0] < 0:
        raise ValueTooLarge(f"more than {MAX_NODES:,} parts or {MAX_DEPTH} levels")
    # `type(...) is`, not isinstance: a subclass may lie about itself
    kind: type = type(value)
    if value is None or kind is bool:
        return ["none"] if value is None else ["bool", value]
    if kind in _SEQUENCES:
        return [_SEQUENCES[kind], [_encode(part, depth - 1, budget) for part in value]]
    if kind is dict:
        pairs = [[_encode(k, depth - 1, budget), _encode(v, depth - 1, budget)] for k, v in value.items()]
        return ["dict", pairs]
    return _encode_scalar(value, kind)


def _encode_scalar(value: Any, kind: type) -> list[Any]:
    if kind is int:
        # hex has no digit limit and costs linear time
        if value.bit_length() > 4 * MAX_TEXT:
            raise ValueTooLarge("a whole number with too many digits")
        return ["int", hex(value)]
    if kind is float:
        return ["float", value.hex() if math.isfinite(value) else repr(value)]
    if kind is str or kind is bytes:
        if len(value) > MAX_TEXT:
            raise ValueTooLarge(f"a text of more than {MAX_TEXT:,} characters")
        return ["str", value] if kind is str else ["bytes", value.hex()]
    return ["other", str(kind.__name__)[:100]]


def decode(data: Any) -> Any:
    """The value that `data` stands for; ValueError for anything that `encode` does not write."""
    try:
        return _decode(data, MAX_DEPTH, [MAX_NODES])
    except (TypeError, OverflowError) as error:  # an unhashable part of a set or key of a dict; 0x1p99999
        raise ValueError(str(error)) from None


def _decode(data: Any, depth: int, budget: list[int]) -> Any:
    budget[0] -= 1
    if depth < 0 or budget[0] < 0:
        raise ValueTooLarge("too many parts or levels")
    if not (isinstance(data, list) and data and isinstance(data[0], str)):
        raise ValueError("not an encoded value")
    tag, payload = data[0], data[1:]
    if tag in _MAKERS:
        return _MAKERS[tag](_decode(part, depth - 1, budget) for part in _only(payload, list))
    if tag == "dict":
        pairs = [_only([pair], list) for pair in _only(payload, list)]
        return {_decode(k, depth - 1, budget): _decode(v, depth - 1, budget) for k, v in pairs}
    return _decode_scalar(tag, payload)


def _decode_scalar(tag: str, payload: list[Any]) -> Any:
    if tag == "none" and not payload:
        return None
    if tag == "bool":
        return _only(payload, bool)
    text = _only(payload, str)
    if tag == "str":
        return text
    if tag == "int":
        return int(text, 16)
    if tag == "float":
        return float.fromhex(text)
    if tag == "bytes":
        return bytes.fromhex(text)
    if tag == "other":
        return Other(text)
    raise ValueError(f"unknown tag {tag!r}")


def _only(payload: list[Any], kind: type) -> Any:
    if len(payload) != 1 or type(payload[0]) is not kind:
        raise ValueError(f"expected one {kind.__name__}")
    return payload[0]

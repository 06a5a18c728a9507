"""What a notebook's outputs say, without what differs from run to run: addresses, times, temporary files, grouping."""

import re
from itertools import groupby
from typing import Any

VARYING = (
    (r"/\S+/ipykernel_\d+/\d+\.py", "CELL"),
    (r"(\"|')/[^\"']*/lib/python3", r"\1LIB/python3"),
    (r"(/|~)[^\s\"']*?/lib/python3", "LIB/python3"),
    (r"0x[0-9a-f]{6,}", "ADDRESS"),
    (r"object at [0-9a-f]{6,}", "object at ADDRESS"),
    (r"(Thread|Task)-\d+", r"\1-N"),
    (r"[\d.e+]+ (ns|μs|ms|s)\b", "TIME"),
    (r"in [\d.]+s\b", "in TIME"),
    (r"-f \S+\.json", "-f FILE"),
    (r"frames: .*?\(\d+ times\)", "frames: N times"),
)
PICTURES = ("image/png", "image/svg+xml")
WIDGET = "application/vnd.jupyter.widget-view+json"


def likeness(outputs: list[Any]) -> list[Any]:
    """The outputs of a cell, comparable; text of either stream is put together up to the next output of another kind.

    A kernel passes text on every fifth of a second, so that how it is cut up and how both streams alternate is chance.
    """
    found: list[Any] = []
    texts: dict[str, str] = {}
    for output in [*outputs, None]:
        if output is not None and output["output_type"] == "stream":
            texts[output["name"]] = texts.get(output["name"], "") + output["text"]
            continue
        found += [(name, _plain(texts[name])) for name in sorted(texts)]
        texts.clear()
        found += [_plain(_without_ids(output))] if output is not None else []
    return found


def _without_ids(output: Any) -> Any:
    data = dict(output.get("data", {}))
    for kind in PICTURES:
        if kind in data:
            data[kind] = bool(data[kind])
    if WIDGET in data:
        data[WIDGET] = {**data[WIDGET], "model_id": "ID"}
    found = {**output, "data": data} if data else dict(output)
    if "traceback" in found:
        # how deep a recursion goes depends on who called
        found["traceback"] = [line for line, _ in groupby(found["traceback"])]
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        # `!command` runs in a terminal
        value = value.replace("\r\n", "\n")
        for pattern, instead in VARYING:
            value = re.sub(pattern, instead, value)
        return value
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return value

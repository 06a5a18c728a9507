"""Puts together the notebook that nbgrader records and shows: our cells, the applicant's answers, trusted points."""

from collections.abc import Iterator
from typing import Any

from assessments.items import Item
from assessments.packet import Packet
from grader.builder import answer_id
from grader.judge import Graded, ItemScore
from grader.notebooks import parse_notebook
from grader.reading import Reading

MAX_SHOWN_CHARS = 20_000


def rebuilt_paper(personal: str, reading: Reading) -> dict[str, Any]:
    """The notebook as JSON, without outputs.

    Whatever was changed in the paper is undone by construction: every cell of ours comes from the release, only the
    applicant's sources are theirs.

    Args:
        personal: the notebook as it was issued.
    """
    notebook = parse_notebook(personal)
    answers = {answer_id(cell.slot): cell.source for cell in reading.cells if cell.slot}
    cells: list[dict[str, Any]] = list(_added(reading, None))
    for cell in notebook["cells"]:
        cell["source"] = answers.get(cell["id"], cell["source"])
        cells += [cell, *_added(reading, cell["metadata"]["nbgrader"]["grade_id"])]
    # ids of added cells follow their place, so that the same submission gives the same paper
    for place, cell in enumerate(cells):
        cell.setdefault("id", f"added-{place}")
    notebook["cells"] = cells
    return notebook


def show_points(notebook: Any, packet: Packet, graded: Graded) -> None:
    """Give every grade cell the judge's points as its result, which is where nbgrader reads them."""
    scores = {score.slot: score for score in graded.scores}
    items = {slot.slot: slot.item for slot in packet.slots}
    for cell in notebook["cells"]:
        if score := scores.get(cell["id"]):
            cell["outputs"] = outputs_of(score, items[score.slot])
            cell["execution_count"] = 1


def _added(reading: Reading, follows: str | None) -> Iterator[dict[str, Any]]:
    """The cells that the applicant added after a cell of ours, without any metadata of theirs."""
    for own in reading.cells:
        if own.slot is None and own.follows == follows:
            yield {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": own.source}


def outputs_of(score: ItemScore, item: Item) -> list[dict[str, Any]]:
    """Question, response, what came of it, and the points, as the outputs of a code cell."""
    parts = (
        f"Question ({item.id}, version {item.version}):\n{item.question()}",
        f"Response:\n{item.describe(score.response)}",
        f"{score.status}: {score.explanation}",
    )
    text = "\n\n".join(map(_printable, parts)) + "\n"
    return [
        {"output_type": "stream", "name": "stdout", "text": text},
        {
            "output_type": "execute_result",
            "execution_count": 1,
            "data": {"text/plain": repr(float(score.points))},
            "metadata": {},
        },
    ]


def _printable(text: str) -> str:
    """Without terminal escapes and other control characters, and of bounded length."""
    return "".join(char if char.isprintable() or char == "\n" else "\ufffd" for char in text[:MAX_SHOWN_CHARS])

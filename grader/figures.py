"""The pictures of items: files beside the bank, checked here; an applicant gets those of the items that were drawn."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree

from assessments.items import Figure, Item

MAX_FIGURE_BYTES = 2_000_000
_SVG = "{http://www.w3.org/2000/svg}svg"
_BEGINNINGS = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "image/webp": (b"RIFF",),
}


def figure_files(items: Iterable[Item]) -> list[str]:
    """The files of these items' figures, each once, by name."""
    return sorted({item.figure.file for item in items if item.figure and item.figure.file})


def figure_problems(items: Iterable[Item], folder: Path) -> Iterator[str]:
    """What is wrong with the figures of items whose files lie in `folder`, a line each."""
    for item in items:
        if item.figure and (problem := _problem(item.figure, folder)):
            yield f"item {item.id}: figure: {problem}"


def _problem(figure: Figure, folder: Path) -> str | None:
    if figure.svg is not None:
        return drawing_problem(figure.svg.encode())
    path = folder / str(figure.file)
    if not path.is_file() or path.is_symlink():
        return f"found no file {figure.file}, allowed is one in source/{folder.name}/"
    content = path.read_bytes()
    if len(content) > MAX_FIGURE_BYTES:
        return f"found {figure.file} with {len(content):,} bytes, allowed are {MAX_FIGURE_BYTES:,}"
    if figure.media_type == "image/svg+xml":
        problem = drawing_problem(content)
        return f"found {figure.file}, {problem}" if problem else None
    if not content.startswith(_BEGINNINGS[figure.media_type]):
        return f"found {figure.file}, which is no picture of the sort that its name says ({figure.media_type})"
    return None


def drawing_problem(svg: bytes) -> str | None:
    """Why browsers would not show this SVG text as a picture; None if they do."""
    if len(svg) > MAX_FIGURE_BYTES:
        return f"SVG text of {len(svg):,} bytes, allowed are {MAX_FIGURE_BYTES:,}"
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        return f"SVG text that cannot be read ({error})"
    return None if root.tag == _SVG else 'SVG text that does not begin with <svg xmlns="http://www.w3.org/2000/svg" …>'

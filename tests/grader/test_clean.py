"""Nothing that an applicant writes runs, loads or pretends in a page."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from assessments.errors import BundleError
from grader.clean import clean_html
from grader.shown import MAX_TEXT_CHARS, SHORTENED, code_html, markdown_html, read_shown
from tests.courses import EXAMPLE

PICTURE = EXAMPLE / "source" / "ps1" / "jupyter.png"
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()

CLEANED = {
    "script": ("a<script>alert(1)</script>b", "ab"),
    "event": ("<img src=x onerror=alert(1)><p onclick=alert(1)>b</p>", "<img><p>b</p>"),
    "remote image": ('<img src="https://x.example/p.png" srcset="//x.example/p 2x" alt="p">', '<img alt="p">'),
    "image without a scheme": ('<img src="//x.example/p.png">', "<img>"),
    "picture in the page": (f'<img src="data:image/png;base64,{PNG}">', f'<img src="data:image/png;base64,{PNG}">'),
    "SVG as a picture": ('<img src="data:image/svg+xml;base64,PHN2Zz4=">', "<img>"),
    "SVG that says PNG": ('<img src="data:image/png;base64,PHN2Zz4=">', "<img>"),
    "SVG": ("a<svg onload=alert(1)><text>t</text></svg>b", "ab"),
    "MathML": ("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", ""),
    "style": ('<style>@import url(//x.example)</style><p style="background:url(//x.example)">b</p>', "<p>b</p>"),
    "id and name": ('<p id="correct_squares">a</p><img name="cookie">', "<p>a</p><img>"),
    "classes of the page": ('<span class="score k modal">a</span>', '<span class="k">a</span>'),
    "controls": ('<form action="/x"><input class="score"><textarea>c</textarea><button>d</button></form>', "d"),
    "frames": ('<iframe src="//x.example"></iframe><object data="//x.example"></object><embed src="//x.example">', ""),
    "head": ('<base href="//x.example"><link rel=stylesheet href="//x.example"><meta http-equiv=refresh>a', "a"),
    "comment": ("a<!-- <script>alert(1)</script> -->b", "ab"),
    "noscript": ('<noscript><p title="</noscript><img src=x onerror=alert(1)>">', '<img>"&gt;'),
    "media": ('<video src="//x.example"></video><audio src="//x.example"></audio>', ""),
    "pandas": (
        '<table border="1" class="dataframe"><tr style="text-align: right;"><th>x</th></tr></table>',
        '<table class="dataframe"><tbody><tr><th>x</th></tr></tbody></table>',
    ),
}


@pytest.mark.parametrize(("html", "clean"), CLEANED.values(), ids=CLEANED.keys())
def test_html_is_cleaned(html: str, clean: str) -> None:
    """Each kind of trick, and what is left of it; cleaning twice changes nothing."""
    assert clean_html(html) == clean
    assert clean_html(clean) == clean


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " java\nscript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//x.example",
        "/formgrader/?path=/tmp",
        "#correct_squares",
    ],
)
def test_links_lead_to_the_web_alone(url: str) -> None:
    """Nothing runs, nothing in this server is called."""
    assert "href" not in clean_html(f'<a href="{url}">press</a>')


@pytest.mark.parametrize("url", ["https://x.example/a?b=1", "HTTP://x.example", "mailto:a@x.example"])
def test_links_open_elsewhere(url: str) -> None:
    """In a tab that does not know where it was opened from."""
    link = clean_html(f'<a href="{url}">press</a>')
    assert f'href="{url}"' in link
    assert 'rel="noopener noreferrer nofollow"' in link
    assert 'target="_blank"' in link


def test_pictures_come_from_their_folder_alone(tmp_path: Path) -> None:
    """Names out of it, links out of it and files that are no pictures are left out."""
    folder = tmp_path / "submission"
    folder.mkdir()
    (tmp_path / "outside.png").write_bytes(PICTURE.read_bytes())
    (folder / "own.png").write_bytes(PICTURE.read_bytes())
    (folder / "text.png").write_text("secret")
    (folder / "link.png").symlink_to(tmp_path / "outside.png")
    embedded = f'<img src="data:image/png;base64,{base64.b64encode(PICTURE.read_bytes()).decode()}">'
    assert clean_html('<img src="own.png">', folder) == embedded
    assert clean_html('<img src="own.png">') == "<img>"
    for name in ("../outside.png", str(tmp_path / "outside.png"), "link.png", "text.png", "none.png", "", "a\0b"):
        assert clean_html(f'<img src="{name}">', folder) == "<img>", name


def test_markdown_that_cannot_be_rendered_is_shown_as_text(tmp_path: Path) -> None:
    """A picture that is not attached makes nbconvert give up."""
    assert markdown_html("**a** <u>b", {}, tmp_path) == "<p><strong>a</strong> <u>b</u></p><u>\n</u>"
    assert markdown_html("![x](attachment:x.png) <b>", {}, tmp_path) == "<pre>![x](attachment:x.png) &lt;b&gt;</pre>"
    assert "$x&lt;y$" in markdown_html("so $x<y$", {}, tmp_path)


def test_code_keeps_its_colours() -> None:
    """The classes of highlighting stay, and markup in code is text."""
    assert '<span class="k">def</span>' in code_html("def f(): '<script>'", "ipython3")
    assert "<script>" not in code_html("'<script>'", "text")


def shown(tmp_path: Path, *cells: Any, **more: Any) -> Any:
    """A notebook file with these cells, as it is shown."""
    path = tmp_path / "notebook.ipynb"
    path.write_text(json.dumps({"cells": cells, **more}))
    return read_shown(path)


def test_a_notebook_is_read_field_by_field(tmp_path: Path) -> None:
    """What is not what it should be is left out: a page puts some fields where HTML is."""
    nasty = "<script>alert(1)</script>"
    marks = {"grade_id": "q1", "points": nasty, "grade": nasty, "solution": True, "more": nasty}
    cell = {"cell_type": "code", "execution_count": nasty, "source": ["a\n", "b"], "id": nasty, "outputs": [None, 3]}
    notebook = shown(
        tmp_path,
        {**cell, "metadata": {"nbgrader": marks, "tags": [nasty]}},
        {**cell, "metadata": {"nbgrader": marks}},
        {**cell, "metadata": {"nbgrader": {"grade_id": nasty}}, "outputs": nasty},
        {"cell_type": nasty, "source": "half of a pair: \ud800"},
        nasty,
        metadata={"language_info": {"name": nasty, "pygments_lexer": nasty}, "title": nasty, "widgets": nasty},
    )
    assert "script" not in json.dumps(notebook)
    assert notebook.metadata.language_info.name == "text"
    first, copy, *_ = notebook.cells
    flags = {"grade": False, "solution": True, "task": False, "locked": False}
    assert first.metadata.nbgrader == {"grade_id": "q1", "points": 0, **flags}
    assert (first.source, first.execution_count, first.outputs) == ("a\nb", None, [])
    assert copy.metadata == {}
    assert notebook.cells[3].source == "half of a pair: ?"


OUTPUTS = [
    ({"text/html": "<b>a</b><script>1</script>", "text/plain": "a"}, {"text/html": "<b>a</b>"}),
    ({"text/html": "<script>1</script>", "text/plain": "a"}, {"text/plain": "a"}),
    ({"application/javascript": "alert(1)", "text/plain": "a"}, {"text/plain": "a"}),
    ({"application/vnd.jupyter.widget-view+json": {}, "text/plain": "a"}, {"text/plain": "a"}),
    ({"image/svg+xml": "<svg/>", "text/plain": ["a", "b"]}, {"text/plain": "ab"}),
    ({"image/png": "PHN2Zz4=", "text/plain": "a"}, {"text/plain": "a"}),
    ({"image/png": [PNG, "\n"], "text/plain": "a"}, {"image/png": PNG}),
    ({"text/latex": "$x$"}, {"text/plain": "$x$"}),
    ("nothing", {"text/plain": ""}),
]


@pytest.mark.parametrize(("data", "kept"), OUTPUTS)
def test_outputs_are_shown_in_the_best_safe_form(tmp_path: Path, data: Any, kept: dict[str, str]) -> None:
    """One form each, cleaned."""
    outputs = [{"output_type": "display_data", "data": data, "metadata": {"image/png": {"width": "<script>"}}}]
    (cell,) = shown(tmp_path, {"cell_type": "code", "source": "", "outputs": outputs}).cells
    assert [output.data for output in cell.outputs] == [kept]
    assert cell.outputs[0].metadata == {}


def test_what_is_too_long_is_shortened(tmp_path: Path) -> None:
    """One output, and a notebook of many."""
    long = {"output_type": "stream", "name": "stdout", "text": "x" * (MAX_TEXT_CHARS + 1)}
    (cell,) = shown(tmp_path, {"cell_type": "code", "source": "", "outputs": [long] * 40}).cells
    lengths = [len(output.text.removesuffix(SHORTENED)) for output in cell.outputs]
    assert lengths[0] == MAX_TEXT_CHARS
    assert lengths[-1] == 0
    assert all(output.text.endswith(SHORTENED) for output in cell.outputs)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"cells": 3}', "[" * 100_000, "\ud800", '{"cells": null}'])
def test_what_is_no_notebook_is_refused(tmp_path: Path, text: str) -> None:
    """With its name, in one line."""
    path = tmp_path / "own.ipynb"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(BundleError, match=r"^own.ipynb is not a notebook that can be read$"):
        read_shown(path)


def test_nh3_is_called_in_one_place() -> None:
    """So that there is one list of what is let through."""
    grader = Path(__file__).parents[2] / "grader"
    users = [path.name for path in grader.rglob("*.py") if "nh3." in path.read_text(encoding="utf-8")]
    assert users == ["clean.py"]

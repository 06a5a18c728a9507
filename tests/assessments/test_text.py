"""Markdown from anybody becomes harmless HTML."""

import re
from html import unescape

import pytest

from assessments.text import code_block, inline, plain, quoted, render


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        "![pixel](https://example.org/pixel.png)",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<svg onload=alert(1)>",
        "`<script>`",
    ],
)
def test_no_markup_of_theirs_survives(attack: str) -> None:
    """Tags are shown as text, links go to web pages only, images are not loaded."""
    for html in (render(attack), inline(attack), code_block(attack)):
        for tag in ("<script", "<img", "<svg", 'href="javascript', 'href="data'):
            assert tag not in html


def test_ordinary_markdown_works() -> None:
    """Emphasis, code, lists, tables and web links are rendered."""
    html = render("**b** `c`\n\n* x\n\n| a |\n|---|\n| 1 |\n\n[w](https://example.org)")
    for piece in ("<strong>b</strong>", "<code>c</code>", "<li>x</li>", "<td>1</td>", 'href="https://example.org"'):
        assert piece in html


def test_plain_text_keeps_the_words() -> None:
    """Controls without markup show the text alone."""
    assert plain("use `f(x)` **now** <b>") == "use f(x) now <b>"


def test_quoted_text_is_shown_as_it_is() -> None:
    """Line by line, with nothing of it read as Markdown."""
    text = "1. *a* `b`\\\n- c <i>x</i> &amp;\n\n# d_e_\n    f [g](https://h.i)"
    shown = render(quoted(text))
    assert shown.count("<br />") == 2
    bare = unescape(re.sub(r"<br />|</?(?:p|blockquote)>", "", shown))
    assert bare.split() == text.split()

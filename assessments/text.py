"""Markdown to HTML for texts that nobody trusts: no raw HTML, no images, no active links."""

import re
from html import escape

from markdown_it import MarkdownIt

_SAFE_LINK = re.compile(r"^https?://", re.IGNORECASE)
_MARKUP = re.compile(r"[!-/:-@\[-`{-~]")


def _renderer() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").disable("image")
    markdown.validateLink = lambda url: bool(_SAFE_LINK.match(url))  # type: ignore[method-assign]
    return markdown


_MARKDOWN = _renderer()


def render(markdown: str) -> str:
    """A block of Markdown as HTML."""
    return str(_MARKDOWN.render(markdown))


def inline(markdown: str) -> str:
    """One line of Markdown as HTML without a paragraph around it."""
    return str(_MARKDOWN.renderInline(markdown))


def plain(markdown: str) -> str:
    """One line of Markdown as plain text, for controls that show no markup."""
    tokens = _MARKDOWN.parseInline(markdown)[0].children or []
    return "".join("\n" if token.type == "softbreak" else token.content for token in tokens)


def escaped(line: str) -> str:
    """One line of plain text as Markdown that shows it as it is."""
    return _MARKUP.sub(r"\\\g<0>", line)


def quoted(text: str) -> str:
    """Plain text as Markdown that shows it line by line, as a quotation."""
    # two spaces at the end are a line break
    return "\n".join(f"> {escaped(line.strip())}  " for line in text.splitlines())


def code_block(text: str) -> str:
    """Text as it is, in a fixed-width block."""
    return f"<pre>{escape(text)}</pre>"

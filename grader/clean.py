"""HTML of people whom nobody trusts, made safe to show: the only place that calls nh3.

Kept are text, tables, lists, links that a person has to click, and pictures that come with the page. There is no
attribute `style`, `id` or `name`, no class but those that highlighting and pandas write, no form, no frame and no SVG:
nothing of theirs runs, loads anything, looks like a control of the page or stands in for one.
"""

import base64
import re
from functools import partial
from pathlib import Path

import nh3
from pygments.token import STANDARD_TYPES  # type: ignore[import-untyped]

_WORDS = {"a", "abbr", "b", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "q", "s"}
_WORDS |= {"samp", "small", "span", "strong", "sub", "sup", "tt", "u", "var"}
_BLOCKS = {"blockquote", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "hr", "li", "ol", "p", "pre"}
_BLOCKS |= {"summary", "ul", *(f"h{level}" for level in range(1, 7))}
_TABLES = {"caption", "col", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
TAGS = _WORDS | _BLOCKS | _TABLES
_LOADED = {"applet", "audio", "canvas", "embed", "frameset", "iframe", "math", "object", "script", "style", "svg"}
_ODDLY_PARSED = {"noembed", "noframes", "noscript", "option", "select", "template", "textarea", "title", "xmp"}
DROPPED_WITH_CONTENT = _LOADED | _ODDLY_PARSED | {"video"}
ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
URL_SCHEMES = {"http", "https", "mailto", "data"}
PICTURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff", "image/gif": b"GIF8"}
"""Kinds of pictures with the bytes that each begins with."""
MAX_PICTURE_BYTES = 5_000_000

_COLOURS = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_ANSI_CLASSES = {
    "ansi-bold",
    "ansi-underline",
    *(f"ansi-{name}{depth}-{side}" for name in _COLOURS for depth in ("", "-intense") for side in ("fg", "bg")),
}
CLASSES = {
    "div": {"highlight"},
    "span": {*filter(None, STANDARD_TYPES.values()), *_ANSI_CLASSES},
    "table": {"dataframe"},
}
_LINK = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_DATA = re.compile(r"data:(image/(?:png|jpeg|gif));base64,([A-Za-z0-9+/=\s]+)", re.IGNORECASE)


def clean_html(html: str, pictures: Path | None = None) -> str:
    """A fragment of HTML without anything that runs, loads or pretends.

    Args:
        html: what somebody wrote, or what was made of it.
        pictures: a folder; PNG, JPEG and GIF files in it that the fragment names are put into the page. Links out of
            it are not followed.
    """
    return nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=DROPPED_WITH_CONTENT,
        attributes=ATTRIBUTES,
        attribute_filter=partial(_kept, pictures),
        allowed_classes=CLASSES,
        url_schemes=URL_SCHEMES,
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )


def picture_url(content: bytes) -> str | None:
    """The bytes of a picture as a URL for the page; None if they are none of a kind that is shown, or too many."""
    kind = next((kind for kind, start in PICTURES.items() if content.startswith(start)), None)
    if kind is None or len(content) > MAX_PICTURE_BYTES:
        return None
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _kept(pictures: Path | None, tag: str, attribute: str, value: str) -> str | None:
    """What becomes of an attribute's value; None removes it."""
    if attribute == "href":
        return value if _LINK.match(value) else None
    if attribute == "src":
        return _embedded(value) or (_from_folder(pictures, value) if pictures else None)
    return value


def _embedded(url: str) -> str | None:
    found = _DATA.fullmatch(url.strip())
    try:
        return picture_url(base64.b64decode(found[2], validate=False)) if found else None
    except ValueError:
        return None


def _from_folder(folder: Path, name: str) -> str | None:
    try:
        path = (folder / name).resolve(strict=True)
        inside = path.is_relative_to(folder.resolve()) and path.is_file()
        return picture_url(path.read_bytes()) if inside and path.stat().st_size <= MAX_PICTURE_BYTES else None
    except (OSError, ValueError):
        return None

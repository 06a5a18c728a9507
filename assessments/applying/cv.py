"""Whether a file can be somebody's CV: by its content, whatever it is called. Nothing in it is run or shown.

PDF: ISO 32000-2, 7.5 (header, trailer). DOCX: ECMA-376, part 2 (a zip with named parts).
"""

import re
import zlib
from collections.abc import Iterator
from pathlib import PurePath

from assessments.archive import read_archive
from assessments.errors import BundleError

MAX_CV_BYTES = 5_000_000
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".txt": "text/plain",
}
"""How a CV's name may end, and what such a file is."""
INSTEAD = "Please send a PDF, DOCX or text file of at most 5 MB, without a password."
_MAX_UNFOLDED_BYTES = 20_000_000
_ZIP_END = b"PK\x05\x06"
_ZIP_END_BYTES = 22
_ZIP_REACH = 65_557
"""A zip's end lies at most so far before the end of a file: its record and the longest comment."""
# as entries of a dictionary: a programmer's CV may well speak of HTML/JavaScript
_ACTS = re.compile(rb"/S\s*/(JavaScript|Launch)\b|/EmbeddedFiles?\b|/RichMedia\b")
_ENCRYPTED = re.compile(rb"/Encrypt\s*(<<|\d+\s+\d+\s+R\b)")
_STREAM = re.compile(rb"(?<!end)stream[\r\n]*")
_MAIN_PART = b"wordprocessingml.document.main+xml"


def ending(name: str) -> str:
    """How the file's name ends, as one of `MEDIA_TYPES`; "" if it ends otherwise."""
    suffix = PurePath(name).suffix.lower()
    return suffix if suffix in MEDIA_TYPES else ""


def cv_problem(name: str, content: bytes) -> str | None:
    """Why this file cannot be taken as a CV, in one plain sentence; None if it can."""
    suffix = ending(name)
    if not suffix:
        return "The name of a CV must end in .pdf, .docx or .txt."
    if not content:
        return "The file is empty."
    if len(content) > MAX_CV_BYTES:
        return f"The file has {len(content) / 1e6:.1f} MB; at most 5 MB are allowed."
    return {".pdf": _pdf_problem, ".docx": _docx_problem, ".txt": _text_problem}[suffix](content)


def _pdf_problem(content: bytes) -> str | None:
    if not re.match(rb"%PDF-[12]\.\d", content):
        return "The file is called .pdf but is no PDF."
    start = re.search(rb"startxref\s+(\d{1,10})\s+%%EOF\s*\Z", content[-1024:])
    place = int(start.group(1)) if start else len(content)
    if not re.match(rb"\s*(xref|\d+\s+\d+\s+obj)\b", content[place : place + 60]):
        return "The PDF is damaged or something was added to it."
    if _ZIP_END in content[-_ZIP_REACH:]:
        return "The PDF is an archive at the same time."
    names = _written_out(content)
    if _ENCRYPTED.search(names):
        return "The PDF is encrypted."
    if any(_ACTS.search(text) for text in (names, *_object_streams(content))):
        return "The PDF holds programs or other files."
    return None


def _object_streams(content: bytes) -> Iterator[bytes]:
    """What a PDF keeps in compressed streams of objects, as far as it unfolds within bounds; each byte is read once."""
    left, place = _MAX_UNFOLDED_BYTES, 0
    while (start := _STREAM.search(content, place)) and (end := content.find(b"endstream", start.end())) >= 0:
        if b"/ObjStm" in _written_out(content[place : start.start()]):
            text = _unfolded(content[start.end() : end], left)
            left -= len(text)
            yield _written_out(text)
        place = end + len(b"endstream")


def _unfolded(packed: bytes, most_bytes: int) -> bytes:
    try:
        # 0 would mean without a bound
        return zlib.decompressobj().decompress(packed, most_bytes) if most_bytes > 0 else b""
    except zlib.error:
        return b""


def _written_out(content: bytes) -> bytes:
    """Names in a PDF may hide letters behind numbers: /JavaScr#69pt."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes([int(found.group(1), 16)]), content)


def _docx_problem(content: bytes) -> str | None:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return "The document is encrypted, or of an older Word."
    if not content.startswith(b"PK\x03\x04"):
        return "The file is called .docx but is no DOCX document."
    if content[-_ZIP_END_BYTES:][:4] != _ZIP_END or b"%PDF-" in content[:2048]:
        return "The document is damaged or something was added to it."
    try:
        parts = read_archive(content)
    except BundleError as error:
        return f"The document cannot be unpacked: {error.message}."
    if _MAIN_PART not in parts.get("[Content_Types].xml", b"") or "word/document.xml" not in parts:
        return "The file is called .docx but is no DOCX document."
    if any(_is_active(part) for part in parts) or _loads_template(parts):
        return "The document holds macros or other files, or loads a template."
    return None


def _is_active(part: str) -> bool:
    return "vbaproject" in part.lower() or part.lower().startswith(("word/embeddings/", "word/activex/"))


def _loads_template(parts: dict[str, bytes]) -> bool:
    links = (content for name, content in parts.items() if name.endswith(".rels"))
    return any(b"attachedTemplate" in content and b"External" in content for content in links)


def _text_problem(content: bytes) -> str | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "The text is not in UTF-8."
    if any(sign < " " and sign not in "\t\n\r\f" for sign in text) or text.startswith(("#!", "%PDF-")):
        return "The file is called .txt but is no plain text."
    return None

"""Applications and CVs for tests: good ones, and small ones of every bad sort."""

import io
import zipfile
import zlib
from datetime import UTC, datetime
from typing import Any

DATA: dict[str, Any] = {
    "draft": "0" * 32,
    "name": "Ada Example",
    "email": "ada@example.org",
    "country": "ES",
    "time_zone": "Europe/Madrid",
    "languages": [{"language": "en", "level": "C1"}, {"language": "es", "level": "A2"}],
    "domains": [{"domain": "law", "years": 4}],
    "degree": "",
    "hours_a_week": 10,
    "consent": {"version": "2026-1", "given_at": datetime(2026, 3, 1, tzinfo=UTC).isoformat()},
}
"""An application that can be sent."""

TYPES = b'<Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A small PDF with these objects beside its catalog."""
    body = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + b"".join(objects)
    end = b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R " + trailer + b" >>\n"
    return body + end + b"startxref\n%d\n%%%%EOF\n" % len(body)


def object_stream(content: bytes) -> bytes:
    """An object of a PDF that holds others, compressed."""
    packed = zlib.compress(content)
    return b"5 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n" + packed + b"\nendstream\nendobj\n"


def docx(parts: dict[str, bytes] | None = None, *, types: bytes = TYPES) -> bytes:
    """A small DOCX with further parts."""
    return zipped({"[Content_Types].xml": types, "word/document.xml": b"<w:document/>", **(parts or {})})


def zipped(files: dict[str, bytes]) -> bytes:
    """These files as a zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def bomb(megabytes: int) -> bytes:
    """A zip of a few kilobytes a megabyte that unfolds to so many of them, in files of 30."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", b"<w:document/>")
        for number in range(megabytes // 30):
            archive.writestr(f"word/media/{number}.bin", bytes(30_000_000))
    return stream.getvalue()


def encrypted(archive: bytes) -> bytes:
    """The same zip, whose entries say that they are encrypted."""
    changed = bytearray(archive)
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = archive.find(sign)
        while start >= 0:
            changed[start + place] |= 1
            start = archive.find(sign, start + 4)
    return bytes(changed)

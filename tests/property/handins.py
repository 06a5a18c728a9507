"""What people might hand in: strategies for damaged files, odd names, forged archives and strange folders."""

import contextlib
import io
import json
import os
import struct
import tarfile
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st

Files = dict[str, bytes]
Change = Callable[[bytes], bytes]

# --- what is wrong with a file

ODD: list[Any] = [
    *(None, True, 0, -1, 10**400, 1e308, float("nan"), float("inf"), "", "\0", "\ud800", "x" * 70_000, "\x1b[2J\n"),
    *([], {}, {"": []}, [[[[]]]], {"kind": []}, [["a"], 1], {"accuracy": 1, "clarity": 1.0}, "b", ["b", "b"]),
]
values = st.one_of(
    st.sampled_from(ODD),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=9),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(), max_size=5), inner),
        max_leaves=6,
    ),
)
NESTED = 100_000


def nodes(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in JSON data, as container and key."""
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, part in list(parts):
        yield data, key
        yield from nodes(part)


@st.composite
def json_changes(draw: st.DrawFn) -> Change:
    """Another value somewhere, something gone, something twice, something deep."""
    action = draw(st.sampled_from(["replace", "delete", "copy", "add", "deepen"]))
    where, value, name = draw(st.integers(0, 10_000)), draw(values), draw(st.text(st.characters(), max_size=9))

    def change(content: bytes) -> bytes:
        places = list(nodes(data := json.loads(content)))
        container, key = places[where % len(places)]
        if action == "replace":
            container[key] = value
        elif action == "delete":
            del container[key]
        elif action == "deepen":
            container[key] = "@deep@"
        elif isinstance(container, list):
            container.insert(key, container[key] if action == "copy" else value)
        else:
            container[name] = container[key] if action == "copy" else value
        return json.dumps(data).encode().replace(b'"@deep@"', b"[" * NESTED + b"]" * NESTED)

    return change


@st.composite
def packet_changes(draw: st.DrawFn) -> Change:
    """The same within the text that is signed."""
    inner = draw(json_changes())

    def change(content: bytes) -> bytes:
        outer = json.loads(content)
        if not isinstance(outer, dict) or not isinstance(outer.get("packet"), str):
            # changed already, beyond what could be signed
            return content
        outer["packet"] = inner(outer["packet"].encode()).decode()
        return json.dumps(outer).encode()

    return change


@st.composite
def byte_changes(draw: st.DrawFn) -> Change:
    """Cut off, overwritten, lengthened, doubled."""
    start, length = draw(st.integers(0, 9_999)), draw(st.sampled_from([0, 1, 2, 4, 30, 9_999]))
    noise = draw(st.binary(max_size=40) | st.sampled_from([b"\0" * 50, b"\xff\xfe", b"PK\x05\x06", b"[" * NESTED]))

    def change(content: bytes) -> bytes:
        place = start * len(content) // 9_999
        return content[:place] + noise + content[place + length :]

    return change


def recoded(coding: str) -> Change:
    """The same text in another coding."""
    return lambda content: content.decode().encode(coding, "replace")


whole = st.binary(max_size=60) | st.sampled_from([b"", b"null", b"[]", b"{}", b"1", b'"', b"\0" * 300_000])
changes = st.one_of(
    json_changes(),
    byte_changes(),
    whole.map(lambda content: lambda _: content),
    st.sampled_from(["utf-16", "utf-8-sig", "utf-32-be", "utf-7"]).map(recoded),
)


# --- what is wrong with a name

NAMES = [
    *("../planted", "/planted", "a/../../planted", "./x", "a//b", "x/", "", ".", "..", "a\\b", "..\\x", "C:\\x", "C:x"),
    *("CON", "aux.txt", "nul", "x\0y", "../\0", "a\nb", "\x1b[2J", "\u202egnp.x", "caf\u00e9", "cafe\u0301"),
    *(
        "n" * 199,
        "n" * 300,
        "/".join("d" * 90),
        "\udce9",
        "SMALL.ipynb",
        "small.ipynb/x",
        "small.ipynb",
        "packet.json/",
        ".x",
    ),
    *(
        "__pycache__/x",
        "__MACOSX/small.ipynb",
        "-rf",
        "~",
        "$HOME",
        "*",
        "received.zip",
        "record.json",
        "unreadable.bin",
    ),
]
names = st.sampled_from(NAMES) | st.text(st.characters(), max_size=12) | st.text("./\\a", max_size=9)
contents = st.binary(max_size=30) | st.sampled_from([b"", b"\0" * 250_000, b"/etc/passwd", b"../../secret"])
MODES = [0o100644, 0o120777, 0o040755, 0o010644, 0o020666, 0o060666, 0o140777, 0o104755]
METHODS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]


class Entry(NamedTuple):
    """Something that is in an archive beside the valid files."""

    name: str
    content: bytes
    mode: int
    method: int


entries = st.builds(Entry, names, contents, st.sampled_from(MODES), st.sampled_from(METHODS))


def zipped(files: Files, extra: list[Entry]) -> bytes:
    """A zip as no honest program writes it: zipfile checks nothing of what it is told to write."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for entry in [*(Entry(name, content, 0o100644, 8) for name, content in files.items()), *extra]:
            info = zipfile.ZipInfo("x")
            info.filename, info.external_attr, info.compress_type = entry.name, entry.mode << 16, entry.method
            with contextlib.suppress(UnicodeEncodeError), warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)
                target.writestr(info, entry.content)
    return stream.getvalue()


@st.composite
def forgeries(draw: st.DrawFn) -> Change:
    """A field of one of a zip's headers says something else: sizes, offsets, method, flags (encrypted), lengths."""
    signature = draw(st.sampled_from([b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"]))
    which, offset = draw(st.integers(0, 5)), draw(st.integers(4, 45))
    number = draw(
        st.sampled_from([0, 1, 8, 9, 12, 14, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF]) | st.integers(0, 2**32 - 1)
    )
    size = draw(st.sampled_from(["<H", "<I"]))

    def change(content: bytes) -> bytes:
        found = [place for place in range(len(content)) if content.startswith(signature, place)]
        if not found:
            return content
        place, packed = found[which % len(found)] + offset, struct.pack(size, number & (0xFFFF if size == "<H" else -1))
        return content[:place] + packed + content[place + len(packed) :]

    return change


@st.composite
def archives(draw: st.DrawFn) -> Callable[[Files], bytes]:
    """Zips with odd entries, forged, damaged, wrapped in one another; other archives."""
    extra, kind = (
        draw(st.lists(entries, max_size=4)),
        draw(st.sampled_from(["zip", "zip", "zip", "nested", "tar", "gz"])),
    )
    damage = draw(st.lists(forgeries() | byte_changes(), max_size=3))
    outer = draw(st.sampled_from(["", "", "folder/", "a/b/", "../"]))

    def build(files: Files) -> bytes:
        content = zipped({outer + name: text for name, text in files.items()}, extra)
        if kind == "nested":
            content = zipped({"inner.zip": content}, [])
        elif kind != "zip":
            content = tarred(files, compressed=kind == "gz")
        for change in damage:
            content = change(content)
        return content

    return build


def tarred(files: Files, *, compressed: bool) -> bytes:
    """A tar archive, which is not what is asked for."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz" if compressed else "w") as target:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            target.addfile(info, io.BytesIO(content))
    return stream.getvalue()


# --- what is wrong with a folder


def new_file(path: Path, content: bytes = b"x") -> None:
    """Nothing that is there is opened: it may be a pipe."""
    with path.open("xb") as stream:
        stream.write(content)


def new_files(path: Path, number: int) -> None:
    """So many, beside one another."""
    for each in range(number):
        new_file(path.with_name(f"{path.name[:90]}{each}"))


MAKERS: dict[str, Callable[[Path], object]] = {
    "file": new_file,
    "large": lambda path: new_file(path, b"\0" * 250_000),
    "folder": lambda path: path.mkdir(),
    "deep": lambda path: path.joinpath(*"d" * 80).mkdir(parents=True),
    "link to a secret": lambda path: path.symlink_to("../../secret"),
    "link to a folder": lambda path: path.symlink_to("../.."),
    "link to itself": lambda path: path.symlink_to(path.name),
    "link to nothing": lambda path: path.symlink_to("/nowhere"),
    "pipe": os.mkfifo,
    "many": lambda path: new_files(path, 40),
}

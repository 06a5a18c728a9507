"""CVs by their content: honest ones of each sort, and files that only call themselves so."""

import pytest

from assessments.applying.cv import MAX_CV_BYTES, _object_streams, cv_problem
from tests.assessments.applying.files import TYPES, bomb, docx, encrypted, object_stream, pdf, zipped

TEMPLATE = b'<R Type="attachedTemplate" Target="http://x" TargetMode="External"/>'
PROGRAM = b"MZ\x90\x00\x03" + bytes(200)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cv.pdf", pdf()),
        ("My CV.PDF", pdf(object_stream(b"<< /Type /Page >>"))),
        ("cv.pdf", pdf(b"3 0 obj\n(HTML/JavaScript, /Encryption) Tj\nendobj\n")),
        ("cv.docx", docx()),
        ("cv.docx", docx({"word/media/image1.png": bytes(1000)})),
        ("cv.txt", "Ada Example\n\tlawyer, naïve\n".encode()),
        ("cv.txt", b"\xef\xbb\xbfwith a mark\r\n"),
    ],
)
def test_an_honest_cv_is_taken(name: str, content: bytes) -> None:
    """Each sort, as programs write it."""
    assert cv_problem(name, content) is None


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cv.exe", PROGRAM, "must end in"),
        ("cv.pdf.exe", pdf(), "must end in"),
        ("cv", pdf(), "must end in"),
        ("cv.pdf", b"", "is empty"),
        ("cv.txt", b"x" * (MAX_CV_BYTES + 1), "at most 5 MB"),
        ("cv.pdf", PROGRAM, "is no PDF"),
        ("cv.pdf", b"\x7fELF" + bytes(100), "is no PDF"),
        ("cv.pdf", PROGRAM + pdf(), "is no PDF"),
        ("cv.pdf", docx(), "is no PDF"),
        ("cv.pdf", b"%PDF-1.7\n" + PROGRAM, "damaged"),
        ("cv.pdf", pdf()[:-20], "damaged"),
        ("cv.pdf", pdf() + PROGRAM, "damaged"),
        ("cv.pdf", pdf() + docx(), "damaged"),
        ("cv.pdf", pdf(zipped({"a": b"b"})), "archive at the same time"),
        ("cv.pdf", pdf(trailer=b"/Encrypt 3 0 R"), "encrypted"),
        ("cv.pdf", pdf(trailer=b"/Encr#79pt 3 0 R"), "encrypted"),
        ("cv.pdf", pdf(b"3 0 obj\n<< /S /JavaScript /JS (app.alert(1)) >>\nendobj\n"), "holds programs"),
        ("cv.pdf", pdf(b"3 0 obj\n<< /S /Java#53cript >>\nendobj\n"), "holds programs"),
        ("cv.pdf", pdf(object_stream(b"<< /S /Launch /F (cmd.exe) >>")), "holds programs"),
        ("cv.pdf", pdf(object_stream(b"<< >>"), object_stream(b"<< /S/JavaScript >>")), "holds programs"),
        ("cv.pdf", pdf(b"% endstream\n", object_stream(b"<< /S/JavaScript >>")), "holds programs"),
        ("cv.pdf", pdf(object_stream(b"<< /S/Launch >>").replace(b"ObjStm", b"Obj#53tm")), "holds programs"),
        ("cv.pdf", pdf(b"3 0 obj\n<< /Type /EmbeddedFile >>\nendobj\n"), "holds programs"),
        ("cv.docx", PROGRAM, "is no DOCX"),
        ("cv.docx", pdf(), "is no DOCX"),
        ("cv.docx", zipped({"a.txt": b"a"}), "is no DOCX"),
        ("cv.docx", docx(types=TYPES.replace(b"document.main", b"template.main")), "is no DOCX"),
        ("cv.docx", PROGRAM + docx(), "is no DOCX"),
        ("cv.docx", docx() + PROGRAM, "something was added"),
        ("cv.docx", docx()[:-30], "something was added"),
        ("cv.docx", encrypted(docx()), "cannot be unpacked"),
        ("cv.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "encrypted, or of an older Word"),
        ("cv.docx", docx({"word/vbaProject.bin": b"x"}), "holds macros"),
        ("cv.docx", docx({"word/embeddings/oleObject1.bin": PROGRAM}), "holds macros"),
        (
            "cv.docx",
            docx({"word/_rels/settings.xml.rels": TEMPLATE}),
            "loads a template",
        ),
        ("cv.docx", docx({"../evil.txt": b"x"}), "cannot be unpacked"),
        ("cv.txt", PROGRAM, "is not in UTF-8"),
        ("cv.txt", b"MZ\x00\x01 text", "is no plain text"),
        ("cv.txt", b"#!/bin/sh\nrm -rf /\n", "is no plain text"),
        ("cv.txt", pdf(), "is no plain text"),
        ("cv.txt", b"caf\xe9", "is not in UTF-8"),
    ],
)
def test_what_is_no_cv_is_refused_in_one_sentence(name: str, content: bytes, said: str) -> None:
    """Whatever it is called, and without unfolding more than a bounded part of it."""
    problem = cv_problem(name, content)
    assert problem
    assert said in problem
    assert problem.endswith(".")


def test_a_docx_may_not_begin_with_a_pdf() -> None:
    """Readers look for a PDF's head in the first kilobyte."""
    assert "something was added" in str(cv_problem("cv.docx", zip_with_pdf_name()))


def zip_with_pdf_name() -> bytes:
    """A DOCX whose first entry is called like a PDF's head."""
    return zipped({"%PDF-1.7": b"", "[Content_Types].xml": TYPES, "word/document.xml": b"<w:document/>"})


def test_a_zip_bomb_is_refused_before_it_unfolds() -> None:
    """Some 150 kilobytes that would become 150 megabytes."""
    content = bomb(150)
    assert len(content) < 500_000
    assert "too large" in str(cv_problem("cv.docx", content))


def test_a_bomb_in_a_pdf_unfolds_within_bounds() -> None:
    """Of 100 megabytes of blanks nothing but the first 20 are looked at."""
    content = pdf(object_stream(b" " * 100_000_000))
    assert len(content) < 500_000
    unfolded = list(_object_streams(content * 2))
    assert sum(map(len, unfolded)) == 20_000_000
    assert cv_problem("cv.pdf", content) is None


def test_a_file_made_to_be_slow_is_not() -> None:
    """Words that a reader could look for again and again up to the end of the file."""
    for word in (b"/Type /ObjStm ", b"stream", b"/ObjStm stream\n", b"#", b"startxref 1 "):
        assert cv_problem("cv.pdf", pdf(word * (4_000_000 // len(word)))) is None

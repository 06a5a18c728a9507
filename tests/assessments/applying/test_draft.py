"""A draft on its way to a packed application, and the form around it, without a browser."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from IPython.core.error import UsageError as ShownError

from assessments.applying.application import parse_application
from assessments.applying.draft import DraftFile, packed_name
from assessments.applying.form import ApplicationForm, open_application
from assessments.applying.opening import NOTEBOOK, application_server, notebook_text
from assessments.applying.selfcheck import STATEMENTS
from assessments.archive import read_files
from assessments.errors import BundleError, UsageError
from assessments.taking import View
from tests.assessments.applying.files import DATA, pdf

FIELDS = {name: value for name, value in DATA.items() if name != "draft"}
CHECKOUT = Path(__file__).parents[3]


def filled_in(folder: Path) -> ApplicationForm:
    """A form in which everything was filled in."""
    form = ApplicationForm(folder)
    form.application().value = FIELDS
    return form


def choose_cv(form: ApplicationForm, name: str, content: bytes) -> str:
    """As the page sends it; what the page is told."""
    reply = form._heed_cv({"name": name, "content": base64.b64encode(content).decode()})
    return str(reply["problem"])


def test_what_is_filled_in_is_there_again(tmp_path: Path) -> None:
    """With the CV and the statements, after the notebook was opened anew; also what is not right yet."""
    form = ApplicationForm(tmp_path)
    assert [each["field"] for each in form.finish().state["missing"]][:2] == ["name", "email"]
    form.application().value = {"name": "Ada", "email": "ada", "languages": [{}]}
    form.self_assessment().value = {"ask": "partly"}
    assert choose_cv(form, "Ada's CV.pdf", pdf()) == ""
    assert form.header().state["answered"] == 1
    assert form._draft.flush()
    again = ApplicationForm(tmp_path)
    assert again.application().value == {"name": "Ada", "email": "ada", "languages": [{}]}
    assert again.application().state["cv"]["name"] == "Ada's CV.pdf"
    assert again.self_assessment().value == {"ask": "partly"}
    assert again.header().state["saved_at"]


def test_packing_writes_the_application_and_the_cv(tmp_path: Path) -> None:
    """And never the answers of the self-assessment."""
    form = filled_in(tmp_path)
    form.self_assessment().value = {statement.id: "no" for statement in STATEMENTS}
    choose_cv(form, "cv.pdf", pdf())
    form._pack({})
    assert form.finish().state["packed"] == {"file": "application-ada-example.zip", "folder": str(tmp_path)}
    files = read_files(tmp_path / "application-ada-example.zip")
    assert set(files) == {"application.json", "cv.pdf"}
    application = parse_application(files["application.json"])
    assert (application.name, application.self_assessed_at is None) == ("Ada Example", False)
    assert b"statements" not in files["application.json"]
    assert files["cv.pdf"] == pdf()


def test_a_correction_carries_the_same_draft(tmp_path: Path) -> None:
    """So that whoever takes it in knows it for one; and the earlier file is no longer called packed."""
    form = filled_in(tmp_path)
    form._pack({})
    first = parse_application(read_files(tmp_path / "application-ada-example.zip")["application.json"])
    form.application().value = {**FIELDS, "hours_a_week": 20}
    assert form.finish().state["packed"] is None
    form._pack({})
    second = parse_application(read_files(tmp_path / "application-ada-example.zip")["application.json"])
    assert (first.draft, first.hours_a_week, second.hours_a_week) == (second.draft, 10, 20)


def test_packing_what_is_not_complete_says_what_is_missing(tmp_path: Path) -> None:
    """At every field, and nothing is written."""
    form = ApplicationForm(tmp_path)
    form.application().value = {"name": "Ada"}
    form._pack({})
    assert form.application().state["asked"]
    assert "email" in form.application().state["problems"]
    assert form.finish().state["packed"] is None
    with pytest.raises(UsageError, match="missing or wrong: email"):
        form._draft.pack()
    assert not list(tmp_path.glob("*.zip"))


def test_a_bad_cv_changes_nothing(tmp_path: Path) -> None:
    """The one that was chosen before stays; the page is told why and what to send."""
    form = ApplicationForm(tmp_path)
    choose_cv(form, "cv.pdf", pdf())
    said = choose_cv(form, "cv.docx", b"MZ\x90")
    assert "is no DOCX document. Please send a PDF, DOCX or text file" in said
    assert form.application().state["cv"]["name"] == "cv.pdf"
    assert "could not be read" in form._heed_cv({"name": "cv.pdf", "content": "?"})["problem"]
    form._heed_cv({"remove": True})
    assert form.application().state["cv"] is None
    assert not (tmp_path / "cv.pdf").exists()


def test_a_cv_with_an_odd_name_is_kept_under_our_own(tmp_path: Path) -> None:
    """No name of a file decides where something is written."""
    form = ApplicationForm(tmp_path)
    assert choose_cv(form, "../../\u202efdp.pdf", pdf()) == ""
    assert sorted(path.name for path in tmp_path.glob("*.pdf")) == ["cv.pdf"]
    assert form.application().state["cv"]["name"] == "cv.pdf"


def test_a_cv_that_was_changed_after_choosing_is_not_packed(tmp_path: Path) -> None:
    """The page says what to do."""
    form = filled_in(tmp_path)
    choose_cv(form, "cv.pdf", pdf())
    (tmp_path / "cv.pdf").write_bytes(b"MZ")
    form._pack({})
    assert "choose your CV again" in form.finish().state["failure"]


@pytest.mark.parametrize("value", [None, [], "x", {"name": {"x": [1]}}, {"draft": "f" * 32, "format": 9}])
def test_whatever_the_page_says_the_form_goes_on(tmp_path: Path, value: Any) -> None:
    """And what is not the page's to say stays as it was."""
    form = ApplicationForm(tmp_path)
    draft = form._draft.current.draft
    form.application().value = value
    form._pack({})
    assert form._draft.current.data["draft"] == draft
    assert form.finish().state["missing"]


def test_a_draft_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """In the notebook, in one line; nothing is overwritten."""
    (tmp_path / "application.json").write_text("{")
    with pytest.raises(BundleError, match="cannot be read"):
        DraftFile(tmp_path, lambda _when, _failure: None)
    with pytest.raises(ShownError, match="Move it to another folder"):
        open_application(str(tmp_path))
    assert (tmp_path / "application.json").read_text() == "{"


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Ada Example", "application-ada-example.zip"),
        ("José Ñ. O'Neil", "application-jose-n-o-neil.zip"),
        ("山田 花子", "application.zip"),
        ("../../etc", "application-etc.zip"),
    ],
)
def test_the_packed_file_is_called_after_the_person(name: str, file: str) -> None:
    """In letters that every system takes."""
    assert packed_name(name) == file
    assert len(packed_name("x" * 200)) < 90


def test_the_notebook_in_the_checkout_is_the_one_that_is_laid_out() -> None:
    """Built again with: python -m assessments.applying.opening > onboarding/apply.ipynb"""
    assert (CHECKOUT / "onboarding" / NOTEBOOK).read_text(encoding="utf-8") == notebook_text()


@pytest.mark.parametrize("view", View)
def test_the_notebook_is_laid_out_and_served(tmp_path: Path, view: View) -> None:
    """In both views; a second time nothing is overwritten."""
    folder = tmp_path / "new" / "application"
    application_server(folder, view, browser=False)
    (folder / NOTEBOOK).write_text("mine")
    served = application_server(folder, view, browser=False)
    assert "--no-browser" in served.command
    assert (folder / NOTEBOOK).read_text() == "mine"
    if view is View.APP:
        page = json.loads((folder / ".talentpool" / "app" / NOTEBOOK).read_text())
        assert 'open_application("../..")' in page["cells"][1]["source"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """In one line."""
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        application_server(tmp_path / "file" / "x", View.LAB, browser=False)

"""A module on the machine of whoever goes through it: what opens when, what is said, what is kept."""

import json
from pathlib import Path

import pytest
from IPython.core.error import UsageError

from assessments.errors import BundleError
from assessments.handin import handed_in
from assessments.learning.lesson import Lesson, open_module
from assessments.learning.module import MODULE_FILE
from assessments.learning.opening import module_notebook, module_server, unpack_module
from assessments.learning.progress import PROGRESS_FILE, parse_progress
from assessments.taking import View
from onboarding.learning.handing import issued, lay_out
from tests.onboarding.learning.samples import RIGHT, WRONG, check, go_through, marked, written

SECRET = b"secret"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small module as ada has it."""
    return lay_out(issued(written(tmp_path), "ada", SECRET), tmp_path / "module")


def test_the_next_section_opens_only_when_the_answer_is_right(folder: Path) -> None:
    """One after the other, and at last the end."""
    lesson = Lesson(folder)
    parts = [lesson.section(number) for number in range(1, 5)]
    end, header = lesson.finish(), lesson.header()
    assert [part.state["open"] for part in parts] == [True, False, False, False]
    check(lesson, parts[0], WRONG["pick"])
    assert not parts[1].state["open"]
    for place, name in enumerate(("pick", "mark", "tag")):
        assert not end.state["open"]
        check(lesson, parts[place], RIGHT[name])
        assert parts[place].state["locked"]
        assert parts[place + 1].state["open"]
    assert end.state["open"]
    assert header.state["answered"] == header.spec["total"] == 3


def test_each_verdict_says_why(folder: Path) -> None:
    """A hint twice, then the explanation, and the question has to be answered once more."""
    lesson = Lesson(folder)
    part = lesson.section(2)
    check(lesson, part, WRONG["mark"])
    assert part.state["told"] == {"verdict": "not-yet", "text_html": "<p>Count.</p>\n"}
    check(lesson, part, marked(22, 26))
    assert part.state["told"]["verdict"] == "not-yet"
    check(lesson, part, marked(0, 26))
    assert part.state["told"]["verdict"] == "explained"
    assert "five" in part.state["told"]["text_html"]
    assert "It is four." in part.state["told"]["text_html"]
    assert not part.state["locked"]
    check(lesson, part, RIGHT["mark"])
    assert part.state["told"] == {"verdict": "right", "text_html": "<p>It is four.</p>\n"}


def test_asking_twice_about_one_answer_counts_once(folder: Path) -> None:
    """And a question that is not answered is not counted at all."""
    lesson = Lesson(folder)
    part = lesson.section(1)
    assert not check(lesson, part, None)
    for _ in range(5):
        assert check(lesson, part, "a")
    assert part.state["told"]["verdict"] == "not-yet"


def test_the_first_answer_is_kept_and_everything_is_restored(folder: Path) -> None:
    """After the page was closed in the middle."""
    lesson = Lesson(folder)
    part = lesson.section(1)
    check(lesson, part, "a")
    check(lesson, part, "b")
    part.value = "a"
    assert lesson.progress.flush()
    kept = parse_progress((folder / PROGRESS_FILE).read_bytes(), "x").of("pick")
    assert (kept.first, kept.first_right, kept.value, kept.right, kept.wrong) == ("a", False, "b", True, 1)
    again = Lesson(folder)
    assert again.section(1).value == "b"
    assert again.section(2).state["open"]
    assert again.header().state["saved_at"]


def test_finishing_packs_what_is_to_be_sent(folder: Path) -> None:
    """Not before the last exercise is right."""
    lesson = Lesson(folder)
    lesson.finish()._handle_custom_msg({"ask": "1", "question": {}}, [])
    assert lesson.progress.current.finished_at is None
    go_through(lesson, first=WRONG)
    packed = handed_in(folder)
    assert packed
    content = (folder.parent / packed["file"]).read_bytes()
    assert content == (folder / PROGRESS_FILE).read_bytes()
    assert {name: tried.first for name, tried in parse_progress(content, "x").exercises.items()} == WRONG


def test_nothing_is_packed_for_nobody(tmp_path: Path) -> None:
    """Who only wants to look needs no name."""
    lesson = Lesson(lay_out(written(tmp_path).issued(), tmp_path / "module"))
    go_through(lesson, first={})
    assert lesson.finish().state["finished"]
    assert handed_in(tmp_path / "module") is None


def test_what_cannot_be_read_is_said_in_one_line(folder: Path, tmp_path: Path) -> None:
    """A broken module, progress of another one, a folder without any."""
    (folder / PROGRESS_FILE).write_text('{"module": "other", "version": "1"}')
    with pytest.raises(UsageError, match="belongs to another module"):
        open_module(str(folder))
    (folder / PROGRESS_FILE).write_text("[")
    with pytest.raises(UsageError, match="is not what a module packs"):
        open_module(str(folder))
    (folder / MODULE_FILE).write_text("{}")
    with pytest.raises(UsageError, match="cannot be read: name"):
        open_module(str(folder))
    with pytest.raises(BundleError, match=r"module\.json is missing"):
        unpack_module(tmp_path, tmp_path)


def test_the_notebook_says_how_long_it_takes_and_shows_no_section(folder: Path) -> None:
    """Sections come from the module, one by one."""
    module = Lesson(folder).module
    text = json.dumps(module_notebook(module))
    assert "**About 2 minutes, 3 exercises.**" in text
    assert "Read **this**" not in text
    assert [name in text for name in ("lesson.section(5)", "lesson.section(6)")] == [True, False]


@pytest.mark.parametrize("view", View)
def test_it_opens_in_both_views(folder: Path, view: View) -> None:
    """As a notebook and as a page; a page's notebook lies two folders below."""
    command = module_server(folder, view, browser=False).command
    assert any("small.ipynb" in argument for argument in command)
    page = folder / ".talentpool" / "app" / "small.ipynb"
    assert page.exists() == (view is View.APP)
    assert view is View.LAB or '\\"../..\\"' in page.read_text()

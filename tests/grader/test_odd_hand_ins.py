"""Plain courses in which somebody hands in something odd: it is said, and the others are graded as ever."""

import os
import shutil
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select

from benchmarks.courses import make_course
from grader.quarantine import MAX_FILE_BYTES
from grader.tables import AutogradeRow
from tests.command import talentpool

pytestmark = pytest.mark.kernel


def on_record(url: str) -> dict[str, tuple[str, list[str]]]:
    """Outcome and reasons by student."""
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(select(AutogradeRow.student, AutogradeRow.outcome, AutogradeRow.reasons))
        found = {student: (outcome, reasons) for student, outcome, reasons in rows}
    engine.dispose()
    return found


@pytest.mark.parametrize("is_created", [True, False])
def test_names_that_no_database_holds(url: str, tmp_path: Path, is_created: bool) -> None:
    """No text, or too long: they are on record under a name that can be written, again and again."""
    config = f'c.CourseDirectory.db_url = "{url}"\nc.Autograde.create_student = {is_created}\n'
    course = make_course(tmp_path / "course", "small", 1, config=config)
    for name in (os.fsdecode(b"caf\xe9"), "x" * 200):
        shutil.copytree(course / "submitted" / "student00000", course / "submitted" / name)
    for _ in range(2):
        outcome = talentpool("grade", "--workspace", course)
        assert outcome.code == 1
        assert "failed      caf\\udce9 small: student 'caf\\udce9' cannot be used" in outcome.out
    found = on_record(url)
    assert {student: outcome for student, (outcome, _) in found.items()} == {
        "caf\\udce9": "failed",
        "student00000": "graded" if is_created else "failed",
        "x" * 125 + "[…]": "failed",
    }


def test_what_is_put_away_is_said_with_its_reason(tmp_path: Path) -> None:
    """Of a notebook why, of many files a few; compiled modules do not come along, whatever the course ignores."""
    course = make_course(tmp_path / "course", "small", 2, config='c.CourseDirectory.ignore = ["feedback"]\n')
    many, large = (course / "submitted" / f"student0000{number}" / "small" for number in range(2))
    for number in range(25):
        (many / f".hidden{number:02}").touch()
    # as a Mac leaves it in archives
    (many / "._work.ipynb").touch()
    (many / "__pycache__").mkdir()
    (many / "__pycache__" / "helper.cpython-311.pyc").touch()
    os.truncate(large / "work.ipynb", MAX_FILE_BYTES + 1)
    talentpool("grade", "--workspace", course)
    found = on_record(f"sqlite:///{course / 'gradebook.db'}")
    outcome, reasons = found["student00000"]
    assert (outcome, len(reasons)) == ("graded", 21)
    assert reasons[0] == "'._work.ipynb' was put into quarantine/: hidden files may be settings"
    assert reasons[-1] == "and 6 more, which quarantine/student00000/small/why.txt lists"
    assert sorted(path.name for path in (course / "autograded" / "student00000" / "small").iterdir()) == ["work.ipynb"]
    assert found["student00001"] == ("failed", ["'work.ipynb' was put into quarantine/: larger than 50,000,000 bytes"])

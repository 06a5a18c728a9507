"""Plain courses in which somebody hands in something odd: it is said, and the others are graded as ever."""

import os
import shutil
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select

from benchmarks.courses import make_course
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
        "x" * 127 + "…": "failed",
    }

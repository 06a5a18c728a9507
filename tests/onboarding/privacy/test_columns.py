"""Every column of every table is personal, pseudonymous or neither; exports of scores have nothing personal."""

from pathlib import Path

import pandas as pd
import pytest

from grader.store import Store
from grader.tables import Base
from grader.workspace import Workspace
from onboarding.privacy.columns import BLANK, COLUMNS, LEAVING, Kind
from tests.command import talentpool
from tests.onboarding.privacy.samples import CV, EMAIL, WORD, applied, went_all_the_way


def test_every_column_is_classified_once() -> None:
    """Whoever adds one says here what it says of a person, and then what becomes of it."""
    for table in Base.metadata.sorted_tables:
        (kind,) = [kind for kind in COLUMNS if kind.__table__ is table]
        names = " ".join(COLUMNS[kind].values()).split()
        assert sorted(names) == sorted(column.key for column in table.columns), table.name


def test_what_is_personal_leaves_or_is_blanked() -> None:
    """Names of applicants and reasons of decisions are treated by themselves."""
    by_hand = {"talentpool_applicant": {"name"}, "talentpool_decision": {"reasons"}}
    for kind, found in COLUMNS.items():
        personal = set(found.get(Kind.PERSONAL, "").split())
        if kind not in LEAVING:
            assert set(BLANK.get(kind, {})) | by_hand.get(kind.__tablename__, set()) == personal, kind


@pytest.mark.parametrize("kind", ["csv", "json", "html", "xlsx", "parquet"])
@pytest.mark.parametrize("by", ["assessment", "item"])
def test_scores_have_no_contact_data_and_no_cv(
    workspace: Workspace, store: Store, tmp_path: Path, kind: str, by: str
) -> None:
    """In every format; an answer may be anything that somebody typed, so here it is harmless."""
    person = applied(workspace, store, tmp_path)
    went_all_the_way(workspace, store, person, response="an answer")
    path = tmp_path / f"scores.{kind}"
    done = talentpool("scores", "--by", by, "--format", kind, "--output", path, "-w", workspace.root)
    assert done.code == 0, done.err
    text = _text(path)
    assert person in text
    for secret in (WORD, EMAIL, CV.decode()):
        assert secret.lower() not in text.lower()


def _text(path: Path) -> str:
    """What a table says, whatever its format."""
    if path.suffix == ".xlsx":
        return str(pd.read_excel(path).to_csv())
    return str(pd.read_parquet(path).to_csv()) if path.suffix == ".parquet" else path.read_text()


def test_the_report_has_no_contact_data_and_no_cv(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """Nor the name."""
    went_all_the_way(workspace, store, applied(workspace, store, tmp_path), response="an answer")
    path = tmp_path / "report.html"
    assert talentpool("report", "--output", path, "-w", workspace.root).code == 0
    assert "small" in path.read_text()
    for secret in (WORD, EMAIL, CV.decode()):
        assert secret.lower() not in path.read_text().lower()

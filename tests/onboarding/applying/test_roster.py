"""Applicants from a CSV file, with and without applications; on each database."""

from pathlib import Path

import pytest

from assessments.errors import UsageError
from grader.store import Store
from onboarding.applicants import import_csv
from onboarding.applying.records import email_of
from tests.onboarding.stored import application_of
from tests.samples import NOW

HEAD = "id,name,email,country,time_zone,languages,domains,degree,hours_a_week,consent_at\n"
CARLA = "carla,Carla Roe,Carla@Example.org,es,Europe/Madrid,en:C1; es:C2,law:4,,10,2026-03-01T10:00+01:00\n"


def written(folder: Path, text: str) -> Path:
    """The file."""
    path = folder / "people.csv"
    path.write_text(text, encoding="utf-8")
    return path


def problem(store: Store, path: Path) -> str:
    """Why nobody was registered."""
    before = [row.id for row in store.applicants()]
    with pytest.raises(UsageError) as error:
        import_csv(store, path, now=NOW)
    assert [row.id for row in store.applicants()] == before
    return error.value.message


def test_files_with_id_and_name_still_work(store: Store, tmp_path: Path) -> None:
    """Also with other columns, a mark at the beginning, and the same person twice; who is here stays."""
    text = "\ufeffid,name,team\ncarl,Carl Roe,x\nada,Other,y\ndana,,\ncarl,Carl Roe,z\n"
    new = import_csv(store, written(tmp_path, text), now=NOW)
    assert [row.new_id for row in new] == ["carl", "dana"]
    assert {row.id: row.name for row in store.applicants()} == {
        "ada": "Ada",
        "bob": "Bob",
        "carl": "Carl Roe",
        "dana": "dana",
    }
    assert import_csv(store, written(tmp_path, text), now=NOW) == []


def test_applications_are_imported(store: Store, tmp_path: Path) -> None:
    """With an id of their own, or one that is made; a second time nothing happens."""
    text = HEAD + CARLA + CARLA.replace("carla,", ",").replace("Carla@", "dana@").replace("Carla", "Dana")
    text += "eve,Eve,,,,,,,,\n"
    new = import_csv(store, written(tmp_path, text), now=NOW)
    assert [row.new_id for row in new][::2] == ["carla", "eve"]
    found = application_of(store, "carla")
    assert found is not None
    assert [(each.language, each.level) for each in found.languages] == [("en", "C1"), ("es", "C2")]
    assert (found.country, found.email, found.hours_a_week) == ("ES", "carla@example.org", 10)
    assert email_of(store, new[1].new_id) == "dana@example.org"
    assert application_of(store, "eve") is None
    assert import_csv(store, written(tmp_path, text), now=NOW) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Carla@Example.org", "carla", "line 2, column email: found 'carla'. Please give one e-mail address"),
        (",es,", ",Spain,", "line 2, column country: found 'Spain'"),
        ("Europe/Madrid", "CET+1", "column time_zone"),
        ("en:C1; es:C2", "English", "line 2, column languages: found 'English'"),
        ("en:C1; es:C2", "en:C1; en:C2", "column languages"),
        ("law:4", "law:many", "column domains"),
        (",10,", ",,", "column hours_a_week: found ''"),
        ("2026-03-01T10:00+01:00", "yes", "column consent_at: found 'yes'. Please give when the person agreed"),
        ("carla,", "-x-,", "column id: found '-x-'"),
        ("carla,Carla Roe", "carla,", "column name"),
        (CARLA, CARLA.strip() + ",more\n", "line 2: more cells than columns"),
    ],
)
def test_a_problem_names_line_and_column(store: Store, tmp_path: Path, old: str, new: str, said: str) -> None:
    """And nobody is registered, also not those whose lines are right."""
    text = HEAD + CARLA.replace(old, new) + CARLA.replace("carla", "dana").replace("Carla@", "dana@")
    assert said in problem(store, written(tmp_path, text))


def test_all_problems_are_counted(store: Store, tmp_path: Path) -> None:
    """The first five are named."""
    text = HEAD + "".join(CARLA.replace("carla", f"c{number}").replace("law:4", "law") for number in range(9))
    found = problem(store, written(tmp_path, text))
    assert "line 6, column domains" in found
    assert "line 7" not in found
    assert found.endswith("and 4 more")


def test_nobody_is_in_the_file_twice(store: Store, tmp_path: Path) -> None:
    """By id or by address, however it is spelled."""
    text = HEAD + CARLA + CARLA.replace("carla", "dana").replace("Carla@Example.org", "ＣARLA@example.ORG")
    assert "line 3, column email: 'carla@example.org' stands in line 2 already" in problem(
        store, written(tmp_path, text)
    )
    text = HEAD + CARLA + CARLA.replace("Carla@", "other@")
    assert "line 3, column id: 'carla' stands in line 2 already" in problem(store, written(tmp_path, text))


def test_an_address_that_is_another_persons_is_named(store: Store, tmp_path: Path) -> None:
    """Nobody is registered."""
    import_csv(store, written(tmp_path, HEAD + CARLA), now=NOW)
    text = HEAD + CARLA.replace("carla", "dana") + CARLA.replace("carla", "eve").replace("Carla@", "eve@")
    found = problem(store, written(tmp_path, text))
    assert "line 2, column email: carla applied with this address already" in found


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"name,country\nx,y\n", "id or email is needed"),
        (b"", "id or email is needed"),
        (b"id,email,age\na,b,3\n", "found the column 'age'"),
        (b"id,id\na,b\n", "a column is found twice"),
        (b"id,name\n\xff\xfe,x\n", "cannot be read"),
        (b'id,name\n"a,x\n', "cannot be read"),
        (b"id,name\n\x00,x\n", "column id|cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(store: Store, tmp_path: Path, content: bytes, said: str) -> None:
    """In one line."""
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=said):
        import_csv(store, path, now=NOW)

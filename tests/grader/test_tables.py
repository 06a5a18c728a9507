"""Our tables in the database: migrated, versioned apart from nbgrader's, and as the code believes."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from nbgrader.api import Gradebook
from sqlalchemy import create_engine, inspect, text

from assessments.errors import UsageError
from grader.issue import sign
from grader.store import Store, migrate
from grader.tables import VERSION_TABLE, Base
from onboarding import tables as onboarding_tables
from tests.samples import NOW, SECRET, small_packet


def test_migrations_give_what_the_code_believes(url: str) -> None:
    """No table, column or index differs."""
    migrate(url)
    migrate(url)
    engine = create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()
    assert onboarding_tables.DecisionRow.__tablename__ in Base.metadata.tables


@pytest.mark.kernel
def test_they_live_beside_nbgraders(url: str) -> None:
    """In one database, each with its own version table."""
    with Gradebook(url):
        pass
    migrate(url)
    engine = create_engine(url)
    names = set(inspect(engine).get_table_names())
    engine.dispose()
    assert {"assignment", "grade", "alembic_version", VERSION_TABLE, "talentpool_result"} <= names


def test_what_was_issued_before_is_counted(url: str) -> None:
    """An older database is brought along with its rows."""
    migrate(url, "0003")
    signed = sign(small_packet(), SECRET).model_dump_json()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO talentpool_applicant VALUES ('ada', 'Ada', '2026-03-02 09:00:00')"))
        row = {"id": "1", "who": "ada", "name": "small", "attempt": 1, "at": "2026-03-02 09:30:00", "signed": signed}
        columns = "id, applicant_id, assessment, attempt, issued_at, closes_at, signed"
        values = ":id, :who, :name, :attempt, :at, :at, :signed"
        connection.execute(text(f"INSERT INTO talentpool_packet ({columns}) VALUES ({values})"), row)
    migrate(url)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT assessment, item_id, issued FROM talentpool_exposure")).all()
    engine.dispose()
    assert set(found) == {("small", slot.item.id, 1) for slot in small_packet().slots}
    assert [packet.packet_id for packet in Store(url).packets("ada", "small")] == [small_packet().packet_id]


def test_an_applicant_is_registered_once(url: str) -> None:
    """Unknown ones are named with a way out."""
    migrate(url)
    store = Store(url)
    store.add_applicant("ada", "Ada", now=NOW)
    assert store.require_applicant("ada").registered_at == NOW
    with pytest.raises(UsageError, match="registered already"):
        store.add_applicant("ada", "Ada", now=NOW)
    with pytest.raises(UsageError, match="unknown applicant 'bob'") as caught:
        store.require_applicant("bob")
    assert caught.value.tip == "Register with: talentpool applicants add bob"
    store.close()

"""Alembic's entry: our tables only, under a version table of their own."""

from alembic import context
from sqlalchemy import create_engine

from grader.tables import VERSION_TABLE

engine = create_engine(context.config.attributes["url"])
with engine.connect() as connection:
    context.configure(connection=connection, version_table=VERSION_TABLE)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()

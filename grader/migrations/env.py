"""Alembic's entry: our tables only, under a version table of their own."""

from alembic import context

from grader.tables import VERSION_TABLE

context.configure(connection=context.config.attributes["connection"], version_table=VERSION_TABLE)
with context.begin_transaction():
    context.run_migrations()

"""Alembic's entry: our tables only, under a version table of their own; all of a migration, or nothing of it."""

from alembic import context

from grader.tables import VERSION_TABLE

connection = context.config.attributes["connection"]
if connection.dialect.name == "sqlite":
    # sqlite3 begins no transaction for statements that define tables: a full disk would leave half of them
    connection.connection.dbapi_connection.isolation_level = None
    connection.exec_driver_sql("BEGIN IMMEDIATE")
context.configure(connection=connection, version_table=VERSION_TABLE, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
connection.commit()

"""How Alembic runs the migrations: on the connection it is handed, in the transaction under way."""

from __future__ import annotations

from alembic import context

from repcount.history.tables import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",  # SQLite alters a table by copying it
    transactional_ddl=False,  # the transaction is the caller's
)
context.run_migrations()

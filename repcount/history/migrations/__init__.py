"""the migrations of the tables, oldest first, and how Alembic runs them."""

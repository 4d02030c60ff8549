"""People found by their names, whatever the form of Unicode and the case these were typed in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Text, literal, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from repcount.history.tables import PersonRow


class _NameKey(FunctionElement[str]):
    """``name_key`` of the core within the database; SQLite is given it with each connection."""

    inherit_cache = True
    type = Text()


@compiles(_NameKey)
def _on_sqlite(element: _NameKey, compiler: Any, **options: Any) -> str:
    return f"name_key({compiler.process(element.clauses, **options)})"


@compiles(_NameKey, "postgresql")
def _on_postgresql(element: _NameKey, compiler: Any, **options: Any) -> str:
    return f"lower(normalize({compiler.process(element.clauses, **options)}, NFC))"


def is_named(person: str) -> ColumnElement[bool]:
    """The condition that a row of the table of people is of that name."""
    return _NameKey(PersonRow.name) == _NameKey(literal(person, Text()))


def rows_named(person: str) -> Any:
    """The rows of that name: one, or several that an older repcount made of two forms of it."""
    return select(PersonRow.id).where(is_named(person)).order_by(PersonRow.id)

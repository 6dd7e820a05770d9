"""Everything that is stored about one person, in whichever table: read for an export, erased on request.

The tables are found by their columns, so that a table which comes later is neither left out nor left behind.
"""

from typing import Any, Final

from sqlalchemy import ColumnElement, Table, delete, or_, select
from sqlmodel import Session, SQLModel

from db.models import Question, WaitingAsker
from db.tables import USER

_NAMING: Final = frozenset({"user_id", "chat_id"})
"""Columns that hold a person's id without saying so by a foreign key."""

Rows = dict[str, list[dict[str, Any]]]


def gather(session: Session, user_id: int) -> Rows:
    """Return all rows that name the person, by table, and the questions they wait to be told about."""
    connection, found = session.connection(), Rows()
    for table, theirs in _tables(user_id):
        rows = connection.execute(select(table).where(theirs).order_by(*table.primary_key.columns)).mappings()
        found[table.name] = [dict(row) for row in rows]
    asked = select(_table(Question)).where(
        _table(Question).c.id.in_(select(_table(WaitingAsker).c.question_id).where(_waits(user_id)))
    )
    found[str(Question.__tablename__)] = [dict(row) for row in connection.execute(asked).mappings()]
    return found


def erase(session: Session, user_id: int) -> None:
    """Delete all rows that name the person."""
    for table, theirs in reversed(_tables(user_id)):
        session.connection().execute(delete(table).where(theirs))
    session.expire_all()


def _tables(user_id: int) -> list[tuple[Table, ColumnElement[bool]]]:
    """Return every table with a person in it and which rows are theirs, parents first."""
    found = []
    for table in SQLModel.metadata.sorted_tables:
        columns = [
            column
            for column in table.columns
            if column is USER.c.id or column.name in _NAMING or column.references(USER.c.id)
        ]
        if columns:
            found.append((table, or_(*(column == user_id for column in columns))))
    return found


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


def _waits(user_id: int) -> ColumnElement[bool]:
    return _table(WaitingAsker).c.user_id == user_id

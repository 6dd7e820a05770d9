"""Changes of one person's rows: recorded while a turn runs, kept as JSON, and undone when an edit takes them back.

Whatever writes is seen, ORM and Core: a table is read before its first statement that writes, and again at the end.
A turn that writes nothing costs nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from typing import Any, Final, TypeAlias

from sqlalchemy import (
    Connection,
    Delete,
    Engine,
    Insert,
    Select,
    Table,
    Update,
    bindparam,
    delete,
    event,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

from db import models
from db.models import User
from db.tables import USER

Row: TypeAlias = dict[str, Any]
Change: TypeAlias = dict[str, Any]
"""`table`, `key`, and the columns `before` and `after`: no `before` was written, no `after` was deleted."""

Touched: TypeAlias = frozenset[tuple[str, str]]
"""The table and column of each value; `WHOLE_ROW` is the column of a row that was written or deleted."""

WHOLE_ROW: Final = "*"

_RECORDING: Final = "recording"  # of a connection: all that record now, one within the other

_NOT_UNDONE: Final = frozenset(
    str(model.__tablename__)
    for model in (models.LiveGuide, models.OutboxMessage, models.SaidMessage, models.Broadcast, models.WaitingAsker)
)
"""Tables of what was said and asked: an edit leaves it as it is."""

_BOOKKEEPING: Final = frozenset(
    {
        "awaiting", "awaiting_day", "awaiting_kind", "last_day", "misses", "next_due_at", "planned_on",
        "prompt_message_id", "setup_step", "shown_at", "shown_day", "shown_kind", "shown_message_id",
        "shown_question", "shown_slug",
    }
)  # fmt: skip
"""Columns that the clock and the conversation move on: they decide nothing, and nobody is told of them."""

_CONVERSATION: Final = (_BOOKKEEPING - {"planned_on"}) | {"first_name", "language", "unreachable"}
"""Columns of a person that are no answer of theirs."""

_DECIDING: Final = {"training_session": frozenset({"status", "pain"})}
"""Columns that say whether a row is still as a change left it; of other tables all that changed. The planner writes the
other columns of a session anew."""

_SILENT: Final = frozenset({("training_session", WHOLE_ROW), ("last_change", WHOLE_ROW)})
"""Rows that the planner writes, and the one that Undo reads."""


class Recording:
    """The rows of a person as they were before a turn wrote to them."""

    def __init__(self, session: Session, user_id: int) -> None:
        self._session, self._user_id = session, user_id
        self._before: dict[str, dict[str, Row]] = {}

    def changes(self) -> list[Change]:
        """Return what has changed so far."""
        self._session.flush()
        connection, found = self._session.connection(), list[Change]()
        for name, before in self._before.items():
            after = _rows(connection, _UNDONE[name], self._user_id)
            found += [_change(name, key, None, row) for key, row in after.items() if key not in before]
            for key, row in before.items():
                now = after.get(key)
                if now is None:
                    found.append(_change(name, key, row, None))
                elif changed := {column for column in row if row[column] != now[column]}:
                    seen = changed | _DECIDING.get(name, frozenset())
                    found.append(_change(name, key, _only(row, changed), _only(now, seen)))
        return found

    def before_execute(self, connection: Connection, statement: object) -> None:
        """Read a table that is about to be written to for the first time."""
        if isinstance(statement, Insert | Update | Delete) and isinstance(statement.table, Table):
            table = statement.table
            if table.name in _UNDONE and table.name not in self._before:
                self._before[table.name] = {}  # the reading itself is no reason to read
                self._before[table.name] = _rows(connection, table, self._user_id)


@contextmanager
def recording(session: Session, user_id: int) -> Iterator[Recording]:
    """Record what is written to the rows of a person who is stored already; `watch` must know of the engine."""
    session.flush()
    records, record = session.connection().info.setdefault(_RECORDING, []), Recording(session, user_id)
    records.append(record)
    try:
        yield record
    finally:
        records.remove(record)


def watch(engine: Engine) -> None:
    """Show every statement to what is recording on its connection. A listener for each turn would cost 0.1 ms."""
    event.listen(engine, "before_execute", _before_execute)


def _before_execute(connection: Connection, statement: object, *_rest: object) -> None:
    for record in connection.info.get(_RECORDING, ()):
        record.before_execute(connection, statement)


def undo(session: Session, user: User, changes: Sequence[Change]) -> Touched:
    """Put the rows of a person back where nothing has changed them since; return the values that are as before."""
    session.flush()
    connection, touched = session.connection(), set[tuple[str, str]]()
    tables = {change["table"] for change in changes}
    known = {
        name: {key: _json(row) for key, row in _rows(connection, _UNDONE[name], user.id).items()} for name in tables
    }
    displaced: list[Change] = []  # deleted rows whose place another has that was added, and goes first
    for change in reversed(changes):
        table, key, before, after = (change[name] for name in ("table", "key", "before", "after"))
        now = known[table].get(key)
        if after is None:
            if now is None and _insert_again(session, _UNDONE[table], before):
                known[table][key] = before
                touched.add((table, WHOLE_ROW))
            elif now is None:
                displaced.append(change)
        elif now is None:
            continue
        elif before is None:
            if now == after:
                connection.execute(delete(_UNDONE[table]).where(*_is(_UNDONE[table], key)))
                del known[table][key]
                touched.add((table, WHOLE_ROW))
        elif back := _back(table, before, after, now):
            _write(session, _UNDONE[table], key, _only(before, back))
            known[table][key] = now | _only(before, back)
            touched |= {(table, column) for column in back}
    for change in displaced:
        if _insert_again(session, _UNDONE[change["table"]], change["before"]):
            touched.add((change["table"], WHOLE_ROW))
    session.expire_all()
    if touched and touched != values_of(changes):
        user.planned_on = None  # something has moved on, and the week with it
    return frozenset(touched)


def values_of(changes: Sequence[Change]) -> Touched:
    """Return the values that these changes are about."""
    return frozenset(
        (change["table"], column)
        for change in changes
        for column in (change["before"] if change["before"] and change["after"] else (WHOLE_ROW,))
    )


def of_answers(changes: Sequence[Change]) -> list[Change]:
    """Return changes without what belongs to the conversation: the question that stands open, what was shown last."""
    found = []
    for change in changes:
        table, before, after = change["table"], change["before"], change["after"]
        if table == USER.name and before is not None and after is not None:
            own = set(before) - _CONVERSATION
            if own:
                found.append(change | {"before": _only(before, own), "after": _only(after, own)})
        else:
            found.append(change)
    return found


def value_before(change: Change, column: str) -> Any:
    """Return the value that a column had before a change; None where there was none."""
    return _read((change["before"] or {}).get(column))


def is_news(touched: Touched) -> bool:
    """Say whether somebody should hear that these values are as before."""
    return any(value not in _SILENT and value[1] not in _BOOKKEEPING for value in touched)


def _back(table: str, before: Row, after: Row, now: Row) -> set[str]:
    """Return the columns to put back: those that the change set, where what decides is as it left it."""
    deciding = _DECIDING.get(table) or before.keys() - _BOOKKEEPING
    if any(now[column] != after[column] for column in deciding):
        return set()
    return {column for column in before if column not in _BOOKKEEPING or now[column] == after[column]}


def _write(session: Session, table: Table, key: str, row: Row) -> None:
    values = {column: _read(value) for column, value in row.items()}
    session.connection().execute(update(table).where(*_is(table, key)).values(values))


def _insert_again(session: Session, table: Table, row: Row) -> bool:
    """Write a row again that was deleted; return false where another has its place."""
    with session.connection().begin_nested() as savepoint:
        try:
            session.connection().execute(insert(table).values({name: _read(value) for name, value in row.items()}))
        except IntegrityError:
            savepoint.rollback()
            return False
    return True


def _rows(connection: Connection, table: Table, user_id: int) -> dict[str, Row]:
    names = table.columns.keys()
    rows = [dict(zip(names, row, strict=True)) for row in connection.execute(_rows_of(table), {"owner": user_id})]
    return {"/".join(str(row[column.name]) for column in table.primary_key.columns): row for row in rows}


@cache
def _rows_of(table: Table) -> Select[Any]:
    """Return the statement that reads somebody's rows of a table; it is costly to build anew for every turn."""
    owner = USER.c.id if table is USER else table.c.user_id
    return select(table).where(owner == bindparam("owner"))


def _is(table: Table, key: str) -> list[Any]:
    """Return the condition of one row; the tables that are undone have a number for their key."""
    (column,) = table.primary_key.columns
    return [column == int(key)]


def _change(table: str, key: str, before: Row | None, after: Row | None) -> Change:
    return {
        "table": table,
        "key": key,
        "before": None if before is None else _json(before),
        "after": None if after is None else _json(after),
    }


def _json(row: Row) -> Row:
    """Return a row as JSON holds it."""
    return {name: _written(value) for name, value in row.items()}


def _only(row: Mapping[str, Any], columns: set[str]) -> Row:
    return {name: value for name, value in row.items() if name in columns}


def _written(value: Any) -> Any:
    if not isinstance(value, date):  # what is no date is no datetime either
        return value
    return {"datetime" if isinstance(value, datetime) else "date": value.isoformat()}


def _read(value: Any) -> Any:
    """Return what `_written` wrote."""
    match value:
        case {"datetime": str(written)}:
            return datetime.fromisoformat(written)
        case {"date": str(written)}:
            return date.fromisoformat(written)
    return value


_UNDONE: Final[Mapping[str, Table]] = {
    table.name: table
    for table in SQLModel.metadata.sorted_tables
    if table.name not in _NOT_UNDONE
    and (table is USER or ("user_id" in table.c and table.c.user_id.references(USER.c.id)))
}

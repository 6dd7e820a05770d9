"""The last change that a person asked for in words, and its undoing: their rows become what they were.

Before a change all rows of the person that a request can touch are read, and after it again; what differs is kept,
until the next change. Nothing that carries out a request has to know of it. See docs/decisions/0023-undo-by-rows.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeAlias

from sqlalchemy import Table, UniqueConstraint, and_, delete, insert, select, update
from sqlmodel import Session

from coach.reminders.local_time import local_day
from db.models import LastChange, User
from db.tables import ABSENCE, LAST_CHANGE, MEASUREMENT, PINNED_WORKOUT, REMINDER, SESSION, USER
from services import reminders

KEPT: Final = timedelta(days=1)
"""The time in which a change can be undone, by words or by its button."""

Row: TypeAlias = dict[str, Any]  # a row's columns in the forms of JSON
Snapshot: TypeAlias = Mapping[tuple[str, int], Row]

_TABLES: Final = {table.name: table for table in (USER, SESSION, PINNED_WORKOUT, ABSENCE, MEASUREMENT, REMINDER)}
_CONVERSATION: Final = frozenset(
    {
        "first_name", "language", "setup_step", "awaiting", "awaiting_day", "awaiting_kind", "prompt_message_id",
        "unreachable", "shown_kind", "shown_slug", "shown_day", "shown_at", "misses", "created_at",
    }
)  # fmt: skip
"""Columns of a person that are no answer of theirs, and not undone."""

_SAID: Final = ("status", "pain")
"""Columns of a session that decide for it: the planner writes the others anew."""

_FOLLOW: Final = frozenset({"planned_on", "next_due_at", "last_day"})
"""Columns that the clock moves on: they decide nothing."""


@dataclass(frozen=True)
class Undone:
    """A change that was undone: the intents of what was asked for."""

    intents: tuple[str, ...]


def snapshot(session: Session, user: User) -> Snapshot:
    """Return the person's rows as they are now."""
    session.flush()
    connection, found = session.connection(), {}
    for table in _TABLES.values():
        owner = table.c.id if table is USER else table.c.user_id
        left_out = _CONVERSATION if table is USER else frozenset()
        columns = [column for column in table.columns if column.name not in left_out]
        for row in connection.execute(select(*columns).where(owner == user.id)).mappings():
            found[table.name, row["id"]] = {name: _plain(value) for name, value in row.items()}
    return found


def remember(
    session: Session, user: User, before: Snapshot, now: datetime, intents: Sequence[str], message_id: int | None = None
) -> int | None:
    """Keep what has changed since `before` instead of the change before; return its number, None for no change."""
    after = snapshot(session, user)
    rows = [_difference(key, before.get(key), after.get(key)) for key in sorted(before.keys() | after.keys())]
    changed = [row for row in rows if row is not None]
    if not changed:
        return None
    forget(session, user)
    kept = LastChange(user_id=user.id, at=now, message_id=message_id, intents=list(intents), rows=changed)
    session.add(kept)
    session.flush()
    return kept.id


def last(session: Session, user: User, now: datetime) -> LastChange | None:
    """Return the change that can still be undone, None where there is none."""
    number = session.connection().execute(select(LAST_CHANGE.c.id).where(LAST_CHANGE.c.user_id == user.id)).scalar()
    found = None if number is None else session.get(LastChange, number)
    return found if found is not None and now - found.at <= KEPT else None


def undo_last(
    session: Session,
    user: User,
    now: datetime,
    *,
    number: int | None = None,
    message_id: int | None = None,
) -> Undone | None:
    """Restore the person's rows as they were before the last change, once; None where there is nothing to undo.

    With `number` or `message_id` only where that is the last change, or what that message asked for. What has changed
    again since stays as it is now; the week and the reminders then follow what was restored.
    """
    change = last(session, user, now)
    if change is None or number not in {None, change.id} or message_id not in {None, change.message_id}:
        return None
    undone, rows, at = Undone(tuple(change.intents)), list(change.rows), change.at
    session.delete(change)
    session.flush()
    current = snapshot(session, user)
    whole = [_restore(session, row, current.get((row["table"], row["id"]))) for row in _in_order(rows)]
    session.expire_all()
    zone = user.zone or "UTC"
    if not all(whole) or local_day(now, zone) != local_day(at, zone) or _came_due(rows, at, now):
        user.planned_on = None
        reminders.arm_all(session, user, now)
        session.flush()
    return undone


def forget(session: Session, user: User) -> None:
    """Keep nothing to undo: the next change takes its place, or what it holds was erased."""
    session.flush()
    session.connection().execute(delete(LAST_CHANGE).where(LAST_CHANGE.c.user_id == user.id))
    for held in list(session.identity_map.values()):
        if isinstance(held, LastChange):
            session.expunge(held)


def _difference(key: tuple[str, int], before: Row | None, after: Row | None) -> Row | None:
    if before is None or after is None:
        return {"table": key[0], "id": key[1], "before": before, "after": after}
    names = [name for name in before if before[name] != after[name]]
    if not names:
        return None
    decide = _SAID if key[0] == SESSION.name else ()
    was, became = {name: before[name] for name in names}, {name: after[name] for name in {*names, *decide}}
    return {"table": key[0], "id": key[1], "before": was, "after": became}


def _in_order(rows: Sequence[Row]) -> list[Row]:
    """Return what was added first, then what was changed, then what was deleted: of two rows of a day one is gone."""
    return sorted(rows, key=lambda row: (row["before"] is not None) + (row["after"] is None))


def _restore(session: Session, row: Row, current: Row | None) -> bool:
    """Restore one row; return whether it was still as the change had left it."""
    table = _TABLES[row["table"]]
    if row["before"] is None:
        return _take_away(session, table, row, current)
    if row["after"] is None:
        return _put_back(session, table, row["before"], current)
    return current is not None and _change_back(session, table, row, current)


def _take_away(session: Session, table: Table, row: Row, current: Row | None) -> bool:
    """Delete a row that the change added, unless something was said of it since."""
    if current == row["after"]:
        session.connection().execute(delete(table).where(table.c.id == row["id"]))
        return True
    return current is None


def _put_back(session: Session, table: Table, before: Row, current: Row | None) -> bool:
    """Insert a row that the change deleted, unless another stands there now."""
    if current is not None or _taken(session, table, before):
        return False
    session.connection().execute(insert(table).values(_values(table, before)))
    return True


def _change_back(session: Session, table: Table, row: Row, current: Row) -> bool:
    """Set all columns that the change set, unless one that decides is no longer as it left it."""
    before, after = row["before"], row["after"]
    same = {name for name, value in after.items() if current[name] == value}
    deciding = frozenset(_SAID) if table is SESSION else after.keys() - _FOLLOW
    if not deciding <= same:
        return False
    session.connection().execute(update(table).where(table.c.id == row["id"]).values(_values(table, before)))
    return len(same) == len(after)


def _taken(session: Session, table: Table, row: Row) -> bool:
    """Say whether another row stands where this one stood: the same day of the same person, the same kind."""
    values = _values(table, row)
    unique = [each for each in table.constraints if isinstance(each, UniqueConstraint)]
    return any(
        session.connection()
        .execute(select(table.c.id).where(and_(*(column == values[column.name] for column in each.columns))))
        .first()
        for each in unique
    )


def _came_due(rows: Sequence[Row], since: datetime, now: datetime) -> bool:
    """Say whether a reminder, as it was before the change, would have come in the meantime."""
    was = (row["before"].get("next_due_at") for row in rows if row["table"] == REMINDER.name and row["before"])
    return any(since < datetime.fromisoformat(at) <= now for at in was if at is not None)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _values(table: Table, row: Row) -> Row:
    """Return a row's values as its columns take them."""
    return {name: _read(table, name, value) for name, value in row.items()}


def _read(table: Table, name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    column_type = table.c[name].type
    kind = getattr(column_type, "impl_instance", column_type).python_type
    if kind is datetime:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if kind is date else value

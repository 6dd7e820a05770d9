"""The outbox: handlers and the scheduler enqueue messages, the sender reads them (`db.outcomes` records them).

These are hot paths: Core statements, no ORM objects. The session comes first; the caller commits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, delete, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from db.tables import OUTBOX

_INSERT: Final = insert(OUTBOX)
_INSERT_MANY: Final = _INSERT.returning(OUTBOX.c.id, sort_by_parameter_order=True)
SNOOZE: Final = "snooze"
"""The kind of a reminder that was put off, beside those of `ReminderKind`."""

ONCE: Final = "once"
"""The kind of a reminder that was wished for once; it names no session, so that it stays right where that changes."""

CANCELLED: Final = "cancelled"  # of a session: ids of what was deleted in it
_FEW: Final = 3  # rows: written one by one they cost less

_INSERT_SQLITE: Final = (
    sqlite.insert(OUTBOX).on_conflict_do_nothing(index_elements=[OUTBOX.c.once_key]).returning(OUTBOX.c.id)
)
_INSERT_POSTGRES: Final = (
    postgresql.insert(OUTBOX).on_conflict_do_nothing(index_elements=[OUTBOX.c.once_key]).returning(OUTBOX.c.id)
)


@dataclass(slots=True)
class Outgoing:
    """A call to make to Telegram: what handlers and the scheduler write. `enqueue` gives it its id.

    The columns are explained in `db.models.OutboxMessage`; making one of those costs ten times as much.
    """

    chat_id: int
    method: str
    payload: dict[str, Any]
    created_at: datetime
    user_id: int | None = None
    bulk: bool = False
    not_before: datetime | None = None
    useful_until: datetime | None = None
    due_at: datetime | None = None
    late_text: str | None = None
    once_key: str | None = None
    remember: bool = False
    owner: str | None = None
    attempts: int = 0
    id: int | None = None


_WRITTEN: Final = tuple(each.name for each in fields(Outgoing) if each.name != "id")


@dataclass(slots=True)
class Waiting:
    """A row of the outbox as the sender holds it."""

    id: int
    user_id: int | None
    chat_id: int
    method: str
    payload: dict[str, Any]
    bulk: bool
    not_before: datetime | None
    useful_until: datetime | None
    due_at: datetime | None
    late_text: str | None
    remember: bool
    attempts: int
    created_at: datetime
    once_key: str | None


_NAMES: Final = tuple(each.name for each in fields(Waiting))
_READ: Final = tuple(OUTBOX.c[name] for name in _NAMES)


@dataclass(frozen=True, slots=True)
class Bulk:
    """A message to write that nobody asked for just now; a table row's columns without the weight of one."""

    user_id: int
    chat_id: int
    method: str
    payload: dict[str, Any]
    useful_until: datetime
    due_at: datetime
    late_text: str
    once_key: str
    created_at: datetime


_BULK: Final = tuple(each.name for each in fields(Bulk))
_DEFAULTS: Final = {"bulk": True, "not_before": None, "remember": False, "owner": None, "attempts": 0}


def waiting(row: Outgoing) -> Waiting:
    """Return what the sender needs of a row that was just committed."""
    return Waiting(*(getattr(row, name) for name in _NAMES))


def enqueue(session: Session, rows: Sequence[Outgoing]) -> list[Outgoing]:
    """Write `rows` in their order and give each its id; return them."""
    connection = session.connection()
    if len(rows) <= _FEW:
        for row in rows:
            row.id = connection.execute(_INSERT, _values(row)).inserted_primary_key.id  # type: ignore[union-attr]
        return list(rows)
    written = connection.execute(_INSERT_MANY, [_values(row) for row in rows])
    for row, found in zip(rows, written.scalars(), strict=True):
        row.id = found
    return list(rows)


def enqueue_once(session: Session, rows: Sequence[Bulk]) -> int:
    """Write those of `rows` whose `once_key` does not wait already; return how many were written."""
    if not rows:
        return 0
    connection = session.connection()
    once = _INSERT_SQLITE if connection.dialect.name == "sqlite" else _INSERT_POSTGRES
    return len(connection.execute(once, [_DEFAULTS | _values(row, _BULK) for row in rows]).all())


def adopt(session: Session, replica: str) -> int:
    """Make everything that other processes left behind this one's, and return how much; for a single process."""
    statement = update(OUTBOX).where(OUTBOX.c.owner.is_not(None), OUTBOX.c.owner != replica).values(owner=replica)
    return session.connection().execute(statement).rowcount


def fresh(session: Session, *, bulk: bool, owner: str, leads: bool, after: int, limit: int) -> list[Waiting]:
    """Return rows with an id above `after` that may go at once, in the order they were written."""
    statement = _select_visible(bulk=bulk, owner=owner, leads=leads).where(
        OUTBOX.c.not_before.is_(None), OUTBOX.c.id > after
    )
    return _read(session, statement.order_by(OUTBOX.c.id).limit(limit))


def due(
    session: Session, *, bulk: bool, owner: str, leads: bool, now: datetime, but: frozenset[int], limit: int
) -> list[Waiting]:
    """Return delayed rows whose time has come, in the order they were written, but those in `but`."""
    statement = _select_visible(bulk=bulk, owner=owner, leads=leads).where(OUTBOX.c.not_before <= now)
    rows = _read(session, statement.order_by(OUTBOX.c.not_before, OUTBOX.c.id).limit(limit + len(but)))
    return sorted((row for row in rows if row.id not in but), key=lambda row: row.id)[:limit]


def retrying(session: Session, *, bulk: bool, owner: str, leads: bool, now: datetime, limit: int) -> list[Waiting]:
    """Return rows that were refused for now: until their time comes, their chat waits."""
    statement = _select_visible(bulk=bulk, owner=owner, leads=leads).where(
        OUTBOX.c.attempts > 0, OUTBOX.c.not_before > now
    )
    return _read(session, statement.order_by(OUTBOX.c.not_before, OUTBOX.c.id).limit(limit))


def next_delayed(session: Session, *, owner: str, leads: bool, after: datetime) -> datetime | None:
    """Return when the next row that was delayed on purpose comes due, after `after`."""
    moments = []
    for bulk in (False, True) if leads else (False,):
        statement = select(OUTBOX.c.not_before).where(_visible_to(bulk=bulk, owner=owner, leads=leads))
        resting = statement.where(OUTBOX.c.not_before > after, OUTBOX.c.attempts == 0)
        moments.append(session.connection().execute(resting.order_by(OUTBOX.c.not_before).limit(1)).scalar())
    return min((moment for moment in moments if moment is not None), default=None)


def dedup_key(user_id: int, kind: str, day: date) -> str:
    """Return what tells a person's message of a kind and a date from every other: at most one of it waits."""
    return f"{user_id}:{kind}:{day}"


def put_off_keys(user_id: int, day: date) -> tuple[str, str]:
    """Return the keys of what waits to remind a person of the session of a day: put off, or wished for once."""
    return dedup_key(user_id, SNOOZE, day), dedup_key(user_id, ONCE, day)


def sorry_key(chat_id: int) -> str:
    """Return the key of the apology that a chat may be owed: at most one of it waits."""
    return f"{chat_id}:sorry"


def put_off_until(session: Session, once_key: str) -> datetime | None:
    """Return the moment that the message of this key waits for."""
    found = select(OUTBOX.c.not_before).where(OUTBOX.c.once_key == once_key)
    return session.connection().execute(found).scalar()


def waits(session: Session, once_key: str) -> bool:
    """Say whether the message of this key waits."""
    found = select(OUTBOX.c.id).where(OUTBOX.c.once_key == once_key)
    return session.connection().execute(found).first() is not None


def cancel(session: Session, *once_keys: str) -> None:
    """Delete the messages of these keys that still wait."""
    _cancel(session, OUTBOX.c.once_key.in_(once_keys))


def cancel_kinds(session: Session, user_id: int, *kinds: str) -> None:
    """Delete what of these kinds still waits for a person, whatever its date."""
    named = or_(*(OUTBOX.c.once_key.like(f"{user_id}:{kind}:%") for kind in kinds))
    _cancel(session, OUTBOX.c.user_id == user_id, named)


def cancelled_ids(session: Session) -> list[int]:
    """Return the ids of what this transaction deleted: after the commit the sender is to forget it as well."""
    ids: list[int] = session.info.pop(CANCELLED, [])
    return ids


def _cancel(session: Session, *which: ColumnElement[bool]) -> None:
    gone = session.connection().execute(delete(OUTBOX).where(*which).returning(OUTBOX.c.id)).scalars()
    session.info.setdefault(CANCELLED, []).extend(gone)


def delayed_until(session: Session) -> datetime | None:
    """Return when the next row that was delayed on purpose comes due, None where none waits."""
    return session.connection().execute(select(func.min(OUTBOX.c.not_before)).where(OUTBOX.c.attempts == 0)).scalar()


def _visible_to(*, bulk: bool, owner: str, leads: bool) -> ColumnElement[bool]:
    """Condition of rows to send: bulk is the leader's; a reply its writer's, or the leader's where none owns it."""
    if bulk:
        return OUTBOX.c.bulk.is_(True)
    mine = OUTBOX.c.owner == owner
    return OUTBOX.c.bulk.is_(False) & (or_(mine, OUTBOX.c.owner.is_(None)) if leads else mine)


def _select_visible(*, bulk: bool, owner: str, leads: bool) -> Select[Any]:
    return select(*_READ).where(_visible_to(bulk=bulk, owner=owner, leads=leads))


def _read(session: Session, statement: Select[Any]) -> list[Waiting]:
    return [Waiting(*row) for row in session.connection().execute(statement)]


def _values(row: Outgoing | Bulk, names: Iterable[str] = _WRITTEN) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}

"""Updates that took effect: noted in the transaction of the effect, so that each takes effect once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import delete, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from db.tables import HANDLED, SET_ASIDE

Outcome = Literal["done", "dropped", "set-aside"]
_MARK: Final = insert(HANDLED)


class AlreadyHandled(Exception):
    """This update took effect before; nothing is to be done."""


def mark(session: Session, update_id: int, now: datetime, outcome: Outcome = "done") -> None:
    """Note the update as handled. Raises AlreadyHandled where it was; call it first in the transaction.

    Two replicas with the same update at once: the second waits here until the first has committed.
    """
    try:
        session.connection().execute(_MARK, {"update_id": update_id, "at": now, "outcome": outcome})
    except IntegrityError as error:
        raise AlreadyHandled(update_id) from error


def mark_dropped(session: Session, ids: Iterable[int], now: datetime) -> None:
    """Note these updates as dropped; those that were handled before stay as they are."""
    connection = session.connection()
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    rows = [{"update_id": one, "at": now, "outcome": "dropped"} for one in ids]
    connection.execute(dialect.insert(HANDLED).on_conflict_do_nothing(), rows)


def set_aside(
    session: Session, update_id: int, user_id: int | None, payload: dict[str, Any], error: str, now: datetime
) -> None:
    """Keep an update that failed for the operator, and note it as handled. Raises AlreadyHandled."""
    mark(session, update_id, now, "set-aside")
    kept = {"update_id": update_id, "user_id": user_id, "payload": payload, "error": error, "at": now}
    session.connection().execute(insert(SET_ASIDE), kept)


def purge(session: Session, before: datetime) -> int:
    """Forget updates handled before `before`; return how many. Telegram redelivers for 24 hours."""
    return session.connection().execute(delete(HANDLED).where(HANDLED.c.at < before)).rowcount


def purge_set_aside(session: Session, before: datetime) -> int:
    """Forget updates set aside before `before`; return how many."""
    return session.connection().execute(delete(SET_ASIDE).where(SET_ASIDE.c.at < before)).rowcount

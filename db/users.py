"""People: meeting, changing and forgetting them. The session comes first; the caller commits."""

from datetime import datetime
from typing import Final

from sqlalchemy import insert
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, select

from db import daily, personal
from db.models import User
from db.tables import USER

_COLUMNS: Final = tuple(USER.columns.keys())


def meet(session: Session, user_id: int, first_name: str, now: datetime, language: str = "en") -> User:
    """Return the person's row, made on first sight; locked on PostgreSQL, so that two updates cannot overwrite it.

    `language` is what a newcomer begins with. Who speaks to the coach can be reached again, whatever was noted before.
    """
    user = session.get(User, user_id, with_for_update=True)
    if user is None:
        user = _welcome(session, User(id=user_id, first_name=first_name, language=language, created_at=now))
    elif user.first_name != first_name:
        user.first_name = first_name
    if user.unreachable is not None:
        user.unreachable = None
        daily.arm_all(session, user, now)
    return user


def _welcome(session: Session, user: User) -> User:
    """Store somebody new by a plain statement, and let the ORM go on from there: its own way costs twice as much."""
    values = {name: getattr(user, name) for name in _COLUMNS}
    session.connection().execute(insert(USER), values)
    make_transient_to_detached(user)
    session.add(user)
    for name, value in values.items():
        set_committed_value(user, name, value)
    return user


def find(session: Session, user_id: int) -> User | None:
    """Return the person's row, or None."""
    return session.get(User, user_id)


def stranger(user_id: int, now: datetime, language: str = "en") -> User:
    """Return a row for somebody who is not stored, and is not to be."""
    return User(id=user_id, language=language, created_at=now)


def forget(session: Session, user_id: int) -> None:
    """Erase the person: every row that names them, what waits to be sent and what was set aside included."""
    personal.erase(session, user_id)


def ids(session: Session) -> list[int]:
    """Return everybody's id."""
    return list(session.exec(select(User.id)))

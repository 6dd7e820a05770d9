"""People: meeting, changing and forgetting them. The session comes first; the caller commits."""

from collections.abc import Collection
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import bindparam, insert
from sqlalchemy import select as rows_of
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import instance_dict, manager_of_class
from sqlmodel import Session, col, select

from db.models import User
from db.queries import person_data
from db.tables import USER

_COLUMNS: Final = tuple(USER.columns.keys())
_BY_ID: Final = rows_of(USER).where(USER.c.id == bindparam("person"))
_BY_ID_LOCKED: Final = _BY_ID.with_for_update()
_INSERT: Final = insert(USER)


def get_or_create(
    session: Session, user_id: int, first_name: str, now: datetime, language: str = "en"
) -> tuple[User, bool]:
    """Return the person's row, made on first sight, and whether it was; locked on PostgreSQL against other updates.

    `language` is what a newcomer begins with.
    """
    found = session.connection().execute(_BY_ID_LOCKED, {"person": user_id}).first()
    if found is None:
        exists = {"id": user_id, "first_name": first_name, "language": language, "goals": [], "created_at": now}
        return _attach(session, _insert(session, _blank() | exists)), True
    user = _attach(session, dict(zip(_COLUMNS, found, strict=True)))
    if user.first_name != first_name:
        user.first_name = first_name
    return user, False


def _insert(session: Session, values: dict[str, Any]) -> dict[str, Any]:
    """Store somebody new and return the values: what is empty is left to the database."""
    session.connection().execute(_INSERT, {name: value for name, value in values.items() if value is not None})
    return values


def _attach(session: Session, values: dict[str, Any]) -> User:
    """Return the stored row of these values as the ORM would have loaded it, for half of what its own way costs.

    It is first in its transaction, so nothing of this person can be in the session.
    """
    user: User = manager_of_class(User).new_instance()
    instance_dict(user).update(values)
    make_transient_to_detached(user)
    session.add(user)
    return user


@cache
def _blank() -> dict[str, Any]:
    """Return the values of a row about which nothing is known."""
    nobody = User(id=0, created_at=datetime.min.replace(tzinfo=UTC))
    return {name: getattr(nobody, name) for name in _COLUMNS}


def find(session: Session, user_id: int) -> User | None:
    """Return the person's row, or None."""
    return session.get(User, user_id)


def look_up(session: Session, user_id: int) -> User | None:
    """Return the person's row, or None, for half of what `find` costs: call it first in the transaction."""
    found = session.connection().execute(_BY_ID, {"person": user_id}).first()
    return None if found is None else _attach(session, dict(zip(_COLUMNS, found, strict=True)))


def of(session: Session, people: Collection[int]) -> dict[int, User]:
    """Return the rows of these people by their ids."""
    return {user.id: user for user in session.exec(select(User).where(col(User.id).in_(people)))}


def exists(session: Session, user_id: int) -> bool:
    """Say whether the person is stored, without loading the row."""
    return session.connection().execute(rows_of(USER.c.id).where(USER.c.id == user_id)).first() is not None


def unsaved(user_id: int, now: datetime, language: str = "en") -> User:
    """Return a row for somebody who is not stored, and is not to be."""
    return User(id=user_id, language=language, created_at=now)


def delete(session: Session, user_id: int) -> None:
    """Erase the person: every row that names them, what waits to be sent and what was set aside included."""
    person_data.erase(session, user_id)

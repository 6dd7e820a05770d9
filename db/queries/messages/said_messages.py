"""The newest message of each person: which it is, and what it changed. The session comes first; the caller commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Final

from sqlalchemy import bindparam, delete, insert, select, update
from sqlmodel import Session

from db.changes import Change
from db.tables import SAID

_DIGEST_BYTES: Final = 8
_OF_PERSON: Final = SAID.c.user_id == bindparam("person")
_NEWEST: Final = select(SAID.c.message_id, SAID.c.digest, SAID.c.part_of, SAID.c.changes, SAID.c.at).where(_OF_PERSON)
_KEEP_FIRST: Final = insert(SAID)
_KEEP_NEXT: Final = update(SAID).where(_OF_PERSON)


@dataclass(frozen=True)
class Said:
    """A message of a person: see `db.models.SaidMessage`."""

    message_id: int
    digest: str
    part_of: str | None
    changes: Sequence[Change]
    at: datetime


def digest(text: str) -> str:
    """Return what tells a text from any other, and is not it."""
    return blake2b(text.encode(), digest_size=_DIGEST_BYTES).hexdigest()


def newest(session: Session, user_id: int) -> Said | None:
    """Return the person's newest message; None where none is known any more."""
    found = session.connection().execute(_NEWEST, {"person": user_id}).first()
    return None if found is None else Said(*found)


def keep(session: Session, user_id: int, said: Said, *, known: bool) -> None:
    """Keep the newest message instead of the one before; `known`: there was one."""
    values = {
        "message_id": said.message_id,
        "digest": said.digest,
        "part_of": said.part_of,
        "changes": said.changes,
        "at": said.at,
    }
    if known:
        session.connection().execute(_KEEP_NEXT, values | {"person": user_id})
    else:
        session.connection().execute(_KEEP_FIRST, values | {"user_id": user_id})


def forget_changes(session: Session, user_id: int) -> None:
    """Forget what the newest message changed: what was erased on request is not to be kept there."""
    session.connection().execute(update(SAID).where(SAID.c.user_id == user_id).values(changes=[]))


def purge(session: Session, before: datetime) -> int:
    """Forget messages that came before `before`; return how many. Telegram lets people edit for 48 hours."""
    return session.connection().execute(delete(SAID).where(SAID.c.at < before)).rowcount

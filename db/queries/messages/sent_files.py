"""The ids that Telegram gave to files which are the same for many people."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlmodel import Session

from db.tables import SENT_FILE


def file_id(session: Session, key: str) -> str | None:
    """Return the id of the file of this key."""
    return session.connection().execute(select(SENT_FILE.c.file_id).where(SENT_FILE.c.key == key)).scalar()


def note(session: Session, found: Mapping[str, str], now: datetime) -> None:
    """Write these ids down, in place of older ones."""
    connection = session.connection()
    connection.execute(delete(SENT_FILE).where(SENT_FILE.c.key.in_(found)))
    connection.execute(insert(SENT_FILE), [{"key": key, "file_id": sent, "at": now} for key, sent in found.items()])


def purge(session: Session, before: datetime) -> None:
    """Forget the ids of files that were uploaded before a moment: who asks for one again gets it made anew."""
    session.connection().execute(delete(SENT_FILE).where(SENT_FILE.c.at < before))

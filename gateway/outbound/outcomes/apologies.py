"""Apologies for replies that cannot be sent, once a chat: people would wait in silence."""

import logging
from collections.abc import Callable, Iterable

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from db import outbox
from db.outbox import Outgoing, Waiting
from gateway.outbound.api_call import log_fields

log = logging.getLogger(__name__)

Apologise = Callable[[Session, Waiting], Outgoing | None]
"""Returns the apology for a reply, None where its person cannot be told."""


def owed(row: Waiting) -> bool:
    """Say whether somebody waits for the words of this reply.

    Nobody does for bulk, for buttons that only go away, or in a group; and no apology is apologised for.
    """
    cosmetic = row.method == "editMessageReplyMarkup"
    return not (row.bulk or cosmetic or row.chat_id < 0 or row.once_key == outbox.sorry_key(row.chat_id))


def write(session: Session, rows: Iterable[Waiting], apologise: Apologise) -> list[Outgoing]:
    """Write an apology for each of these rows, but one at a time for a chat; return them."""
    written: list[Outgoing] = []
    for row in rows:
        try:
            apology = apologise(session, row)
        except SQLAlchemyError:
            raise
        except Exception:  # or what was sent could never be recorded
            log.exception("no apology could be written", extra=log_fields(row))
            continue
        if apology is not None:
            apology.once_key = outbox.sorry_key(row.chat_id)
            if not outbox.waits(session, apology.once_key):
                written += outbox.enqueue(session, [apology])
    return written

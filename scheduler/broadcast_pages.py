"""A broadcast under way: written a page at a time while the outbox has room, shown as it goes, stopped on demand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlmodel import Session

from coach.buttons.admin import StopBroadcast
from content.rendering.keyboards import Button, Row, keyboard
from content.rendering.messages import Messages
from db import outbox
from db.models import Broadcast
from db.outbox import Outgoing
from db.payload_names import ONLY_EDIT
from db.queries import users
from db.queries.admin import broadcasts

SHOW_EVERY: Final = timedelta(seconds=10)


@dataclass(frozen=True)
class Step:
    """The result of one step: messages written, whether more wait, whether some were cancelled."""

    written: int = 0
    more: bool = False
    cancelled: bool = False


def advance_broadcast(session: Session, words: Callable[[str | None], Messages], now: datetime, page: int) -> Step:
    """Take the oldest broadcast under way one page further."""
    broadcast = broadcasts.under_way(session)
    if broadcast is None:
        return Step()
    writer = users.find(session, broadcast.user_id)
    messages = words(writer.language if writer is not None else None)
    if broadcast.state == broadcasts.STOPPING:
        unsent = broadcasts.cancel_unsent(session, broadcast)
        broadcast.written -= unsent
        _end(session, broadcast, messages, now, stopped=True)
        return Step(cancelled=True)
    written = broadcasts.write_page(session, broadcast, page, now)
    if written == 0 and broadcasts.waiting(session, broadcast) == 0:
        _end(session, broadcast, messages, now, stopped=False)
    elif broadcast.shown_at is None or not timedelta() <= now - broadcast.shown_at < SHOW_EVERY:
        _progress(session, broadcast, messages, now)
    return Step(written=written, more=written == page)


def _progress(session: Session, broadcast: Broadcast, messages: Messages, now: datetime) -> None:
    broadcast.shown_at = now
    sent = broadcast.written - broadcasts.waiting(session, broadcast)
    text = messages.render("admin/progress", sent=sent, people=broadcasts.reachable(session))
    rows: list[Row] = [[Button("broadcast_stop", StopBroadcast(broadcast.id or 0), style="danger")]]
    _show(session, broadcast, text, keyboard(messages, rows), now, only_edit=True)


def _end(session: Session, broadcast: Broadcast, messages: Messages, now: datetime, *, stopped: bool) -> None:
    broadcast.state = broadcasts.OVER
    lost = max(0, broadcasts.unreachable(session) - broadcast.unreachable_before)
    sent = max(0, broadcast.written - lost)
    text = messages.render("admin/result", sent=sent, lost=lost, stopped=stopped)
    _show(session, broadcast, text, {"inline_keyboard": []}, now)


def _show(
    session: Session, broadcast: Broadcast, text: str, markup: dict[str, Any], now: datetime, *, only_edit: bool = False
) -> None:
    """Show it in the broadcast's message; with `only_edit`, nowhere else where that is gone."""
    payload: dict[str, Any] = {
        "chat_id": broadcast.user_id,
        "message_id": broadcast.message_id,
        "text": text,
        "parse_mode": "HTML",
        "reply_markup": markup,
    }
    if only_edit:
        payload[ONLY_EDIT] = True
    row = Outgoing(
        user_id=broadcast.user_id,
        chat_id=broadcast.user_id,
        method="editMessageText",
        payload=payload,
        created_at=now,
    )
    outbox.enqueue(session, [row])

"""What a message did, recorded so that an edit of it can undo that: the one door of every edit.

A handler need not know of it. It works as for a new message, on a person whose rows are as they were before.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from telegram import Message

from db import changes
from db.changes import Touched
from db.queries import said_messages
from db.queries.said_messages import Said, digest
from handlers.framework.turn import Turn

_BOOKKEEPING: Final = frozenset(
    {
        "awaiting", "awaiting_day", "awaiting_kind", "last_day", "next_due_at", "planned_on", "prompt_message_id",
        "setup_step",
    }
)  # fmt: skip
"""Columns whose change nobody was told of as theirs."""

_PLANNED: Final = ("training_session", changes.WHOLE_ROW)


def carry_out(turn: Turn, message: Message, work: Callable[[Turn], object], *, edited: bool) -> None:
    """Do `work` for a message in the person's own chat; where it was edited, undo first what it did before."""
    newest = said_messages.newest(turn.session, turn.user.id)
    turn.answered_before = newest.answered if newest is not None else None
    undone: Touched = frozenset()
    if edited and newest is not None and newest.message_id == message.message_id:
        undone = changes.undo(turn.session, turn.user, newest.changes)
    with changes.recording(turn.session, turn.user.id) as record:
        work(turn)
        changed = record.changes()
    if turn.erased_user_id is not None:
        return
    if any(_is_news(touched) for touched in undone - changes.values_of(changed)):
        turn.say("edits/undone")
        turn.outgoing.insert(0, turn.outgoing.pop())
    text = message.text or message.caption or ""
    said = Said(message.message_id, digest(text), turn.answered, changed if turn.undoable else [], turn.now)
    said_messages.keep(turn.session, turn.user.id, said, known=newest is not None)


def complete(turn: Turn, work: Callable[[], object]) -> None:
    """Do `work` for a button that says what the newest message left open: an edit of that undoes both."""
    newest = said_messages.newest(turn.session, turn.user.id)
    if newest is None:
        work()
        return
    with changes.recording(turn.session, turn.user.id) as record:
        work()
        changed = [*newest.changes, *record.changes()]
    said_messages.keep(turn.session, turn.user.id, replace(newest, changes=changed), known=True)


def _is_news(touched: tuple[str, str]) -> bool:
    """Say whether somebody should hear that a value is as it was before."""
    return touched != _PLANNED and touched[1] not in _BOOKKEEPING

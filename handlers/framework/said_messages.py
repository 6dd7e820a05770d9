"""Records of what messages did, so that an edit of one can undo it: the one door of every edit.

A handler need not know of it. It works as for a new message, on a person whose rows are as they were before.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from telegram import Message

from db import changes, outbox
from db.changes import Touched
from db.queries.messages import said_messages
from db.queries.messages.said_messages import Said, digest
from handlers.framework.turn import Turn
from services import shown

FORWARDED: Final = "forwarded"
CAPTIONED: Final = "-captioned"
SAME_ROW: Final = timedelta(minutes=1)  # messages that come together


def carry_out(
    turn: Turn, message: Message, work: Callable[[Turn], object], *, edited: bool, is_first: bool = False
) -> None:
    """Do `work` for a message in the person's own chat; where it was edited, undo first what it did before.

    `is_first`: the person was not known before, and so is no message of theirs.
    """
    newest = None if is_first else said_messages.newest(turn.session, turn.user.id)
    turn.part_of_before = newest.part_of if newest is not None and turn.now - newest.at < SAME_ROW else None
    turn.part_of = _part_of(message, turn.part_of_before)
    if message.caption and (key := album_key(turn)) is not None and not is_answered(turn):
        outbox.cancel(turn.session, key)
    undone: Touched = frozenset()
    if edited and newest is not None and newest.message_id == message.message_id:
        undone = changes.undo(turn.session, turn.user, newest.changes)
    with changes.recording(turn.session, turn.user.id) as record:
        turn.asked = shown.take_asked(turn.user, turn.now)
        work(turn)
        changed = record.changes()
    if turn.erased_user_id is not None:
        return
    if changes.is_news(undone - changes.values_of(changed)):
        turn.say("edits/undone")
        turn.outgoing.insert(0, turn.outgoing.pop())
    text = message.text or message.caption or ""
    said = Said(message.message_id, digest(text), turn.part_of, changed if turn.undoable else [], turn.now)
    said_messages.keep(turn.session, turn.user.id, said, known=newest is not None)


def is_answered(turn: Turn) -> bool:
    """Say whether what a message is part of is answered already: an album, or several forwarded messages in a row."""
    return turn.part_of is not None and turn.part_of == turn.part_of_before


def album_key(turn: Turn) -> str | None:
    """Return the `once_key` of the line that answers an album without a caption; None where this is no album."""
    if turn.part_of is None or turn.part_of == FORWARDED:
        return None
    return f"{turn.user.id}:{turn.part_of.removesuffix(CAPTIONED)}"


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


def _part_of(message: Message, before: str | None) -> str | None:
    """Return the album that a message is part of, and whether a caption of it has come; or the forwarded ones."""
    if message.media_group_id is None:
        return FORWARDED if message.forward_origin is not None else None
    album = f"album-{message.media_group_id}"
    return album + CAPTIONED if message.caption or before == album + CAPTIONED else album

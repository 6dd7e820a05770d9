"""Answers to what a request left open: carried out as the request is, with Undo."""

import re
from datetime import date

from coach.buttons.requests import pack_slots, unpack_slots
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.profile import PromptKind
from coach.reminders.local_time import to_local
from coach.requests import Intent, Slots
from content.rendering.keyboards import Row
from content.understanding.requests.request import Request
from content.understanding.requests.slots.heard import Heard, Moment
from content.understanding.requests.slots.readers import read_slots
from db.changes import recording
from handlers.framework.turn import Turn
from handlers.prompts import setup
from handlers.requests import changes
from handlers.requests.outcome import Changed, Work


def ask(turn: Turn, kind: PromptKind, known: Slots, template: str, rows: list[Row], **values: object) -> None:
    """Ask for what a request leaves open; what is known already is kept beside the question."""
    turn.ask(kind, template, rows, **values)
    turn.user.awaiting_kind = pack_slots(known)


def known(turn: Turn) -> Slots:
    """Return what was known when the question was asked."""
    return unpack_slots(turn.user.awaiting_kind or "") or Slots()


def heard(turn: Turn, text: str) -> Heard:
    """Return a text as it is looked at for slots."""
    moment = Moment(to_local(turn.now, turn.user.zone or "UTC"), turn.user.weighs_in)
    language = turn.language
    return Heard(text, moment, language.vocabulary, language.exercise_names, language.goal_words)


def end_named(turn: Turn) -> date | None:
    """Return the day that is named as the one until which something holds: "mornings are no good till the 20th"."""
    said = heard(turn, turn.written)
    until = re.compile(rf"(?<![^\W_]){phrase_pattern(turn.language.goal_words.until)} (?:\w+ )?$")
    ends = [one for one in said.days if until.search(said.said[: one.start])]
    if ends:
        return ends[0].value.resolve(said.today)
    named = find_phrases(said.said, turn.language.goal_words.until)  # "until april"
    return read_slots(Intent.PAUSE, said).until if named else None


def carry_out(turn: Turn, intent: Intent, work: Work, slots: Slots) -> None:
    """Carry out the request that an answer completes, and say what changed, above what it led to."""
    setup.leave(turn)
    began = len(turn.outgoing)
    with recording(turn.session, turn.user.id) as record:
        outcome = work(turn, slots)
        changed = record.changes() if isinstance(outcome, Changed) else []
    if isinstance(outcome, Changed):
        changes.say(turn, [outcome], changed, [Request(intent, slots)], first=began)

"""A date to train for: kept with what it is, the week before it eased, the weeks until then in one picture."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from coach.buttons.account import Dismiss
from coach.buttons.callback_data import parse
from coach.buttons.plan import AskEvent, ShowBlocks, ShowWeek
from coach.buttons.requests import NO_SLOTS, ConfirmRequest, DoRequest, unpack_slots
from coach.parsing.mentions.mention import BEGINS, ENDS, without
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.normalise import fold
from coach.planning.special_weeks.events import MOST_AHEAD
from coach.profile import PromptKind
from coach.requests import Intent, Slots
from coach.user_errors import EventNotUnderstood
from content.rendering.keyboards import Button, Row
from content.understanding.meanings import Between, NoAnswer, Requests, Suggest, Understood
from content.understanding.requests.request import Request
from content.understanding.requests.slots import events as slot_events
from content.understanding.requests.slots.heard import Heard
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button
from handlers.framework.turn import Turn
from handlers.prompts.prompt import Prompt
from handlers.questions import misses
from handlers.requests.goals import answering, goal_buttons
from handlers.requests.outcome import Changed, Outcome, Step, do, has_plan, sure
from handlers.training import blocks
from handlers.training.today import today_of
from services import plans

MOST_CHARACTERS: Final = 40  # of what a date is for
MOST_WORDS: Final = 4  # of the same, in an answer
_WORD: Final = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_SUMMERS: Final = ((6, 1), (7, 1), (12, 1))
"""Beginnings of summer, north and south: months and days to choose from."""


class EventPrompt(Prompt[Slots]):
    """The day to train for, and what it is."""

    kind = PromptKind.EVENT
    in_settings = False

    def read(self, turn: Turn, text: str) -> Slots:
        """Take a day, and what it is: as it is called, as it was named before, or the words beside the day.

        Where an event is changed, the words beside the day go before its name. Raises EventNotUnderstood.
        """
        known, heard = answering.known(turn), answering.heard(turn, text)
        said = slot_events.event(heard)
        if said.day is None and text.strip().casefold() == turn.language.messages.label("event_summer").casefold():
            return replace(known, what=text.strip(), switch="on")
        beside = _beside(heard)
        if said.day is None or beside is None or "?" in text:
            raise EventNotUnderstood
        names = (beside, known.what) if known.switch == "on" else (known.what, beside)
        return Slots(day=said.day, what=said.what or names[0] or names[1])

    def take(self, turn: Turn, value: Slots) -> None:
        """Keep the date, or ask for it."""
        answering.carry_out(turn, Intent.EVENT, event, value)


def event(turn: Turn, slots: Slots) -> Outcome:
    """Keep a date, or show the weeks until the one there is; ask for the day where it was not said.

    The slot `switch` is on where the date there is was to be changed.
    """
    if not has_plan(turn):
        return Step.ASKED
    user, today = turn.user, today_of(turn)
    ahead = blocks.is_ahead(turn)
    if slots.switch == "off":
        return _ask_drop(turn)
    if slots.day is None:
        if ahead and slots.switch != "on":
            blocks.show(turn)
            return Step.SHOWN
        return _ask_day(turn, slots)
    days = (slots.day - today).days
    if not 0 <= days <= MOST_AHEAD:
        return _ask_day(turn, replace(slots, day=None), "past" if days < 0 else "far")
    day_before, what_before = (user.event_day, user.event_what) if ahead else (None, None)
    user.event_day = slots.day
    user.event_what = (slots.what or what_before or "")[:MOST_CHARACTERS] or None
    moved = day_before is not None and day_before != user.event_day
    turn.session.flush()
    plans.renew(turn.session, user, today)
    blocks.send(turn)
    values = {
        "what": user.event_what,
        "day": slots.day,
        "other_year": slots.day.year != today.year,
        "days": days,
        "moved": moved,
        "replaces": moved and user.event_what != what_before,
        "back": user.way_back_since is not None,
    }
    return Changed("requests/event_set", values, Button("change", AskEvent()), [[Button("my_week", ShowWeek(0))]])


def drop_confirmed(turn: Turn, _slots: Slots) -> Outcome:
    """Let the date go; the week is as it would be without."""
    if not has_plan(turn):
        return Step.ASKED
    if not blocks.is_ahead(turn):
        return _none(turn)
    user, what = turn.user, turn.user.event_what
    user.event_day = user.event_what = None
    turn.session.flush()
    plans.renew(turn.session, user, today_of(turn))
    return Changed("requests/event_dropped", {"what": what}, None, [[Button("my_week", ShowWeek(0))]])


def ask_event(turn: Turn, _action: AskEvent) -> None:
    """Ask for a date, of a button; what the one there is for stays unless something else is said."""
    if has_plan(turn):
        _ask_day(turn, Slots(what=turn.user.event_what, switch="on") if blocks.is_ahead(turn) else Slots())


def _ask_day(turn: Turn, known: Slots, trouble: str | None = None) -> Outcome:
    """Ask for the day, or for what it is and the day; `trouble` says that the one that was named is past or too far."""
    summer = turn.language.messages.label("event_summer")
    is_summer = known.what is not None and known.what.casefold() == summer.casefold()
    today = today_of(turn)
    days = _summers(today) if is_summer else [_sunday(today, weeks) for weeks in goal_buttons.WEEKS]
    buttons = [
        do("event_on", Intent.EVENT, replace(known, day=day), day=goal_buttons.day_label(turn, day)) for day in days
    ]
    rows: list[Row] = [buttons[:2], buttons[2:]]
    changes = known.switch == "on"
    if known.what is None or (changes and not is_summer):
        rows.append([do("event_summer", Intent.EVENT, Slots(what=summer, switch="on"))])
    told = {"what": known.what, "changes": changes, "trouble": trouble}
    answering.ask(turn, PromptKind.EVENT, known, "requests/event_when", rows, **told)
    return Step.ASKED


def _ask_drop(turn: Turn) -> Outcome:
    if not blocks.is_ahead(turn):
        return _none(turn)
    rows = [[sure("yes_drop_event", Intent.EVENT, Slots())], [Button("show_blocks", ShowBlocks())]]
    day = turn.user.event_day
    assert day is not None, "it lies ahead"
    other_year = day.year != today_of(turn).year
    turn.reply("requests/event_drop", rows, what=turn.user.event_what, day=day, other_year=other_year)
    turn.let_words_answer(ConfirmRequest(Intent.EVENT, NO_SLOTS), Dismiss())
    return Step.ASKED


def _none(turn: Turn) -> Outcome:
    turn.reply("requests/event_none", [[Button("set_event", AskEvent()), Button("my_week", ShowWeek(0))]])
    turn.let_words_answer(AskEvent(), Dismiss())
    return Step.ASKED


def offer(turn: Turn, slots: Slots, rows: Sequence[Row] = (), *, before: bool = False) -> None:
    """Ask whether a date that was named is to be kept; `before`: the days before it were spoken of."""
    assert slots.day is not None, "a date was named"
    action = DoRequest.of(Intent.EVENT, slots)
    worried = bool(find_phrases(fold(turn.written), turn.language.person_words.worried))
    other_year = slots.day.year != today_of(turn).year
    yes: list[Row] = [[Button("yes_event", action, style="primary")]]
    turn.say(
        "requests/event_offered",
        [*yes, *rows],
        what=slots.what,
        day=slots.day,
        other_year=other_year,
        worried=worried,
        before=before,
    )
    turn.let_words_answer(action, Dismiss())


def ask_again(turn: Turn, understood: Understood) -> bool:
    """Ask again about the date that was offered just now, where a message is about it: "less that week, please"."""
    action = parse(turn.asked.yes) if turn.asked is not None else None
    slots = unpack_slots(action.slots) if isinstance(action, DoRequest) and action.intent is Intent.EVENT else None
    match understood:
        case Requests(all=(Request(intent=Intent.EVENT, slots=asked),)):
            about = asked.day is None
        case Requests() | Between() | Suggest() | NoAnswer():
            about = bool(find_phrases(fold(turn.written), turn.language.reply_words.that_week))
        case _:
            about = False
    if slots is None or slots.day is None or not about:
        return False
    misses.understood(turn)
    offer(turn, slots, [[Button("my_week", ShowWeek(0))]], before=True)
    return True


def _beside(heard: Heard) -> str | None:
    """Return the words beside a lone day, None where there are too many, or where they ask for something else."""
    words, said = heard.words, heard.said
    if len(heard.days) > 1:
        return None
    rest = without(said, [*heard.days, *heard.weeks], " ")
    named = find_phrases(rest, words.requests.events)
    other = words.wishes.own | words.wishes.negate | words.wishes.drop | words.requests.moved_from
    joining = words.dates.of | words.dates.ahead | words.requests.until | words.schedule.joining
    edge = rf"{BEGINS}{phrase_pattern(joining | heard.goals.fillers)}{ENDS}"
    rest = re.sub(rf"^\W*(?:{edge}\W*)+|(?:{edge}\W*)+$", " ", rest)
    found = _WORD.findall(rest)
    if not named and (len(found) > MOST_WORDS or find_phrases(rest, other)):
        return None
    return " ".join(found) if len(found) <= MOST_WORDS else ""


def _summers(today: date) -> list[date]:
    days = (date(today.year + later, month, day) for later in (0, 1) for month, day in _SUMMERS)
    return [day for day in days if timedelta() < day - today <= timedelta(days=MOST_AHEAD)][: len(_SUMMERS)]


def _sunday(today: date, weeks: int) -> date:
    return today + timedelta(days=6 - today.weekday(), weeks=weeks)


def register(application: CoachApplication) -> None:
    """Hook up the button."""
    on_button(application, AskEvent, ask_event)

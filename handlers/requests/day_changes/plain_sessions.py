"""Changes of sessions that are named by their day or kind, or are spoken of: "bump it back a day", "skipped it"."""

import re
from datetime import date, timedelta
from typing import Final

from coach.buttons.requests import unpack_slots
from coach.parsing.clauses import CLAUSE_END
from coach.parsing.mentions.mention import BEGINS, ENDS, without
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.mentions.spoken_days import Direction
from coach.parsing.normalise import fold
from coach.requests import Intent, Slots
from content.understanding.meanings import Requests, Understood, Unrequested
from content.understanding.requests.request import Request
from content.understanding.requests.slots.readers import read_slots
from handlers.framework.turn import Turn
from handlers.requests.context.likely import begins_to_ask
from handlers.requests.goals import answering
from handlers.requests.training.session_meant import is_open, of_kind, session_meant
from handlers.requests.training.unplanned import open_sessions
from handlers.training.today import today_of
from services import last_change, shown

DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)
TWO_DAYS: Final = 2
ONE: Final = 1  # as a numeral, which "the wednesday one" becomes
TAKEN_FOR: Final = frozenset({
    Intent.MOVE, Intent.SKIP, Intent.DAYS, Intent.UNDO, Intent.DONE, Intent.SHOW_DAY, Intent.SHOW_WEEK, Intent.START,
    Intent.SWAP, Intent.PAUSE, Intent.REMIND, Intent.FEEDBACK,
})  # fmt: skip
"""Intents that such a message may be taken for."""


def meant(turn: Turn, understood: Understood) -> tuple[Request, ...]:
    """Return the changes of sessions that a message plainly says, none where it says none."""
    match understood:
        case Requests(all=every, care=None):
            may_be = all(each.intent in TAKEN_FOR for each in every)
        case _:
            may_be = isinstance(understood, Unrequested)
    free = may_be and turn.user.prompt is None and turn.user.plan_start is not None and turn.asked is None
    if not free or find_phrases(fold(turn.written), turn.language.reply_words.for_good):
        return ()
    if len(several := _several(turn)) > 0:
        return several
    one = (
        _slipped(turn)
        or _let_go(turn)
        or _a_day_on(turn)
        or _elsewhere(turn)
        or _of_kind(turn, understood)
        or _from_refused(turn, understood)
    )
    return (one,) if one is not None else ()


def _several(turn: Turn) -> tuple[Request, ...]:
    """Return the moves and skips of clauses that each name one: "the thursday one on friday, saturday just cancel"."""
    found = list[Request]()
    also = rf"{BEGINS}{phrase_pattern(turn.language.day_words.also)}{ENDS}"
    for clause in re.split(rf"{CLAUSE_END.pattern}|{also}", turn.written, flags=re.IGNORECASE):
        heard = answering.heard(turn, clause)
        if not heard.days:
            continue
        if (each := _move_of(turn, clause) or _skip_of(turn, clause)) is None:
            return ()
        found.append(each)
    alone = len(found) == 1 and found[0].intent is Intent.SKIP  # which is understood by its words elsewhere
    return () if alone or len({str(each.slots) for each in found}) < len(found) else tuple(found)


def _move_of(turn: Turn, clause: str) -> Request | None:
    """Return the move of a clause that names both days: "put the thursday one on friday"."""
    heard, ours = answering.heard(turn, clause), turn.language.week_words
    if len(heard.days) != TWO_DAYS:
        return None
    (first, second), said = heard.days, heard.said
    little = rf"(?: {phrase_pattern(ours.beside_verb)}{ENDS})*"
    verb = rf"{BEGINS}{phrase_pattern(ours.puts)}{little} $"
    named = phrase_pattern(ours.one | heard.words.requests.training | turn.language.reply_words.it)
    between = rf"(?:'s)?(?: (?:{named}|{ONE}))?{little} {phrase_pattern(ours.puts_to)}(?: \w+)? $"
    if not re.search(verb, said[: first.start]) or not re.fullmatch(between[:-1], said[first.end : second.start]):
        return None
    moving, to = first.value.resolve(heard.today), second.value.resolve(heard.today)
    return Request(Intent.MOVE, Slots(from_day=moving, to_day=to)) if moving and to and moving != to else None


def _skip_of(turn: Turn, clause: str) -> Request | None:
    """Return the skip of a clause that has no more than its day and what lets it go: "saturday just cancel"."""
    heard, ours, words = answering.heard(turn, clause), turn.language.week_words, turn.language.reply_words
    if len(heard.days) != 1 or not find_phrases(heard.said, ours.drops):
        return None
    rest = without(heard.said, heard.days, " ")
    little = ours.beside_verb | ours.one | ours.beside_drop | words.it | words.politeness | words.agree
    for known in (ours.drops, little):
        rest = without(rest, find_phrases(rest, known), " ")
    day = heard.days[0].value.resolve(heard.today)
    return Request(Intent.SKIP, Slots(day=day)) if not rest.strip(" '?!.,") and day is not None else None


def _slipped(turn: Turn) -> Request | None:
    """Return the skip of the session that was not done, or its move: "skipped it, oops", "didn't happen. tomorrow?"."""
    ours, words, today = turn.language.day_words, turn.language.reply_words, today_of(turn)
    before = phrase_pattern(words.politeness | words.agree | turn.language.correction_words.fillers | words.no)
    if begins_to_ask(turn):  # "i didn't do it yet, is it too late"
        return None
    begins = rf"\W*(?:{before}[\s,.]+)*"
    told = re.match(rf"{begins}{phrase_pattern(ours.let_slip)}{ENDS}", fold(turn.written))
    if told is None and (owned := _missed_on(turn, begins)) is not None:
        return owned
    change = last_change.last(turn.session, turn.user, turn.now)
    if told is None or (change is not None and turn.now - change.at <= shown.KEPT):
        return None
    past = [each.day for each in open_sessions(turn) if each.day < today]
    day = today if is_open(turn, today) else max(past, default=None)
    heard = answering.heard(turn, turn.written)
    named = heard.named_dates - {day}
    if day is None or len(named) > 1 or any(each is None or each < today for each in named):
        return None
    if named:
        return Request(Intent.MOVE, Slots(from_day=day, to_day=named.pop()))
    reason = read_slots(Intent.SKIP, heard).reason
    return None if "?" in turn.written else Request(Intent.SKIP, Slots(day=day, reason=reason))


def _missed_on(turn: Turn, begins: str) -> Request | None:
    """Return the skip of a missed session whose day is named right behind that: "missed monday's, forgot about it"."""
    heard, ours = answering.heard(turn, turn.written), turn.language.day_words
    led = rf"{begins}{phrase_pattern(ours.missed)} (?:\w+ )?"
    first = heard.days[0] if len(heard.days) == 1 and "?" not in turn.written else None
    day = first.value.resolve(heard.today, Direction.PAST) if first is not None else None
    if first is None or day is None or not re.fullmatch(led, heard.said[: first.start]) or not is_open(turn, day):
        return None
    return Request(Intent.SKIP, Slots(day=day, reason=read_slots(Intent.SKIP, heard).reason))


def _let_go(turn: Turn) -> Request | None:
    """Return the skip of the session that is spoken of, which is not to move: "don't move it, just forget that one"."""
    ours, words, heard = turn.language.day_words, turn.language.reply_words, answering.heard(turn, turn.written)
    if heard.days or not find_phrases(heard.said, ours.unchanged):
        return None
    kept = without(heard.said, find_phrases(heard.said, ours.unchanged), ",")
    clauses = [each.strip() for each in re.split(r"[,.;!]", kept) if each.strip()]
    beside = rf"(?:{phrase_pattern(words.politeness | words.agree | words.no - words.drop_it)}[\s,]+)*"
    drops = [each for each in clauses if re.fullmatch(rf"{beside}{phrase_pattern(words.drop_it)}.{{0,12}}", each)]
    change = last_change.last(turn.session, turn.user, turn.now)
    skipped = change is not None and change.intents == [Intent.SKIP] and turn.now - change.at <= shown.KEPT
    before = unpack_slots(change.slots or "") if skipped and change is not None else None
    day = ((before.day if before else None) or heard.today if skipped else session_meant(turn)) if drops else None
    return Request(Intent.SKIP, Slots(day=day)) if day is not None else None


def _a_day_on(turn: Turn) -> Request | None:
    """Return the move of the session that is spoken of to the next day: "bump it back a day"."""
    ours, heard = turn.language, answering.heard(turn, turn.written)
    later = find_phrases(heard.said, ours.day_words.a_day_on)
    puts = find_phrases(heard.said, ours.week_words.puts)
    if not later or not puts or puts[0].start > later[0].start or heard.days or "?" in turn.written:
        return None
    day = session_meant(turn)
    return Request(Intent.MOVE, Slots(from_day=day, to_day=day + DAY)) if day is not None else None


def _elsewhere(turn: Turn) -> Request | None:
    """Return the move for which days were offered, where one of them is refused: "not saturday, I run there"."""
    froms = {slots.from_day for intent, slots in shown.offered(turn.user, turn.now) if intent is Intent.MOVE}
    day = froms.pop() if len(froms) == 1 else None
    heard, words = answering.heard(turn, turn.written), turn.language.reply_words
    before = phrase_pattern(words.politeness | words.agree | turn.language.correction_words.fillers)
    refused = rf"\W*(?:{before}[\s,.]+)*{phrase_pattern(turn.language.vocabulary.wishes.negate)} (?:\w+ )?$"
    if day is None or len(heard.days) != 1 or not re.match(refused, heard.said[: heard.days[0].start]):
        return None
    other = heard.days[0].value.resolve(heard.today) != day
    return Request(Intent.MOVE, Slots(from_day=day)) if other and is_open(turn, day) else None


def _of_kind(turn: Turn, understood: Understood) -> Request | None:
    """Return the move of a session that is called by its kind to the one day that is named: "push the hills to sat"."""
    heard = answering.heard(turn, turn.written)
    days = heard.named_dates
    day: date | None = days.pop() if len(days) == 1 else None
    if day is None or day < heard.today or "?" in turn.written or isinstance(understood, Requests):
        return None
    return of_kind(turn, Request(Intent.MOVE, Slots(to_day=day)))


def _from_refused(turn: Turn, understood: Understood) -> Request | None:
    """Return the move from the day that is refused to the one that is named behind it: "friday's impossible. monday?".

    A weekday with today's name is then that of next week.
    """
    match understood:
        case Requests(all=(Request(intent=Intent.MOVE),)):
            clauses = [answering.heard(turn, each) for each in CLAUSE_END.split(turn.written) if each.strip()]
        case _:
            return None
    today = today_of(turn)
    refusing = [each for each in clauses if find_phrases(each.said, turn.language.week_words.cannot)]
    refused = {one.value.resolve(today) for each in clauses[:-1] for one in each.days}
    wanted = [one for one in clauses[-1].days if clauses[-1] not in refusing]
    moving = refused.pop() if len(refused) == 1 and refusing else None
    to = wanted[0].value.resolve(today) if len(wanted) == 1 else None
    if moving is None or to is None or moving == to or min(moving, to) < today:
        return None
    if not is_open(turn, moving):
        return Request(Intent.SKIP, Slots(day=moving)) if to == today else None  # a day of rest, which is said
    named = wanted[0].value
    next_week = to == today < moving and named.weekday is not None and named.week is None
    return Request(Intent.MOVE, Slots(from_day=moving, to_day=to + WEEK if next_week else to))

"""Moves and skips that a verb and a day say plainly, whatever else a message is like: "bin the wednesday one"."""

import re
from datetime import date
from functools import lru_cache
from typing import Final

from coach.parsing.clauses import CLAUSE_END
from coach.parsing.mentions.mention import BEGINS, ENDS, Mention
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.mentions.spoken_days import Direction, SpokenDay
from coach.parsing.word_lists.week_words import WeekWords
from coach.parsing.words import NO_WORDS
from coach.planning.week import Why
from coach.profile import SessionKind, SessionStatus
from coach.requests import Intent, Slots
from content.understanding.meanings import Between, Requests, SmallTalk, Understood, Unrequested
from content.understanding.requests.request import Request
from content.understanding.requests.slots.heard import Heard
from content.understanding.requests.slots.readers import read_slots
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.requests.goals import answering
from handlers.requests.training.session_meant import WEEK, is_open, of_week_before, session_meant
from handlers.requests.training.skipped_moves import skipped_just_now, skipped_last, skipped_on
from handlers.requests.training.unplanned import open_sessions
from handlers.training.plan import find_planned
from handlers.training.today import kept_session, today_of
from services import last_change, shown

FEW_WORDS: Final = 4  # at most, of a message that lets a session go and says no more

TAKEN_FOR: Final = frozenset({
    Intent.SKIP, Intent.MOVE, Intent.EASIER, Intent.DAYS, Intent.DONE, Intent.START, Intent.SHOW_DAY, Intent.SHOW_WEEK,
    Intent.SHOW_NEXT, Intent.UNDO, Intent.EVENT, Intent.SWAP, Intent.PAUSE, Intent.RESUME, Intent.ZONE, Intent.HARDER,
    Intent.EQUIPMENT, Intent.GOALS, Intent.MINUTES,
})  # fmt: skip
"""Intents that such a message may be taken for."""


def meant(turn: Turn, understood: Understood) -> Request | None:
    """Return the move or the skip that a message plainly says; None where it says none."""
    blocked = turn.user.prompt is not None or turn.user.plan_start is None or screening.is_blocked(turn)
    if blocked or turn.asked is not None or not _may_be(understood):
        return None
    heard = answering.heard(turn, turn.written)
    if find_phrases(heard.said, turn.language.reply_words.for_good):
        return None
    match understood:
        case Requests(all=(Request(intent=Intent.SKIP, slots=slots),)) if (
            past := of_week_before(turn, slots)
        ) != slots:
            return Request(Intent.SKIP, past)
        case Requests(all=only) | Between(requests=only) if _lets_weekday_go(turn, heard, only):
            return Request(Intent.DAYS, read_slots(Intent.DAYS, heard))
    return (
        _part_of_it(turn, heard)
        or _made_up(turn, heard)
        or _after_all(turn, heard)
        or _dropped(turn, heard, understood)
        or _dropped_it(turn, heard, understood)
        or _put(turn, heard, understood)
    )


def _may_be(understood: Understood) -> bool:
    match understood:
        case Requests(all=every, care=None):
            return all(each.intent in TAKEN_FOR and each.slots.effort is None for each in every)
    return isinstance(understood, Unrequested)


class _Grammar:
    """Patterns around the day of a session that is let go or put somewhere."""

    def __init__(self, words: WeekWords, training: frozenset[str]) -> None:
        little = rf"(?: {phrase_pattern(words.beside_verb)}{ENDS})*"  # articles and the like
        named = rf"(?: {phrase_pattern(training)}{ENDS})?"
        to = rf"(?P<to>(?: {phrase_pattern(words.puts_to)}{ENDS})*)"
        self.dropped = re.compile(rf"{BEGINS}{phrase_pattern(words.drops)}{little}{named}{little} $")
        self.parted = re.compile(rf"{BEGINS}{phrase_pattern(words.drops_first)}{little} $")
        self.of_session = re.compile(rf"(?:'?s)?(?: (?:{phrase_pattern(words.one)}|{phrase_pattern(training)}){ENDS})?")
        self.last = re.compile(rf" {phrase_pattern(words.drops_last)}{ENDS}")
        it = rf"(?P<it> {phrase_pattern(words.the_it)}{ENDS})?"
        self.put = re.compile(
            rf"{BEGINS}{phrase_pattern(words.puts)}{it}{little}{to} (?:{phrase_pattern(words.beside_verb)} )?$"
        )
        self.reason = re.compile(rf"\W*{phrase_pattern(words.reasons)}{ENDS}")


@lru_cache(8)
def _grammar(words: WeekWords, training: frozenset[str]) -> _Grammar:
    return _Grammar(words, training)


def _grammar_of(turn: Turn) -> _Grammar:
    return _grammar(turn.language.week_words, turn.language.vocabulary.requests.training)


def _lone(heard: Heard) -> Mention[SpokenDay] | None:
    """Return the mention of the only day that a message names, the last of several."""
    return heard.days[-1] if len({one.value for one in heard.days}) == 1 else None


def _led(turn: Turn, before: str) -> bool:
    """Say whether what stands before a verb, within its clause, keeps it from being a wish."""
    clause = CLAUSE_END.split(before)[-1].strip()
    words, ours, people = turn.language.vocabulary, turn.language.week_words, turn.language.person_words
    asks = not words.answers.asking.isdisjoint(clause.split()[:1])
    others = re.search(rf"{BEGINS}{phrase_pattern(words.wishes.others)}$", clause) is not None
    asks = asks and not find_phrases(clause, ours.may_i | ours.wants_to)
    return asks or others or bool(find_phrases(clause, ours.not_to | people.undecided | people.nearly))


def _dropped(turn: Turn, heard: Heard, understood: Understood) -> Request | None:
    """Return the skip of the only day that is named, which a verb lets go: "drop sunday this week only"."""
    day, grammar = _lone(heard), _grammar_of(turn)
    skips = isinstance(understood, Requests) and any(each.intent is Intent.SKIP for each in understood.all)
    if day is None or skips:  # it is understood already, and what else is asked for
        return None
    before, behind = heard.said[: day.start], heard.said[day.end :]
    end = grammar.of_session.match(behind)
    rest = behind[end.end() :] if end is not None else behind
    if (verb := grammar.dropped.search(before)) is None:
        verb, last = grammar.parted.search(before), grammar.last.match(rest)
        if verb is None or last is None:
            return None
        rest = rest[last.end() :]
    on = day.value.resolve(heard.today)
    if on is None or _led(turn, before[: verb.start()]) or not _is_all(turn, rest) or _is_every(heard, day):
        return None
    slots = of_week_before(turn, Slots(day=on, reason=read_slots(Intent.SKIP, heard).reason))
    return Request(Intent.SKIP, slots) if slots.day is not None and slots.day >= heard.today - WEEK else None


def _lets_weekday_go(turn: Turn, heard: Heard, only: tuple[Request, ...]) -> bool:
    """Say whether a weekday of every week is no day for training: "I can't do saturdays"."""
    day, ours = _lone(heard), turn.language.week_words
    every = [each.intent for each in only] == [Intent.SKIP] and day is not None and _is_every(heard, day)
    return every and bool(find_phrases(heard.said, ours.not_to | ours.cannot))


def _dropped_it(turn: Turn, heard: Heard, understood: Understood) -> Request | None:
    """Return the skip of the session that is spoken of, or of today's, where no day is named: "I'd rather skip it".

    Nothing else was changed, offered or answered that "it" could be.
    """
    few = len(turn.written.split()) <= FEW_WORDS and not isinstance(understood, SmallTalk)
    words = turn.language.week_words.skips_it | (turn.language.reply_words.drop_it if few else NO_WORDS)
    unsure = not isinstance(understood, Requests) or (few and understood.all[0].intent is Intent.START)
    if heard.days or not unsure or "?" in turn.written or not find_phrases(heard.said, words):
        return None
    change = last_change.last(turn.session, turn.user, turn.now)
    others = change is not None and turn.now - change.at <= shown.KEPT and change.intents != [Intent.MOVE]
    if others or shown.offered(turn.user, turn.now) or turn.shown_entry is not None or turn.user.paused(turn.now):
        return None
    day = session_meant(turn)
    near = day in {heard.today, turn.shown_day} or change is not None
    return Request(Intent.SKIP, Slots(day=day, reason=read_slots(Intent.SKIP, heard).reason)) if near and day else None


def _is_every(heard: Heard, day: Mention[SpokenDay]) -> bool:
    """Say whether a weekday is that of every week: "drop wednesdays" names no session."""
    words, text = heard.words.days, heard.said[day.start : day.end].split()[-1]
    plural = text in {f"{name}{words.plural}" for name in words.names}
    return plural and not heard.said[day.end :].startswith("'") and heard.said[day.end :].strip(" .!?,") == ""


def _is_all(turn: Turn, behind: str) -> bool:
    """Say whether nothing else is named behind a day within its clause, but why: "skip friday night drinks"."""
    clause = CLAUSE_END.split(behind)[0]
    words, ours = turn.language.reply_words, turn.language.week_words
    beside = words.politeness | words.agree | words.for_now | ours.beside_drop | ours.one
    rest = re.sub(rf"{BEGINS}{phrase_pattern(beside)}{ENDS}", " ", clause)
    return not rest.strip(" '?!.,") or _grammar_of(turn).reason.match(rest) is not None


def _put(turn: Turn, heard: Heard, understood: Understood) -> Request | None:
    """Return the move of what is spoken of to the only day that is named: "chuck it on today", "move to tomorrow"."""
    day = _lone(heard)
    verb = _grammar_of(turn).put.search(heard.said[: day.start]) if day is not None else None
    to = day.value.resolve(heard.today) if day is not None else None
    if verb is None or to is None or to < heard.today or not (verb["to"] or (verb["it"] and to == heard.today)):
        return None
    if _led(turn, heard.said[: verb.start()]) or _leads_to_more(turn, understood):
        return None
    skipped = skipped_just_now(turn)
    moving = skipped.day if skipped is not None else session_meant(turn)
    if moving == to and skipped is None and isinstance(understood, Requests):
        return (
            None
            if understood.all[0].intent is not Intent.PAUSE
            else Request(Intent.MOVE, Slots(from_day=to, to_day=to))
        )
    return Request(Intent.MOVE, Slots(from_day=moving, to_day=to)) if moving is not None and moving != to else None


def _leads_to_more(turn: Turn, understood: Understood) -> bool:
    """Say whether more was understood than a session that goes to a day: its own day, or an hour."""
    match understood:
        case Requests(all=(Request(intent=Intent.MOVE, slots=slots),)):
            return slots.from_day is not None or skipped_last(turn) is None
        case Requests(all=every):
            return any(each.intent in {Intent.DAYS, Intent.EVENT} for each in every)
    return False


def _made_up(turn: Turn, heard: Heard) -> Request | None:
    """Return the move of a missed session to today, or to the day that is named: "can I make up yesterday's now"."""
    ours = turn.language.week_words
    makes = find_phrases(heard.said, ours.made_up)
    wants = find_phrases(heard.said, ours.wants_to)
    tells = find_phrases(heard.said, ours.missing | turn.language.goal_words.undone)
    asks = bool(tells) and "?" in turn.written and not find_phrases(heard.said, ours.skips - ours.missing)
    if not (makes or wants or asks):
        return None
    days = [(one, past) for one in heard.days if (past := _missed_on(turn, one, heard)) is not None]
    if days and not makes and not asks and not _owned(turn, heard, days[0][0]):
        return None
    missed = find_phrases(heard.said, ours.missed_one)
    past = days[0][1] if days else _last_missed(turn) if makes or missed else None
    others = heard.named_dates - {past, None}
    ahead = [day for day in others if day is not None and day >= heard.today and day != (past or day) + WEEK]
    cue = (makes or wants or tells)[0]
    clause = heard.said[: days[0][0].start if days else len(heard.said)][cue.start :]
    unwished = find_phrases(clause, ours.not_to) or _grammar_of(turn).dropped.search(clause)
    if past is None or len(ahead) > 1 or unwished or _led(turn, heard.said[: cue.start]):
        return None
    if asks and not makes and not wants and not ahead:
        return None
    return Request(Intent.MOVE, Slots(from_day=past, to_day=ahead[0] if ahead else heard.today))


def _part_of_it(turn: Turn, heard: Heard) -> Request | None:
    """Return the session of which so many minutes are meant, even if it was skipped: "can I do only 15 of it?"."""
    ours, goals = turn.language.week_words, turn.language.goal_words
    wants = find_phrases(heard.said, ours.wants_to | ours.may_i) and find_phrases(heard.said, goals.part_of)
    told = find_phrases(heard.said, goals.told)
    minutes = read_slots(Intent.MINUTES, heard).minutes if wants and not told and len(heard.durations) == 1 else None
    if minutes is None:
        return None
    skipped = skipped_last(turn)
    day = skipped.day if skipped is not None and skipped.day == heard.today else session_meant(turn)
    return Request(Intent.MINUTES, Slots(day=day, minutes=minutes)) if day is not None else None


def _owned(turn: Turn, heard: Heard, day: Mention[SpokenDay]) -> bool:
    """Say whether a session is named by a day, and not what was done on it: "yesterday's", "the one from monday"."""
    text, words = heard.said[day.start : day.end], heard.words
    plurals = {f"{name}{words.days.plural}" for name in {*words.days.names, *words.dates.yesterday}}
    named = text in plurals or text.endswith("'s") or heard.said[day.end :].startswith("'s")
    training = turn.language.vocabulary.requests.training | turn.language.week_words.one
    led = rf"{BEGINS}{phrase_pattern(training)} (?:from|of|on) $"
    return named or re.search(led, heard.said[: day.start]) is not None


def _missed_on(turn: Turn, one: Mention[SpokenDay], heard: Heard) -> date | None:
    day = one.value.resolve(heard.today, Direction.PAST)
    missed = day is not None and day < heard.today and (is_open(turn, day) or skipped_on(turn, day) is not None)
    return day if missed else None


def _last_missed(turn: Turn) -> date | None:
    """Return the day of the last session before today that was missed or skipped."""
    today = today_of(turn)
    skipped = skipped_last(turn)
    days = [each.day for each in open_sessions(turn)] + ([skipped.day] if skipped is not None else [])
    return max((day for day in days if day < today), default=None)


def _after_all(turn: Turn, heard: Heard) -> Request | None:
    """Return the move back of a session that was moved away from today on a day before: "I can do it after all".

    Where none was, today is a day of rest and that is meant, the next session is offered for today.
    """
    words, today = turn.language.reply_words, today_of(turn)
    clauses = [each for each in CLAUSE_END.split(heard.said) if find_phrases(each, words.after_all)]
    if not clauses or "?" in turn.written or heard.named_dates - {today}:
        return None
    denied = any(find_phrases(each, turn.language.vocabulary.wishes.negate) for each in clauses)
    row = kept_session(turn, today)
    if denied or row is None or row.asks is not SessionKind.RECOVERY or row.status != SessionStatus.PLANNED:
        return None
    week, freed = find_planned(turn, today, today)
    put = [each.day for each in week.days if each.day > today and each.why is Why.CHOSEN and is_open(turn, each.day)]
    if len(put) == 1 and freed.why is Why.CHOSEN:
        return Request(Intent.MOVE, Slots(from_day=put[0], to_day=today))
    return Request(Intent.START) if heard.days else None

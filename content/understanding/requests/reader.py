"""Requests of a message: which intents are sure enough to carry out, which are offered, and which slots each has."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from coach.requests import SHOWING, Intent, Slots
from content.library import Language, SearchResult
from content.understanding.requests.plausible import LASTING, is_named, is_plausible, is_possible
from content.understanding.requests.ranked import SURE_FROM, RankedIntents, RankedPart
from content.understanding.requests.several import (
    ASKED_FROM,
    BESIDE_DONE,
    CERTAIN,
    SLOTLESS,
    TOLD_FROM,
    asks_in_words,
    before_question,
    end_of_told,
    several_parts,
    tells_figures,
)
from content.understanding.requests.slots import noted_sets
from content.understanding.requests.slots.context import LIKELIER, likelier_after, with_shown, within
from content.understanding.requests.slots.heard import Heard, Moment
from content.understanding.requests.slots.readers import read_slots
from content.understanding.requests.slots.weekdays import tells_training_days

FIGURES: Final = frozenset({Intent.WEIGHT, Intent.GIRTH, Intent.RAISES, Intent.SETS})
"""Intents that tell a figure: what is told around it says little against them."""

MOSTLY_MENTIONED: Final = frozenset({
    Intent.DAYS, Intent.GOALS, Intent.EQUIPMENT, Intent.ZONE, Intent.EVENT, Intent.TARGET, Intent.EASIER,
})  # fmt: skip
"""Intents of what lasts, which people mostly only mention in passing: more is needed for them."""

TOLD_ALONE: Final = frozenset({Intent.DONE, Intent.SKIP})
"""Intents that say enough without a slot where they are surely meant."""

SEVERAL_DAYS: Final = 3  # weekdays that are no single move
CHANGE_FROM: Final = 0.55
LASTING_FROM: Final = 0.75  # of what is mostly mentioned, where nothing was shown
CHANGE_FROM_LONG: Final = 0.7  # of a window of a long message, of which another may say otherwise
SHOW_FROM: Final = 0.45
OFFER_EACH_FROM: Final = 0.2
OFFER_FROM: Final = 0.6  # of all that are offered together
ANSWERED_MORE: Final = 0.15  # more is needed where an entry surely answers the message
SURELY_ANSWERED: Final = 0.8  # by the score of the entry itself
ASKED_WHOLE: Final = 0.9  # of a long message that is a question, whose story may sound like a request
ASKED_LONG: Final = 0.25  # more is needed then
ASKED_AT_ALL: Final = 0.02  # of a message that may be a question
ASKED_MORE: Final = 0.4  # and where it goes on to a question that entries may answer
CHANGED_WHOLE: Final = 0.4  # of what changes something, at least, of the whole message, where nothing was shown
SUGGESTED_WHOLE: Final = 0.3  # where entries are suggested, at least, of the whole message


@dataclass(frozen=True)
class Request:
    """One request."""

    intent: Intent
    slots: Slots = field(default_factory=Slots)

    @property
    def changes(self) -> bool:
        """True where something of the person's is changed."""
        return self.intent not in SHOWING

    @property
    def says_enough(self) -> bool:
        """True where it can be carried out beside another: what it changes is said, or goes without saying."""
        slots = self.slots
        if self.intent is Intent.EVENT:
            return slots.day is not None and slots.what is not None
        if self.intent is Intent.PAUSE:
            return slots.until is not None
        return not self.changes or self.intent in SLOTLESS or bool(slots.said())


@dataclass(frozen=True)
class Reading:
    """The outcome of reading: requests to carry out in order, or those between which it is unsure.

    `beside`: what is told before a question that an entry answers.
    """

    requests: tuple[Request, ...] = ()
    between: tuple[Request, ...] = ()
    beside: tuple[Request, ...] = ()


def read_requests(text: str, found: SearchResult, language: Language, moment: Moment) -> Reading:
    """Return what a message asks for; nothing where it is no request, or too unsure."""
    ranked = found.intents
    if ranked is None:
        return Reading()
    more = _needed_more(text, found, ranked)

    def hear(start: int = 0, end: int | None = None) -> Heard:
        names, goals, people = language.exercise_names, language.goal_words, language.person_words
        return Heard(text[start:end], moment, language.vocabulary, names, goals, people)

    def request(intent: Intent, start: int = 0, end: int | None = None) -> Request:
        heard = hear(start, end)
        # "make it tues thurs fri" sounds like a move
        named = {one.value.weekday for one in heard.days} - {None}
        if intent is Intent.MOVE and len(named) >= SEVERAL_DAYS:
            days = read_slots(Intent.DAYS, heard)
            if len(days.days or ()) >= SEVERAL_DAYS:
                return Request(Intent.DAYS, days)
        return Request(intent, read_slots(intent, heard))

    def alone(intent: Intent) -> Request:
        intent, slots = request(intent).intent, request(intent).slots
        told = intent is Intent.DAYS and tells_training_days(whole)
        if (window := _best(ranked.windows)) is not None and not told:
            slots = within(intent, request(intent, window.start, window.end).slots, slots)
        return Request(intent, with_shown(intent, slots, moment))

    whole = hear()

    def behind_done(sure: Request) -> tuple[Request, ...]:
        end = 0 if sure.intent is Intent.DONE else end_of_told(ranked, sure.intent)
        told = request(Intent.DONE, 0, end) if end else sure
        return (told, sure) if end and told.slots.said() and is_plausible(Intent.DONE, whole) else (sure,)

    def unsure(likely: list[tuple[Intent, float]], more: float) -> Reading:
        """Return what is told before a question, or with its figures; else what is offered."""
        intent, end = before_question(text, found, ranked, whole)
        if intent is not None and (told := request(intent, 0, end)).says_enough and is_plausible(intent, hear(0, end)):
            dated = intent is not Intent.SKIP or told.slots.day is not None
            return Reading(beside=(told,)) if dated else Reading()
        if _told_figures(text, ranked, whole) and (done := request(Intent.DONE)).says_enough:
            return Reading((done,))
        offered = [intent for intent, each in likely[:3] if each >= OFFER_EACH_FROM]
        enough = len(offered) > 1 and sum(each for _, each in likely[:3]) >= OFFER_FROM and not more
        return Reading(between=tuple(alone(intent) for intent in offered) if enough else ())

    if (plain := _plain(ranked, whole)) is not None:
        spans = noted_sets.divided(whole) if plain is Intent.SETS else []
        return Reading(tuple(request(plain, *span) for span in spans) if spans else behind_done(alone(plain)))
    parts = several_parts(text, ranked, whole)
    kinds = {intent for intent, *_ in parts}
    certain = TOLD_FROM if kinds & BESIDE_DONE or kinds - TOLD_ALONE <= SHOWING else CERTAIN
    several = tuple(
        each
        for each, likely, part in ((request(intent, *span), likely, hear(*span)) for intent, *span, likely in parts)
        if (each.says_enough or (each.intent in TOLD_ALONE and likely >= certain))
        and (is_plausible(each.intent, whole) and is_named(each.intent, part))
    )
    surely = all(likely >= CERTAIN for *_, likely in parts) and not found.in_context
    if len(several) > 1 and (more < ASKED_MORE or surely):
        # What is told beside an undo says why it is taken back.
        return Reading(tuple(each for each in several if each.intent is Intent.UNDO) or several)
    likely = _borne_out(_likely(ranked, whole), found, ranked, moment)
    if likely and likely[0][0] is Intent.DONE and "?" not in text and alone(Intent.DONE).slots.effort is not None:
        more = 0  # "6.2k tempo, 31 min, RPE 7" is no question, whatever may answer it
    if found.outcome != "answer" and likely and likely[0][0] in LASTING and _is_certain(likely[0][0], ranked):
        more = 0  # it is only asked whether it is wanted
    if likely and likely[0][1] >= _needed(likely[0][0], ranked, moment, more):
        sure = alone(likely[0][0])
        # "which raise is king?" is a question to whom no exercise is shown, where an entry answers it.
        if not (sure.intent is Intent.EXERCISE and sure.slots.exercise is None and found.outcome == "answer"):
            end = _question_behind(text, found, ranked, whole) if sure.intent is Intent.DONE else 0
            return Reading(beside=(request(Intent.DONE, 0, end),)) if end else Reading(behind_done(sure))
    return unsure(likely, more)


def _question_behind(text: str, found: SearchResult, ranked: RankedIntents, heard: Heard) -> int:
    """Return where a question begins behind what was done, that an entry answers; 0 where there is none."""
    intent, end = before_question(text, found, ranked, heard)
    asks = "?" in text[end:] or asks_in_words(text[end:], heard)
    return end if intent is Intent.DONE and asks else 0


def _borne_out(
    likely: list[tuple[Intent, float]], found: SearchResult, ranked: RankedIntents, moment: Moment
) -> list[tuple[Intent, float]]:
    """Return those of the intents that the whole message says, too; of a long one only its beginning was read."""
    if ranked.windows:
        return likely
    said = dict(ranked.whole.intents)
    least = SUGGESTED_WHOLE if found.outcome == "suggest" else 0
    changed = least if moment.after is not None else max(least, CHANGED_WHOLE)
    return [pair for pair in likely if said.get(pair[0], 0) >= (least if pair[0] in SHOWING | FIGURES else changed)]


def _told_figures(text: str, ranked: RankedIntents, heard: Heard) -> bool:
    """Say whether a message surely tells what was done, with figures, and asks nothing: "40 min easy. 3. No pain"."""
    first = ranked.parts[0].best if ranked.parts else None
    if first is None or first[0] is not Intent.DONE or first[1] < TOLD_FROM or "?" in text:
        return False
    parts = (ranked.whole, *ranked.parts)
    if any(part.question >= ASKED_FROM or asks_in_words(text[part.start : part.end], heard) for part in parts):
        return False
    return tells_figures(heard) and is_plausible(Intent.DONE, heard)


def _is_certain(intent: Intent, ranked: RankedIntents) -> bool:
    """Say whether a part of a message surely has an intent: "I don't want big calves any more"."""
    return any(part.best is not None and part.best[0] is intent and part.best[1] >= CERTAIN for part in ranked.parts)


def _plain(ranked: RankedIntents, heard: Heard) -> Intent | None:
    """Return the intent that a message has beyond doubt: it is an example word for word, or nothing but sets."""
    if ranked.exact is not None and is_possible(ranked.exact, heard):
        return _of_what_was_shown(ranked.exact, heard)
    told = noted_sets.is_nothing_else(heard) or bool(noted_sets.divided(heard))
    if told and is_possible(Intent.SETS, heard):
        return Intent.SETS
    best = ranked.whole.best
    intervals = read_slots(Intent.TIMER, heard) if best and best[0] is Intent.TIMER else Slots()
    return Intent.TIMER if intervals.rounds and intervals.work_s and intervals.rest_s else None


def _of_what_was_shown(intent: Intent, heard: Heard) -> Intent:
    """Return the intent that a plain "why?" has: behind an answer it asks for more of it, else for the day's reason."""
    after = heard.moment.after
    asks_answer = intent is Intent.SHOW_WHY and after is not None and after.entry is not None and not heard.days
    return Intent.MORE if asks_answer else intent


def _likely(ranked: RankedIntents, heard: Heard) -> list[tuple[Intent, float]]:
    """Return the intents and how likely each is, in the light of what was shown; none where none would be offered."""
    after = heard.moment.after
    if ranked.likeliest * (LIKELIER if after is not None else 1) < OFFER_EACH_FROM:
        return []
    return likelier_after(_likely_alone(ranked, heard), after)


def _likely_alone(ranked: RankedIntents, heard: Heard) -> list[tuple[Intent, float]]:
    """Return the intents and how likely each is: as the whole message says, and the part that says it most clearly."""
    whole = {intent: each for intent, each in ranked.whole.intents if _makes_sense(intent, heard)}
    if ranked.windows:
        return _likeliest(ranked.windows, heard)
    if max(whole.values(), default=0) >= SURE_FROM:
        return list(whole.items())
    parts: dict[Intent, float] = {}
    for part in ranked.parts:
        for intent, likely in part.intents:
            parts[intent] = max(likely, parts.get(intent, 0))
    both = {
        intent: (whole.get(intent, 0) + parts.get(intent, 0)) / 2 if parts else whole[intent]
        for intent in {*whole, *parts}
        if intent in whole or _makes_sense(intent, heard)
    }
    return sorted(both.items(), key=lambda pair: (-pair[1], pair[0]))


def _makes_sense(intent: Intent, heard: Heard) -> bool:
    return is_possible(intent, heard) and is_plausible(intent, heard)


def _likeliest(windows: tuple[RankedPart, ...], heard: Heard) -> list[tuple[Intent, float]]:
    """Return the intents of the window of a long message that asks most clearly: what is told around it is no doubt."""
    best = _best(windows)
    found = best.intents if best else ()
    return [pair for pair in found if _makes_sense(pair[0], heard)]


def _best(windows: tuple[RankedPart, ...]) -> RankedPart | None:
    """Return the last window that surely asks, for people come to the point in the end; else the surest."""
    sure = [window for window in windows if window.best and window.best[1] >= CHANGE_FROM_LONG]
    if sure:
        return max(sure, key=lambda window: (window.end, window.best[1] if window.best else 0))
    return max(windows, key=lambda window: window.best[1] if window.best else 0, default=None)


def _needed(intent: Intent, ranked: RankedIntents, moment: Moment, more: float) -> float:
    """Return how sure an intent must be to be carried out: the longer it lasts, the surer."""
    if intent in SHOWING:
        return SHOW_FROM + more
    if ranked.windows:
        return CHANGE_FROM_LONG + more
    return max(CHANGE_FROM + more, LASTING_FROM if intent in MOSTLY_MENTIONED and moment.after is None else 0)


def _needed_more(text: str, found: SearchResult, ranked: RankedIntents) -> float:
    """Return how much surer a request must be because entries answer the message, or a part of it asks."""
    least = ASKED_LONG if ranked.windows and ranked.whole.question >= ASKED_WHOLE else 0
    if found.outcome not in {"answer", "suggest"}:
        return least
    if found.in_context and found.outcome == "answer":  # "when do I take it?" behind an answer is about that
        asks = "?" in text or ranked.whole.question >= ASKED_AT_ALL
        return ASKED_MORE if asks else ANSWERED_MORE
    if any(part.question >= ASKED_FROM for part in ranked.parts):
        return ASKED_MORE
    if found.outcome == "answer" and found.candidates[0].score >= SURELY_ANSWERED:
        return ASKED_MORE
    return max(least, ANSWERED_MORE if found.outcome == "answer" else 0)

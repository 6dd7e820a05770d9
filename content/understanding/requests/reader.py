"""Requests of a message: which intents are sure enough to carry out, which are offered, and which slots each has."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from coach.requests import Intent, Slots
from content.library import Language, SearchResult
from content.understanding.requests.plausible import is_named, is_plausible, is_possible
from content.understanding.requests.ranked import SURE_FROM, RankedIntents, RankedPart
from content.understanding.requests.slots import noted_sets
from content.understanding.requests.slots.context import LIKELIER, likelier_after, with_shown, within
from content.understanding.requests.slots.heard import Heard, Moment
from content.understanding.requests.slots.readers import read_slots
from content.understanding.requests.slots.weekdays import tells_training_days

SHOWING: Final = frozenset({
    Intent.SHOW_DAY, Intent.SHOW_NEXT, Intent.SHOW_WEEK, Intent.SHOW_WHY, Intent.START, Intent.PROTEIN, Intent.PROGRESS,
    Intent.EXERCISE, Intent.SETTINGS, Intent.HELP, Intent.SUBJECTS, Intent.SOURCES, Intent.MORE, Intent.FEEDBACK,
    Intent.MY_DATA,
})  # fmt: skip
"""Intents that change nothing."""

SLOTLESS: Final = frozenset({Intent.UNDO, Intent.EASIER, Intent.HARDER, Intent.RESUME})
"""Intents that say enough without a slot."""

LASTING: Final = frozenset({
    Intent.DAYS, Intent.GOALS, Intent.EQUIPMENT, Intent.ZONE, Intent.EVENT, Intent.TARGET, Intent.EASIER,
})  # fmt: skip
"""Intents whose change lasts."""

FIGURES: Final = frozenset({Intent.WEIGHT, Intent.GIRTH, Intent.RAISES, Intent.SETS})
"""Intents that tell a figure: what is told around it says little against them."""

TOLD_ALONE: Final = frozenset({Intent.DONE, Intent.SKIP})
"""Intents that say enough without a slot where they are surely meant."""

CHANGE_FROM: Final = 0.55
LASTING_FROM: Final = 0.75  # of what lasts, where nothing was shown: below it most only speak of it in passing
CHANGE_FROM_LONG: Final = 0.7  # of a window of a long message, of which another may say otherwise
SHOW_FROM: Final = 0.45
CERTAIN: Final = 0.97  # of a part that says nothing but its intent: "did it"
PART_WORDS: Final = 3  # at least, of a part that is carried out beside another
PART_FROM: Final = 0.85  # of a part of a message that is carried out beside another
BORNE_OUT_FROM: Final = 0.05  # of the whole message, for the intent of a part of it
TOLD_FROM: Final = 0.95  # of a part that tells what is so, of which the whole may say little
OFFER_EACH_FROM: Final = 0.2
OFFER_FROM: Final = 0.6  # of all that are offered together
ANSWERED_MORE: Final = 0.15  # more is needed where an entry surely answers the message
SURELY_ANSWERED: Final = 0.8  # by the score of the entry itself
ASKED_FROM: Final = 0.7  # of a part that goes on to a question
ASKED_WHOLE: Final = 0.9  # of a long message that is a question, whose story may sound like a request
ASKED_LONG: Final = 0.25  # more is needed then
ASKED_MORE: Final = 0.4  # and where it goes on to a question that entries may answer
CHANGED_WHOLE: Final = 0.4  # of what changes something, at least, of the whole message, where nothing was shown
SUGGESTED_WHOLE: Final = 0.3  # where entries are suggested, at least, of the whole message

BESIDE_DONE: Final = frozenset({Intent.SETS, Intent.PAIN, Intent.EASIER, Intent.HARDER})
"""Intents that are surely told behind what was done, alike as they are: "done. raises were 15 15 12 at 20 kg"."""

ALIKE: Final = (
    {
        Intent.DONE, Intent.MINUTES, Intent.SETS, Intent.RESUME, Intent.RAISES, Intent.TIMER, Intent.START,
        Intent.PAIN, Intent.EASIER, Intent.HARDER,
    },
    {Intent.GIRTH, Intent.RAISES, Intent.SETS, Intent.WEIGHT, Intent.UNITS},
    {Intent.SKIP, Intent.PAUSE, Intent.DAYS, Intent.SHOW_DAY, Intent.MOVE, Intent.ZONE, Intent.SHOW_WEEK},
    {Intent.ZONE, Intent.PAUSE, Intent.RESUME, Intent.EVENT},
    {Intent.TARGET, Intent.PAUSE},
    {Intent.EASIER, Intent.PAIN, Intent.SKIP},
    {Intent.MY_DATA, Intent.FEEDBACK, Intent.SUBJECTS, Intent.HELP, Intent.SETTINGS},
)  # fmt: skip
"""Intents of which one is easily taken for another where only a part of a message is read: they are not carried out
beside each other, but for a session that is moved after another was done."""


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
    more = _needed_more(found, ranked)

    def hear(start: int = 0, end: int | None = None) -> Heard:
        names, goals, people = language.exercise_names, language.goal_words, language.person_words
        return Heard(text[start:end], moment, language.vocabulary, names, goals, people)

    def request(intent: Intent, start: int = 0, end: int | None = None) -> Request:
        return Request(intent, read_slots(intent, hear(start, end)))

    def alone(intent: Intent) -> Request:
        slots = request(intent).slots
        told = intent is Intent.DAYS and tells_training_days(whole)
        if (window := _best(ranked.windows)) is not None and not told:
            slots = within(intent, request(intent, window.start, window.end).slots, slots)
        return Request(intent, with_shown(intent, slots, moment))

    whole = hear()
    if (plain := _plain(ranked, whole)) is not None:
        spans = noted_sets.divided(whole) if plain is Intent.SETS else []
        return Reading(tuple(request(plain, *span) for span in spans) if spans else (alone(plain),))
    parts = _several(text, ranked, whole)
    certain = TOLD_FROM if any(intent in BESIDE_DONE for intent, *_ in parts) else CERTAIN
    several = tuple(
        each
        for each, likely, part in ((request(intent, *span), likely, hear(*span)) for intent, *span, likely in parts)
        if (each.says_enough or (each.intent in TOLD_ALONE and likely >= certain))
        and (is_plausible(each.intent, whole) and is_named(each.intent, part))
    )
    if len(several) > 1 and more < ASKED_MORE:
        undo = tuple(each for each in several if each.intent is Intent.UNDO)
        return Reading(undo or several)  # what is told besides says why it is taken back
    likely = _likely(ranked, whole)
    if not ranked.windows:  # of a long message only the beginning was read as a whole
        said = dict(ranked.whole.intents)
        least = SUGGESTED_WHOLE if found.outcome == "suggest" else 0
        changed = least if moment.after is not None else max(least, CHANGED_WHOLE)
        likely = [
            pair for pair in likely if said.get(pair[0], 0) >= (least if pair[0] in SHOWING | FIGURES else changed)
        ]
    if likely and likely[0][1] >= _needed(likely[0][0], ranked, moment, more):
        sure = alone(likely[0][0])
        # "which raise is king?" is a question to whom no exercise is shown, where an entry answers it.
        if not (sure.intent is Intent.EXERCISE and sure.slots.exercise is None and found.outcome == "answer"):
            return Reading((sure,))
    if (end := _end_of_done(text, found, ranked)) and (told := request(Intent.DONE, 0, end)).says_enough:
        return Reading(beside=(told,))
    offered = [intent for intent, each in likely[:3] if each >= OFFER_EACH_FROM]
    enough = len(offered) > 1 and sum(each for _, each in likely[:3]) >= OFFER_FROM and not more
    return Reading(between=tuple(alone(intent) for intent in offered) if enough else ())


def _end_of_done(text: str, found: SearchResult, ranked: RankedIntents) -> int:
    """Return where "done, a 6. and how come it feels harder?" goes on to a question that an entry answers; else 0."""
    done = False
    for part in ranked.parts if found.outcome == "answer" else ():
        if done and part.question >= ASKED_FROM and "?" in text[part.start :]:
            return part.start
        done = done or (part.best is not None and part.best[0] is Intent.DONE and part.best[1] >= TOLD_FROM)
    return 0


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
    return max(CHANGE_FROM + more, LASTING_FROM if intent in LASTING and moment.after is None else 0)


def _needed_more(found: SearchResult, ranked: RankedIntents) -> float:
    """Return how much surer a request must be because entries answer the message, or a part of it asks."""
    least = ASKED_LONG if ranked.windows and ranked.whole.question >= ASKED_WHOLE else 0
    if found.outcome not in {"answer", "suggest"}:
        return least
    if found.in_context and found.outcome == "answer":  # "when do I take it?" behind an answer is about that
        return ASKED_MORE
    if any(part.question >= ASKED_FROM for part in ranked.parts):
        return ASKED_MORE
    if found.outcome == "answer" and found.candidates[0].score >= SURELY_ANSWERED:
        return ASKED_MORE
    return max(least, ANSWERED_MORE if found.outcome == "answer" else 0)


def _several(text: str, ranked: RankedIntents, heard: Heard) -> list[tuple[Intent, int, int, float]]:
    """Return the intents of the parts where several parts surely have different ones: where it is said, how surely."""
    found: list[tuple[Intent, int, int, float]] = []
    for part in ranked.parts:
        best, likely = next((pair for pair in part.intents if is_possible(pair[0], heard)), (None, 0.0))
        long = not found or len(text[part.start : part.end].split()) >= PART_WORDS
        sure = best if likely >= PART_FROM and long else None
        if sure is not None and not any(_alike(sure, other) and not _told_behind(sure, other) for other, *_ in found):
            found.append((sure, part.start, part.end, likely))
        elif found:  # what is said besides belongs to the request before it
            intent, start, _, each = found[-1]
            found[-1] = (intent, start, part.end, each)
    if len(found) < 2 or not all(_is_borne_out(intent, each, ranked.whole) for intent, _, _, each in found):
        return []
    intent, _, end, each = found[0]
    return [(intent, 0, end, each), *found[1:]]


def _is_borne_out(intent: Intent, likely: float, whole: RankedPart) -> bool:
    """Say whether a part may speak for itself: it surely tells what is so, or the whole message says it, too.

    "he wanted his barbell back, and I could hardly say no" has a part that sounds like "harder".
    """
    tells = intent not in SLOTLESS and intent not in SHOWING
    plain = likely >= (CERTAIN if intent in SHOWING else TOLD_FROM) and (tells or intent in SHOWING)
    return plain or dict(whole.intents).get(intent, 0) >= BORNE_OUT_FROM


def _told_behind(intent: Intent, first: Intent) -> bool:
    return first is Intent.DONE and intent in BESIDE_DONE


def _alike(one: Intent, other: Intent) -> bool:
    return one is other or any({one, other} <= group for group in ALIKE)

"""Requests of a message: which intents are sure enough to carry out, which are offered, and which slots each has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from coach.requests import Intent, ShownItem, Slots
from content.library import Language, SearchResult
from content.understanding.requests.heard import Heard, Moment
from content.understanding.requests.ranked import RankedIntents, RankedPart
from content.understanding.requests.slots import read_slots

SHOWING: Final = frozenset({
    Intent.SHOW_DAY, Intent.SHOW_NEXT, Intent.SHOW_WEEK, Intent.SHOW_WHY, Intent.START, Intent.PROTEIN, Intent.PROGRESS,
    Intent.EXERCISE, Intent.SETTINGS, Intent.HELP, Intent.SUBJECTS, Intent.SOURCES, Intent.MORE, Intent.FEEDBACK,
    Intent.MY_DATA,
})  # fmt: skip
"""Intents that change nothing."""

CHANGE_FROM: Final = 0.55
SHOW_FROM: Final = 0.45
PART_FROM: Final = 0.8  # of a part of a message that is carried out beside another
OFFER_EACH_FROM: Final = 0.2
OFFER_FROM: Final = 0.6  # of all that are offered together
ANSWERED_MORE: Final = 0.2  # more is needed where an entry surely answers the message


@dataclass(frozen=True)
class Request:
    """One request."""

    intent: Intent
    slots: Slots = Slots()

    @property
    def changes(self) -> bool:
        """True where something of the person's is changed."""
        return self.intent not in SHOWING


@dataclass(frozen=True)
class Reading:
    """What was read: requests to carry out in order, or those between which it is unsure."""

    requests: tuple[Request, ...] = ()
    between: tuple[Request, ...] = ()


def read_requests(text: str, found: SearchResult, language: Language, moment: Moment) -> Reading:
    """Return what a message asks for; nothing where it is no request, or too unsure."""
    ranked = found.intents
    if ranked is None:
        return Reading()
    answered = found.outcome == "answer"

    def request(intent: Intent, start: int, end: int) -> Request:
        heard = Heard(text[start:end], moment, language.vocabulary, language.exercise_names)
        return Request(intent, read_slots(intent, heard))

    if ranked.exact is not None and possible(ranked.exact, moment.after):
        return Reading((request(ranked.exact, 0, len(text)),))
    several = _several(ranked, moment.after)
    if several:
        return Reading(tuple(request(intent, start, end) for intent, start, end in several))
    whole = _likely(ranked.whole, moment.after)
    if whole and whole[0][1] >= _needed(whole[0][0], answered=answered):
        return Reading((request(whole[0][0], 0, len(text)),))
    if (sure := _sure_part(ranked, moment.after)) is not None:
        return Reading((request(sure, 0, len(text)),))
    offered = [intent for intent, likely in whole[:3] if likely >= OFFER_EACH_FROM]
    together = sum(likely for _, likely in whole[:3])
    if len(offered) > 1 and together >= OFFER_FROM and not answered:
        return Reading(between=tuple(request(intent, 0, len(text)) for intent in offered))
    return Reading()


def possible(intent: Intent, after: ShownItem | None) -> bool:
    """Say whether an intent makes sense here: sources and more are of what was shown."""
    return intent not in {Intent.SOURCES, Intent.MORE} or after is not None


def _likely(part: RankedPart, after: ShownItem | None) -> list[tuple[Intent, float]]:
    return [(intent, likely) for intent, likely in part.intents if possible(intent, after)]


def _needed(intent: Intent, *, answered: bool) -> float:
    return (SHOW_FROM if intent in SHOWING else CHANGE_FROM) + (ANSWERED_MORE if answered else 0)


def _several(ranked: RankedIntents, after: ShownItem | None) -> list[tuple[Intent, int, int]]:
    """Return the intents of the parts where several parts surely have different ones, with where each is said."""
    found: list[tuple[Intent, int, int]] = []
    for part in ranked.parts:
        likely = _likely(part, after)
        sure = likely[0][0] if likely and likely[0][1] >= PART_FROM else None
        if sure is not None and all(intent is not sure for intent, _, _ in found):
            found.append((sure, part.start, part.end))
        elif found:  # what is said besides belongs to the request before it
            intent, start, _ = found[-1]
            found[-1] = (intent, start, part.end)
    if len(found) > 1:
        intent, _, end = found[0]
        found[0] = (intent, 0, end)
        return found
    return []


def _sure_part(ranked: RankedIntents, after: ShownItem | None) -> Intent | None:
    """Return the intent of the only part that surely has one, in a message that rambles."""
    sure = {likely[0][0] for part in ranked.parts if (likely := _likely(part, after)) and likely[0][1] >= PART_FROM}
    return sure.pop() if len(sure) == 1 else None



"""Requests of a message: which intents are sure enough to carry out, which are offered, and which slots each has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from coach.parsing.mentions.efforts import find_called
from coach.parsing.mentions.phrases import find_phrases
from coach.requests import SHOWING, Intent
from content.library import Language, SearchResult
from content.understanding.requests.classifier.signs import signs_of
from content.understanding.requests.classifier.thresholds import OFFERED_FROM, Doubt, carried_out_from, doubt_of
from content.understanding.requests.classifier.weights import RequestClassifier
from content.understanding.requests.doubts.before_question import (
    ASKED_FROM,
    asks_in_words,
    before_question,
    begins_with_done,
    compares_exercises,
    is_answered,
)
from content.understanding.requests.doubts.beyond import intent_beyond_doubt
from content.understanding.requests.doubts.figures import names_tape
from content.understanding.requests.doubts.plausible import is_named, is_plausible
from content.understanding.requests.ranked import (
    OFFER_EACH_FROM,
    RankedIntents,
    RankedPart,
    likely_intents,
    surest_window,
    with_named,
)
from content.understanding.requests.request import Reading, Request, without_let_go
from content.understanding.requests.several import (
    BESIDE_DONE,
    CERTAIN,
    TOLD_FROM,
    end_of_told,
    is_certain,
    several_parts,
    tells_figures,
    tells_girths,
    tells_in_full,
    tells_pain,
)
from content.understanding.requests.slots import noted_sets
from content.understanding.requests.slots.context import with_shown, within
from content.understanding.requests.slots.heard import Heard, Moment
from content.understanding.requests.slots.readers import read_slots
from content.understanding.requests.slots.weekdays import names_whole_week, tells_training_days

BESIDE_RANGE_FROM: Final = 0.6  # how well an entry must fit to be shown below the range of protein
RANGE_ENTRY: Final = "protein-amount"  # says of everybody what the range says of one
TOLD_ALONE: Final = frozenset({Intent.DONE, Intent.SKIP})
"""Intents that say enough without a slot where they are surely meant."""

LIKE_ASKING_ON: Final = frozenset({Intent.SHOW_WHY, Intent.HELP})
"""Intents that a few words about an answer are taken for: "why so slow?", "what works then"."""

SEVERAL_DAYS: Final = 3  # weekdays that are no single move
BOTH_FROM: Final = 0.3  # of the whole message for what was done, where its effort and its minutes are told
FULL_FROM: Final = 0.04  # the same, where its effort is told, and how long or how far it was
OF_FACT_FROM: Final = 0.5  # of a message that asks for a single fact of a session
SURELY_ANSWERED: Final = 0.95  # by the score of the entry behind the page that was shown
OFFER_FROM: Final = 0.6  # of all that are offered together


def read_requests(text: str, found: SearchResult, language: Language, moment: Moment) -> Reading:
    """Return what a message asks for; nothing where it is no request, or too unsure."""
    if found.intents is None:
        return Reading()
    names, goals, people = language.exercise_names, language.goal_words, language.person_words
    whole = Heard(text, moment, language.vocabulary, names, goals, people)
    return _Message(found, with_named(found.intents, whole), whole, language.request_classifier).read()


@dataclass(frozen=True)
class _Message:
    """A message, what was found for it, and how its intents rank."""

    found: SearchResult
    ranked: RankedIntents
    whole: Heard
    classifier: RequestClassifier

    def read(self) -> Reading:
        """Return what it asks for."""
        if (plain := intent_beyond_doubt(self.ranked, self.whole)) is not None:
            spans = noted_sets.divided(self.whole) if plain is Intent.SETS else []
            one = () if spans else self._behind_done(self._alone(plain))
            return Reading(tuple(self._request(plain, *span) for span in spans) or one)
        if girths := self._girths():
            return girths
        doubt = doubt_of(self.whole.text, self.found, self.ranked)
        if several := self._several(doubt):
            return Reading(several)
        if rated := self._rated_with_pain():
            return Reading(rated)
        likely = likely_intents(self.ranked, self.whole)
        return self._told_figures() or self._sure(likely) or self._told_before() or self._offered(likely, doubt)

    def _rated_with_pain(self) -> tuple[Request, ...]:
        """Return what was done and what hurt, where the effort is called so and another figure is the pain's."""
        best, efforts = self.ranked.whole.best, self.whole.words.efforts
        called = find_called(self.whole.said, efforts.exertions, self.whole.words)
        if best is None or best[0] is not Intent.PAIN or not called or "?" in self.whole.text:
            return ()
        done, pain = self._request(Intent.DONE), self._request(Intent.PAIN)
        wished = find_phrases(self.whole.said, self.whole.words.wishes.wanted)
        possible = is_plausible(Intent.DONE, self.whole) and is_plausible(Intent.PAIN, self.whole) and not wished
        return (done, pain) if possible and pain.slots.level is not None else ()

    def _hear(self, start: int = 0, end: int | None = None) -> Heard:
        part = self.whole.text[start:end]  # what the whole message names is found once
        return self.whole if part == self.whole.text else replace(self.whole, text=part)

    def _request(self, intent: Intent, start: int = 0, end: int | None = None) -> Request:
        heard = self._hear(start, end)
        # "make it tues thurs fri" sounds like a move, and "hit me with monday to sunday"
        named = {one.value.weekday for one in heard.days} - {None}
        if intent in {Intent.MOVE, Intent.DAYS} and names_whole_week(heard) and not tells_training_days(heard):
            return Request(Intent.SHOW_WEEK, read_slots(Intent.SHOW_WEEK, heard))
        if intent is Intent.MOVE and len(named) >= SEVERAL_DAYS:
            days = read_slots(Intent.DAYS, heard)
            if len(days.days or ()) >= SEVERAL_DAYS:
                return Request(Intent.DAYS, days)
        return Request(intent, read_slots(intent, heard))

    def _alone(self, intent: Intent) -> Request:
        said = self._request(intent)
        intent, slots = said.intent, said.slots
        told = intent is Intent.DAYS and tells_training_days(self.whole)
        windows = self.ranked.windows or (self.ranked.parts if intent is Intent.MY_DATA else ())
        if (window := surest_window(windows)) is not None and not told:
            slots = within(intent, self._request(intent, window.start, window.end).slots, slots)
        return Request(intent, with_shown(intent, slots, self.whole.moment))

    def _behind_done(self, sure: Request) -> tuple[Request, ...]:
        end = 0 if sure.intent is Intent.DONE else end_of_told(self.ranked, sure.intent)
        told = self._request(Intent.DONE, 0, end) if end else sure
        return (told, sure) if end and told.slots.said() and is_plausible(Intent.DONE, self.whole) else (sure,)

    def _several(self, doubt: Doubt) -> tuple[Request, ...]:
        """Return the requests of its parts, where several parts surely ask for different things."""
        parts = several_parts(self.whole.text, self.ranked, self.whole)
        kinds = {intent for intent, *_ in parts}
        certain = TOLD_FROM if kinds & BESIDE_DONE or kinds - TOLD_ALONE <= SHOWING else CERTAIN
        due = find_phrases(self.whole.said, self.whole.goals.asks_due)  # "practice was 5 hours. do i still have to"
        parts = [each for each in parts if not (due and each[0] is Intent.DONE)]
        read = ((self._request(intent, *span), likely, self._hear(*span)) for intent, *span, likely in parts)
        several = tuple(
            each
            for each, likely, part in read
            if (each.says_enough or (each.intent in TOLD_ALONE and likely >= certain))
            # what is asked besides is no doubt about what was done
            and is_plausible(each.intent, part if each.intent is Intent.DONE else self.whole)
            and is_named(each.intent, part)
        )
        # What was done is told, whatever was shown: "done. what's tomorrow?" asks nothing about that.
        alone = not self.found.in_context or Intent.DONE in kinds
        surely = alone and all(likely >= CERTAIN for *_, likely in parts)
        if len(several) < 2 or not (doubt < Doubt.GREAT or surely):
            return ()
        # what is told besides says why it is taken back
        return tuple(each for each in several if each.intent is Intent.UNDO) or without_let_go(
            several, self.whole.today
        )

    def _sure(self, likely: Sequence[tuple[Intent, float]]) -> Reading | None:
        """Return the likeliest request, where it is probably what is asked for; one that is less so is offered."""
        if not likely:
            return None
        sure, answered = self._alone(likely[0][0]), self.found.outcome == "answer"
        signs = signs_of(likely[0][0], likely, self.found, self.ranked, self.whole, sure.slots)
        probably = self.classifier.probability(signs)
        if probably < carried_out_from(likely[0][0], sure.slots, clear=self._is_clear(sure.intent)):
            offered = probably >= OFFERED_FROM and not answered and sure.intent is not Intent.PAIN  # that is a lament
            return Reading(between=(sure,)) if offered else None
        if self._is_of_answer(sure):
            return None
        if sure.intent is Intent.EXERCISE and compares_exercises(self.found, self.whole, sure.slots):
            return None
        end = self._question_behind() if sure.intent is Intent.DONE else 0
        if sure.intent is Intent.PROTEIN and self._is_answered_beside_range():
            return Reading(beside=(sure,))
        return Reading(beside=(self._request(Intent.DONE, 0, end),)) if end else Reading(self._behind_done(sure))

    def _is_of_answer(self, sure: Request) -> bool:
        """Say whether what sounds like a fact of a session is asked of the answer shown: "how long does that go on"."""
        after, fact = self.whole.moment.after, self.ranked.whole.fact
        if after is None or after.entry is None or sure.slots.said():
            return False
        fits = self.found.in_context and self.found.outcome == "answer"
        surely = fits and self.found.candidates[0].score >= SURELY_ANSWERED
        asks_on = self.ranked.exact is None and (
            sure.intent in LIKE_ASKING_ON or (sure.intent is Intent.SHOW_NEXT and surely)
        )  # "when can I run with it again"
        if asks_on and fits:
            return True  # "but why, we sprinted every day"
        of_fact = (fact is not None and fact[1] >= OF_FACT_FROM) or asks_on
        return of_fact and not find_phrases(self.whole.said, self.whole.words.requests.training)

    def _is_answered_beside_range(self) -> bool:
        """Say whether an entry answers what is asked beside the range of protein: "I'm vegan, how much for me?"."""
        fits = self.found.outcome == "answer" and self.found.candidates[0].score >= BESIDE_RANGE_FROM
        return fits and self.found.entry != RANGE_ENTRY

    def _is_clear(self, intent: Intent) -> bool:
        """Say whether a part of a message tells enough: "undo that", or an effort behind what was done."""
        if intent is Intent.DONE:
            return self._alone(intent).slots.effort is not None or begins_with_done(self.whole.text, self.ranked)
        return intent is Intent.UNDO and is_certain(intent, self.ranked)

    def _question_behind(self) -> int:
        """Return where a question begins behind what was done, that an entry answers; 0 where there is none."""
        text = self.whole.text
        intent, end = before_question(text, self.found, self.ranked, self.whole)
        asks = "?" in text[end:] or asks_in_words(text[end:], self.whole)
        return end if intent is Intent.DONE and asks else 0

    def _girths(self) -> Reading | None:
        """Return the girths that a message tells beyond doubt, beside the answer to what it asks besides."""
        if not tells_girths(self.whole, self.ranked) or not is_plausible(Intent.GIRTH, self.whole):
            return None
        parts, text = (self.ranked.whole, *self.ranked.parts), self.whole.text
        asks = "?" in text or any(map(self._asks, parts))
        told = (self._request(Intent.GIRTH),)
        if is_answered(self.found, self.ranked, self.whole) and not names_tape(self.whole):
            return None
        return Reading(beside=told) if asks and self.found.outcome == "answer" else Reading(told)

    def _told_before(self) -> Reading | None:
        """Return what is told before a question that an entry answers."""
        intent, end = before_question(self.whole.text, self.found, self.ranked, self.whole)
        if intent is None:
            return None
        told = self._request(intent, 0, end)
        if not told.says_enough or not is_plausible(intent, self._hear(0, end)):
            return None
        dated = intent is not Intent.SKIP or told.slots.day is not None
        return Reading(beside=(told,)) if dated else Reading()

    def _told_figures(self) -> Reading | None:
        """Return what surely was done, told with figures, where nothing is asked: "40 min easy. 3. No pain"."""
        parts, text = (self.ranked.whole, *self.ranked.parts), self.whole.text
        likely = max(dict(part.intents).get(Intent.DONE, 0) for part in parts[:2])
        done = self._request(Intent.DONE)
        full = tells_in_full(self.ranked, self.whole, done.slots)
        if "?" in text or likely < (FULL_FROM if full else BOTH_FROM) or any(self._asks(part) for part in parts):
            return None
        hurts = any(tells_pain(dict(part.intents), self.whole, text[part.start :]) for part in parts[1:])
        if hurts or not full:  # "6.2k tempo, 31 min, RPE 7" has both
            first = self.ranked.parts[0].best if self.ranked.parts else None
            begins = first is not None and first[0] is Intent.DONE and likely >= TOLD_FROM
            if not begins or any(part.question >= ASKED_FROM for part in parts):
                return None
        told = tells_figures(self.whole) and is_plausible(Intent.DONE, self.whole) and done.says_enough
        return Reading((done,)) if told else None

    def _asks(self, part: RankedPart) -> bool:
        return asks_in_words(self.whole.text[part.start : part.end], self.whole)

    def _offered(self, likely: Sequence[tuple[Intent, float]], doubt: Doubt) -> Reading:
        """Return the requests between which it is unsure, where they are likely together."""
        offered = [intent for intent, each in likely[:3] if each >= OFFER_EACH_FROM]
        enough = len(offered) > 1 and sum(each for _, each in likely[:3]) >= OFFER_FROM and doubt is Doubt.NONE
        return Reading(between=tuple(self._alone(intent) for intent in offered) if enough else ())

"""Figures told right behind a session that was done: how hard it was, how long it took, how many rounds it had."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from coach.parsing.mentions.clock_times import find_bare_times, find_times
from coach.parsing.mentions.durations import MINUTE
from coach.parsing.mentions.efforts import MOST, find_called, find_effort, find_scores
from coach.parsing.mentions.mention import BEGINS, ENDS, Mention, apart, without
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.mentions.slips import mended
from coach.parsing.word_lists.log_words import LogWords
from content.understanding.requests.slots.heard import Heard
from content.understanding.requests.slots.times import is_refused

LONGEST: Final = 300  # minutes of a session
LEAST_ALONE: Final = MOST + 1  # of a bare figure that is minutes
BESIDE: Final = 6  # words at most, beside a bare figure in its clause
ALONE: Final = 2  # words at most, of a clause that is a figure
ECHO: Final = 4  # words at most, of a question that only repeats what was asked: "how hard was it?"
NEIGHBOURS: Final = 2  # figures, of which the higher is meant
HALF_DAY: Final = 12 * 60
COUNTED: Final = 3  # letters at least, of a thing that is counted
_CLAUSE: Final = re.compile(r"(?<=[.,;!?\n])\s+|\s+-+\s+")
_SENTENCE: Final = re.compile(r"(?<=[.!?\n])\s+")
_FIGURE: Final = re.compile(r"(?<![\w.,:/-])(10|\d)(?:[.,](\d))?(?![\w:%]|[.,]\d)")
_LONG: Final = re.compile(r"(?<![\w.,:/-])\d{2,3}(?![\w:/%]|[.,]\d)")
_HALVES: Final = re.compile(r"(?:10|\d)[.,]5\.?")  # "7.5" is no day in May
_GUESSED: Final = re.compile(r"(?<![\w.,:/-])(?:10|\d)(?:[.,]\d)?(?:ish)? ?\?$")  # "a 7?"
_SIDES: Final = re.compile(r"(?<![\w.,:/-])(10|\d)\s?(?:-|/|\w{1,2})\s?(10|\d)(?![\w:%/]|[.,]\d)")


@dataclass(frozen=True)
class Told:
    """Figures that were told of a session."""

    effort: int | None = None
    minutes: int | None = None
    rounds: int | None = None
    surely: bool = False  # the effort is called so, or scored

    def __bool__(self) -> bool:
        """Say whether anything was told."""
        return any(each is not None for each in (self.effort, self.minutes, self.rounds))


def read_told(heard: Heard, words: LogWords, *, bare_minutes: bool = False) -> Told:
    """Return what a message tells; `bare_minutes`: a lone figure above ten may be the minutes."""
    told_of, said = _without_questions(heard, words), heard.said
    hours = _hours(told_of, words)
    rounds, taken = _rounds(told_of, words)
    minutes = _minutes(told_of, words) or (hours[0] if hours else None)
    if minutes is None and bare_minutes:
        minutes = _bare_minutes(told_of, taken)
    plain = [one for one in told_of.no_figures if not _HALVES.fullmatch(told_of.said[one.start : one.end])]
    mentions = [*plain, *taken, *([hours[1]] if hours else [])]
    called = find_called(told_of.said, heard.words.efforts.exertions, heard.words)
    scored = find_scores(told_of.said, heard.words)
    kept = [one for one in mentions if not any(one.start <= each.start < one.end for each in (*called, *scored))]
    effort = _effort(told_of, mended(without(told_of.said, kept), heard.words), words)
    surely = bool(called or scored) or find_phrases(said, words.settling & heard.words.efforts.giving) != []
    return Told(effort, minutes, rounds, surely)


def asks_besides(heard: Heard, words: LogWords) -> bool:
    """Say whether a message asks more than what it answers itself: "7. why do my calves burn?"."""
    return any(asks(each, words) and not _FIGURE.search(each) for each in _SENTENCE.split(heard.said))


def _without_questions(heard: Heard, words: LogWords) -> Heard:
    """Return a message without what it asks; "7?" asks nothing."""
    sentences = _SENTENCE.split(heard.said)
    kept = [each for each in sentences if not asks(each, words)]
    return heard if kept == sentences else Heard(
        " ".join(kept), heard.moment, heard.words, heard.exercises, heard.goals, heard.people
    )  # fmt: skip


def asks(sentence: str, words: LogWords) -> bool:
    """Say whether a sentence asks something; "seven?" and "how long?" only take up what was asked."""
    length, clauses = len(sentence.split()), [each for each in _CLAUSE.split(sentence) if each]
    if clauses and re.match(rf"\W*{phrase_pattern(words.asks)}{ENDS}", clauses[-1]):
        return length > ALONE
    guesses = _GUESSED.search(sentence) is not None
    return sentence.endswith("?") and not guesses and (length > ECHO or _FIGURE.search(sentence) is not None)


def _minutes(heard: Heard, words: LogWords) -> int | None:
    """Return the minutes that are told: the last where they are mended, else the most."""
    told = [one for one in heard.durations if not is_refused(heard.said, one, heard.words)]
    other = re.compile(rf" {phrase_pattern(words.not_lasting)}{ENDS}")
    told = [one for one in told if MINUTE <= one.value <= LONGEST * MINUTE and not other.match(heard.said[one.end :])]
    if not told:
        return None
    wishes = heard.words.wishes
    slips = find_phrases(heard.said, wishes.slip | wishes.slip_apart)
    mends = any(told[0].end <= each.start < told[-1].start for each in slips)
    seconds = told[-1].value if mends else max(one.value for one in told)
    return seconds // MINUTE


def _bare_minutes(heard: Heard, taken: list[Mention[None]]) -> int | None:
    """Return the one figure above ten that is told without a unit: "it was thirty not forty"."""
    said = without(heard.said, [*heard.no_figures, *taken])
    figures = [Mention(found.start(), found.end(), int(found[0])) for found in _LONG.finditer(said)]
    left = {one.value for one in figures if not is_refused(said, one, heard.words)}
    few = len(said.split()) <= BESIDE * 2
    return left.pop() if few and len(left) == 1 and LEAST_ALONE <= min(left) <= LONGEST else None


def _hours(heard: Heard, words: LogWords) -> tuple[int, Mention[None]] | None:
    """Return the minutes between two hours, and where they stand: "from half past nine until ten"."""
    between = re.compile(rf",? ?{phrase_pattern(words.until)} ?")
    since = re.compile(rf"{BEGINS}{phrase_pattern(words.since)} (?:{phrase_pattern(heard.words.clock.around)} )?$")
    clear = find_times(heard.said, heard.words)
    bare = [one for one in find_bare_times(heard.said, heard.words) if apart([one], clear)]
    times = sorted([*clear, *bare], key=lambda one: one.start)
    for first, last in pairwise(times):
        led = since.search(heard.said[: first.start]) or not {first, last} <= set(bare)  # "5 to 6" is an effort
        if led and between.fullmatch(heard.said[first.end : last.start]):
            began, ended = (one.value.hour * 60 + one.value.minute for one in (first, last))
            took = (ended - began) % HALF_DAY
            return (took, Mention(first.start, last.end, None)) if 0 < took <= LONGEST else None
    return None


def _rounds(heard: Heard, words: LogWords) -> tuple[int | None, list[Mention[None]]]:
    """Return the rounds that are told, and where they stand: "6 by 3 min", "4 of the 5 rounds"."""
    lengths = rf"(?P<each>\d{{1,3}}){ENDS}"
    by = re.compile(rf"(?<![\w.,:/-])(?P<rounds>\d{{1,2}}) ?{phrase_pattern(words.by)} ?{lengths}")
    named = re.compile(
        rf"(?<![\w.,:/-])(?P<rounds>\d{{1,2}})(?: (?:[^\W\d_]+ ){{0,3}}?(?:\d{{1,2}} )?|-| )"
        rf"(?P<named>{phrase_pattern(words.rounds)}){ENDS}"
    )
    found = [*by.finditer(heard.said), *named.finditer(heard.said)]
    mentions = [Mention(one.start(), one.end(), None) for one in found]
    counts = {int(one["rounds"]) for one in found}
    return (counts.pop() if len(counts) == 1 else None), mentions


def _effort(heard: Heard, said: str, words: LogWords) -> int | None:
    """Return the effort by the first clause that has one, or by a later one that settles it: "7, 7.5. put 8"."""
    effort: int | None = None
    for clause in filter(None, map(str.strip, _CLAUSE.split(said))):
        value = _figure(clause, heard, words)
        if value is not None and (effort is None or _settles(clause, heard, words)):
            effort = value
    return effort if effort else None


def _settles(clause: str, heard: Heard, words: LogWords) -> bool:
    settling = phrase_pattern(words.settling | heard.words.wishes.slip)
    begins = re.match(rf"{settling}{ENDS}", clause) is not None
    return (
        begins or len(clause.split()) <= ALONE or bool(find_called(clause, heard.words.efforts.exertions, heard.words))
    )


def _figure(clause: str, heard: Heard, words: LogWords) -> int | None:
    """Return the figure of a clause that says how hard it was, the higher of two neighbours."""
    said = without(clause, _counted(clause, heard, words))
    strong = [*find_called(said, heard.words.efforts.exertions, heard.words), *find_scores(said, heard.words)]
    if strong:
        return strong[-1].value
    if sides := _SIDES.search(said):
        lower, higher = sorted((int(sides[1]), int(sides[2])))
        return higher if higher - lower <= 1 else None
    found = [one for one in _FIGURE.finditer(said) if not _is_refused(said, one, heard)]
    if not found or len(said.split()) - len(found) > BESIDE:
        settled = re.match(rf"{phrase_pattern(words.settling)}{ENDS}", said)
        likened = find_effort(said, heard.words)
        return likened.value if likened is not None and settled is not None else None
    levels = [int(one[1]) for one in found]
    if len(levels) == NEIGHBOURS and abs(levels[0] - levels[1]) <= 1:  # "4 maybe 5"
        return max(levels)
    return levels[-1] if _settles(said, heard, words) else levels[0]


def _is_refused(said: str, figure: re.Match[str], heard: Heard) -> bool:
    return is_refused(said, Mention(figure.start(), figure.end(), None), heard.words)


def _counted(clause: str, heard: Heard, words: LogWords) -> list[Mention[None]]:
    """Return the figures that count something: "2 herons"."""
    plural = heard.words.days.plural
    efforts = heard.words.efforts
    listed = rf"{phrase_pattern(efforts.counted)}{ENDS}"
    found = list[Mention[None]]()
    for one in _FIGURE.finditer(clause):
        behind = re.match(r"\s?-?([^\W\d_]+(?:'[^\W\d_]+)?)", clause[one.end() :])
        word = behind[1] if behind is not None else ""
        things = len(word) > COUNTED and word.endswith(plural) and word not in words.no_things
        if things or re.match(rf"\s?-?{listed}", clause[one.end() :]):
            found.append(Mention(one.start(), one.end(), None))
    return found

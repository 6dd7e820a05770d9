"""The seconds of a guide: tones at the changes, sentences where there is room for them.

A tone stands exactly on its second, and so does a count. Everything else is said where nothing else is, in the order of
its weight; a sentence that finds no room is left out, word by word from its end.
"""

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from coach.guide.steps import Move, Step


class Tone(StrEnum):
    """A sound of its own for each change."""

    WORK = "work"  # it begins
    EASE = "ease"  # it gets easy
    HALFWAY = "halfway"
    END = "end"


TONE_SECONDS: Final[Mapping[Tone, float]] = {Tone.WORK: 0.45, Tone.EASE: 0.45, Tone.HALFWAY: 0.2, Tone.END: 1.1}
"""The length of each."""

STOP_WHEN: Final = "stop-when"
STOP_WHEN_SPARING: Final = "stop-when-3"
STOP_WHEN_TESTED: Final = "stop-when-test"
GET_READY: Final = "get-ready"
LAST_ONE: Final = "last-one"
HALFWAY: Final = "halfway"
PAUSE_ME: Final = "pause-me"
FINISH: Final = "finish"
FINISH_TEST: Final = "finish-test"
COUNT: Final = ("three", "two", "one")
OTHER_LEG: Final = "other-leg"
MOST_COUNTED: Final = 8
"""Rounds of which the whole number is said as well."""

_GAP: Final = 0.25  # seconds between two sentences
_FIRST_AT: Final = 0.6
_AFTER_TONE: Final = 0.15
_COUNTED: Final = 8  # seconds that a step takes at least where the next is counted in
_AHEAD: Final = 9  # seconds before its start in which the next step is named
_HALF_FROM: Final = {True: 20, False: 240}  # seconds of a step that has a halfway, work or not
_LEFT_EVERY: Final = 300
_LEFT_FROM: Final = 420
_LAST_MINUTE: Final = 60


@dataclass(frozen=True, slots=True)
class Cue:
    """Something heard at a second of the track: a tone, or a sentence by its name."""

    at: float
    tone: Tone | None = None
    word: str | None = None


@dataclass(frozen=True, slots=True)
class Beat:
    """Soft ticks between two seconds of the track, by turns high and low."""

    start: float
    end: float
    every: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """A whole guide: its cues in order, its beats, when its first step begins, and its length in seconds."""

    cues: tuple[Cue, ...]
    beats: tuple[Beat, ...]
    begins: float
    seconds: float


@dataclass
class _Track:
    """The seconds that are taken, and by what; sentences without a length are not said."""

    lengths: Mapping[str, float]
    cues: list[Cue] = field(default_factory=list)
    _taken: list[tuple[float, float]] = field(default_factory=list)

    def sound(self, at: float, tone: Tone) -> None:
        """Put a tone on its second, whatever else is there."""
        self.cues.append(Cue(at, tone=tone))
        self._take(at, at + TONE_SECONDS[tone])

    def say(self, at: float, words: Sequence[str], until: float) -> float:
        """Say as many of the words as fit from `at` on; return when they end, `at` where none is said."""
        spoken = [word for word in words if word in self.lengths]
        while spoken:
            end = at + self._length(spoken)
            if end <= until and self._is_free(at, end):
                break
            spoken.pop()
        for word in spoken:
            self.cues.append(Cue(at, word=word))
            self._take(at, at + self.lengths[word])
            at += self.lengths[word] + _GAP
        return at - _GAP if spoken else at

    def _length(self, words: Sequence[str]) -> float:
        return sum(self.lengths[word] for word in words) + _GAP * (len(words) - 1)

    def _take(self, start: float, end: float) -> None:
        self._taken.insert(bisect(self._taken, (start, end)), (start, end))

    def _is_free(self, start: float, end: float) -> bool:
        place = bisect(self._taken, (start, end))
        before, after = self._taken[place - 1 : place], self._taken[place : place + 1]
        return not (before and before[0][1] > start) and not (after and after[0][0] < end)


def timeline(
    steps: Sequence[Step],
    lengths: Mapping[str, float],
    opening: Sequence[str] = (),
    *,
    stop_when: str = STOP_WHEN,
    finish: str = FINISH,
) -> Timeline:
    """Return the guide through these steps.

    `lengths` are seconds by sentence; what is not in it stays unsaid. `opening` is said first, then when to stop.
    """
    track = _Track(lengths)
    said = track.say(_FIRST_AT, [*opening, stop_when, GET_READY], float("inf"))
    begins = float(int(said) + 2 + len(COUNT))
    starts = [begins]
    for step in steps:
        starts.append(starts[-1] + step.seconds)
    _tones(track, steps, starts)
    _counts(track, steps, starts)
    for say in (_named, _started, _halves, _minutes_left):
        say(track, steps, starts)
    closed = track.say(starts[-1] + TONE_SECONDS[Tone.END] + _AFTER_TONE, [finish], float("inf"))
    beats = tuple(
        Beat(start, start + step.seconds, step.beat) for step, start in zip(steps, starts, strict=False) if step.beat
    )
    ending = max(closed, starts[-1] + TONE_SECONDS[Tone.END]) + 1
    order = sorted(track.cues, key=lambda cue: (cue.at, cue.tone is None))
    return Timeline(tuple(order), beats, begins, round(ending, 3))


def _tones(track: _Track, steps: Sequence[Step], starts: Sequence[float]) -> None:
    for place, (step, start) in enumerate(zip(steps, starts, strict=False)):
        track.sound(start, Tone.WORK if step.move.works or not place else Tone.EASE)
        if step.seconds >= _HALF_FROM[step.move.works]:
            track.sound(start + step.seconds / 2, Tone.HALFWAY)
    track.sound(starts[-1], Tone.END)


def _counts(track: _Track, steps: Sequence[Step], starts: Sequence[float]) -> None:
    """Count in the first step and what works, and count work out; nothing where the step before is short."""
    for place, start in enumerate(starts):
        before = steps[place - 1] if place else None
        works = place < len(steps) and steps[place].move.works
        if before is None or (before.seconds >= _COUNTED and (works or before.move.works)):
            for ahead, word in zip((3, 2, 1), COUNT, strict=True):
                track.say(start - ahead, [word], start - ahead + 1)


def _named(track: _Track, steps: Sequence[Step], starts: Sequence[float]) -> None:
    """Say some seconds before what works begins what it is, and the first of several."""
    for place, step in enumerate(steps):
        if place and step.move.works and steps[place - 1].seconds > _AHEAD:
            until = starts[place] - len(COUNT) - _GAP
            named = f"exercise-{step.exercise}" if step.exercise else f"next-{step.move}"
            track.say(starts[place] - _AHEAD, [named, *_number(step)], until)


def _started(track: _Track, steps: Sequence[Step], starts: Sequence[float]) -> None:
    """Say after its tone what a step is and how long it lasts."""
    for place, step in enumerate(steps):
        at = starts[place] + TONE_SECONDS[Tone.WORK] + _AFTER_TONE
        until = starts[place + 1] - len(COUNT) - _GAP
        words = [f"do-{step.move}", f"for-{step.seconds}"]
        if step.move is Move.SET:
            words = [f"do-{step.move}"]
        elif place and steps[place - 1].seconds <= _AHEAD:
            words = [*_number(step), *words]
        if step.percent and step.number == 1:
            words.append(f"percent-{step.percent}")
        if step.move is Move.WALK and place and steps[place - 1].number == 1 and steps[place - 1].percent:
            words.append(PAUSE_ME)
        track.say(at, words, until)


def _halves(track: _Track, steps: Sequence[Step], starts: Sequence[float]) -> None:
    for step, start in zip(steps, starts, strict=False):
        if step.seconds >= _HALF_FROM[step.move.works]:
            after = start + step.seconds / 2 + TONE_SECONDS[Tone.HALFWAY] + _AFTER_TONE
            track.say(after, [HALFWAY], start + step.seconds - len(COUNT) - _GAP)


def _minutes_left(track: _Track, steps: Sequence[Step], starts: Sequence[float]) -> None:
    """Say in long steps how much of them is left: every five minutes, and the last one."""
    for step, start in zip(steps, starts, strict=False):
        if step.seconds >= _LEFT_FROM:
            whole = range(_LEFT_EVERY, step.seconds - _LAST_MINUTE, _LEFT_EVERY)
            for left in (*whole, _LAST_MINUTE):
                at = start + step.seconds - left
                track.say(at, [f"left-{left // _LAST_MINUTE}"], at + _AHEAD)


def _number(step: Step) -> list[str]:
    """Return how one of several is called: the last one, or its number."""
    if step.move is Move.TEST:
        return [] if step.number == 1 else [OTHER_LEG]
    if step.number is None or step.count is None or step.count == 1:
        return []
    of = "set" if step.move is Move.SET else "round"
    if step.is_last:
        return [LAST_ONE]
    return [f"{of}-{step.number}-of-{step.count}" if step.count <= MOST_COUNTED else f"{of}-{step.number}"]

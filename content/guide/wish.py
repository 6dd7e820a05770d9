"""The wish for a guide: what it is made from, as values that a stored message can carry. All of a session share it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from hashlib import sha256
from typing import Any, Final

from coach.guide.gate import stops_at
from coach.guide.steps import SetsOf, Step, Stretch, heel_raise_steps, steps_of
from coach.guide.timeline import (
    FINISH,
    FINISH_TEST,
    STOP_WHEN,
    STOP_WHEN_SPARING,
    STOP_WHEN_TESTED,
    Timeline,
    timeline,
)
from coach.planning.exercises.catalog import EXERCISES
from coach.planning.exercises.progression import rep_range
from coach.planning.rules import PAIN_REDUCE
from content.guide.cover import cover
from content.guide.tags import tags
from content.guide.track import encode
from content.guide.voices import GuideVoices, Voice
from content.library import Content, Language
from content.schema.training_pages import Sets, Workout

DRAWN: Final = "guide"
COVER_DRAWN: Final = "guide-cover"
_MADE: Final = 1
"""Raised where a track is made otherwise than before: the files that were sent before are not used again."""

_TEST: Final = "heel-raise-test"
_REPS: Final = 12  # of a set whose page says none


@dataclass(frozen=True)
class Guide:
    """A guide that can be sent: its wish, that of its cover, and what a player shows."""

    wish: dict[str, Any]
    thumbnail: dict[str, Any]
    title: str
    performer: str
    seconds: int


def guide_to(
    language: Language, workout: Workout, rounds: int | None, percent: int | None, voice: str | None, *, back: bool
) -> Guide:
    """Return the guide to a workout as it was fitted to a day, in the voice of this name; `back` on the way back."""
    opening = [f"session-{workout.slug}"]
    if workout.rounds is not None:
        opening.append(f"rounds-{rounds or workout.rounds.default}")
    steps = steps_through(workout, rounds, percent)
    messages = language.messages
    count = rounds or (workout.rounds.default if workout.rounds else 0)
    about = [messages.label("guide_rounds", count=count)] if count else []
    about.append(messages.label("in_minutes", count=round(sum(step.seconds for step in steps) / 60)))
    stop_when = STOP_WHEN_SPARING if stops_at(workout.slug, back=back) == PAIN_REDUCE else STOP_WHEN
    return guide_of(language, steps, opening, workout.name, workout.slug, about, voice, stop_when=stop_when)


def beat_of_test(language: Language, voice: str | None) -> Guide:
    """Return the beat of the heel-raise test: a leg, a rest, the other."""
    steps, label = heel_raise_steps(), language.messages.label
    about = [label("in_minutes", count=round(sum(step.seconds for step in steps) / 60))]
    return guide_of(
        language,
        steps,
        [f"session-{_TEST}"],
        label("guide_test"),
        _TEST,
        about,
        voice,
        stop_when=STOP_WHEN_TESTED,
        finish=FINISH_TEST,
    )


def steps_through(workout: Workout, rounds: int | None, percent: int | None) -> tuple[Step, ...]:
    """Return the steps of a workout as it was fitted to a day."""
    return steps_of(
        workout.slug,
        [Stretch(phase.seconds, phase.each_round) for phase in workout.phases],
        rounds=rounds,
        percent=percent,
        sets=[_sets_of(each) for each in workout.exercises],
    )


def guide_of(
    language: Language,
    steps: Sequence[Step],
    opening: Sequence[str],
    title: str,
    file: str,
    about: Sequence[str],
    voice: str | None,
    *,
    stop_when: str = STOP_WHEN,
    finish: str = FINISH,
) -> Guide:
    """Return the guide through these steps; `about` are the lines under the title on its cover."""
    spoken, messages = language.guide.voice(voice), language.messages
    drawn = {
        "title": title,
        "lines": [*about, messages.label("guide_performer")],
        "steps": [list(astuple(step)) for step in steps],
    }
    wish = drawn | {
        "draw": DRAWN,
        "file": f"{file}.mp3",
        "language": language.code,
        "voice": spoken.name if spoken else None,
        "opening": list(opening),
        "stop_when": stop_when,
        "finish": finish,
        "performer": messages.label("guide_performer"),
        "album": messages.label("guide_album"),
    }
    known = json.dumps([_MADE, wish, spoken.digest if spoken else None], sort_keys=True)
    seconds = round(_laid_out(steps, spoken, wish).seconds)
    wish["once"] = f"guide-{sha256(known.encode()).hexdigest()}"
    thumbnail = drawn | {"draw": COVER_DRAWN, "file": "cover.jpg"}
    return Guide(wish, thumbnail, title, messages.label("guide_performer"), seconds)


def drawing(content: Callable[[], Content]) -> Callable[[Mapping[str, Any]], bytes]:
    """Return what makes the track of a wish, with the clips of the content as it then is."""
    return lambda wish: _track(content().language(wish["language"]).guide, wish)


def _track(voices: GuideVoices, wish: Mapping[str, Any]) -> bytes:
    voice, steps = voices.voice(wish["voice"]), [Step.of(step) for step in wish["steps"]]
    found = _laid_out(steps, voice, wish)
    clips = voice.clips(frozenset(cue.word for cue in found.cues if cue.word)) if voice else {}
    picture = cover(wish["title"], wish["lines"], steps)
    header = tags(wish["title"], wish["performer"], wish["album"], round(found.seconds), picture)
    return header + encode(found, clips)


def _laid_out(steps: Sequence[Step], voice: Voice | None, wish: Mapping[str, Any]) -> Timeline:
    lengths = voice.lengths if voice else {}
    return timeline(steps, lengths, wish["opening"], stop_when=wish["stop_when"], finish=wish["finish"])


def _sets_of(sets: Sets) -> SetsOf:
    found, spec = rep_range(sets.reps, sets.sets), EXERCISES.get(sets.exercise)
    sides = 2 if spec is not None and spec.one_sided else 1
    return SetsOf(sets.exercise, sets.sets, found.most if found else _REPS, sides)

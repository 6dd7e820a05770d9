"""The sound of a guide: every cue at its second after encoding, level, tags, and clips that speak what is written."""

import io
import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest
import soundfile
from mutagen.mp3 import MP3

from coach.guide.steps import Move, SetsOf, Step, Stretch, heel_raise_steps, interval_steps, steps_of
from coach.guide.timeline import Timeline, Tone, timeline
from coach.planning.exercises.catalog import EXERCISES
from coach.planning.rules import JOG_LADDER, LADDER
from coach.planning.workouts import RECOVERY, WORKOUTS
from content.guide.cover import COVER, THUMBNAIL, cover
from content.guide.tags import tags
from content.guide.tones import tone
from content.guide.track import BITS, encode
from content.guide.voices import RATE, VOICES, Samples, read_guide
from tests.support.loudness import loudness
from tests.support.source_text import ROOT

WITHIN = 0.05
"""Seconds by which a cue may be off."""

FOLDER = ROOT / "content/en/guide"
VOICE = read_guide(FOLDER, ROOT / "content", [])


def sprints() -> tuple[Step, ...]:
    stretches = [Stretch(600), Stretch(30, True), Stretch(90, True), Stretch(300)]
    return steps_of("sprint-intervals", stretches, rounds=5, percent=70)


def an_hour() -> tuple[Step, ...]:
    """Return intervals of an hour with lengths that are no round numbers of an MP3's frames."""
    return interval_steps(36, 47, 41, 300, 173)


@pytest.fixture(scope="module")
def hour() -> tuple[Timeline, Samples]:
    """Return the hour in the first voice, decoded."""
    voice = VOICE.voice(None)
    assert voice is not None
    found = timeline(an_hour(), voice.lengths, ["session-own", "rounds-20"])
    made = encode(found, voice.clips(frozenset(cue.word for cue in found.cues if cue.word)))
    return found, decoded(made)


def decoded(made: bytes) -> Samples:
    samples, rate = soundfile.read(io.BytesIO(made), dtype="float32")
    assert rate == RATE
    return np.asarray(samples, np.float32)


def heard_at(samples: Samples, sound: Samples, near: float) -> float:
    """Return the second near which a sound is found best."""
    around = RATE // 5
    first = max(0, round(near * RATE) - around)
    window = samples[first : first + len(sound) + 2 * around]
    return (first + int(np.correlate(window, sound, "valid").argmax())) / RATE


def test_every_tone_of_an_hour_is_heard_at_its_second(hour: tuple[Timeline, Samples]) -> None:
    found, samples = hour
    off = {cue.at: heard_at(samples, tone(cue.tone), cue.at) - cue.at for cue in found.cues if cue.tone is not None}
    assert len(off) > 100
    assert max(off) > 3600
    assert max(map(abs, off.values())) < WITHIN
    assert abs(len(samples) / RATE - found.seconds) < 0.1


def test_every_sentence_of_an_hour_is_heard_at_its_second(hour: tuple[Timeline, Samples]) -> None:
    found, samples = hour
    voice = VOICE.voice(None)
    assert voice is not None
    clips = voice.clips(frozenset(cue.word for cue in found.cues if cue.word))
    off = {cue.at: heard_at(samples, clips[cue.word], cue.at) - cue.at for cue in found.cues if cue.word is not None}
    assert len(off) > 300
    assert max(off) > 3600
    assert max(map(abs, off.values())) < WITHIN


def test_before_every_sentence_of_an_hour_it_is_still(hour: tuple[Timeline, Samples]) -> None:
    """Its beginning is found by energy: the stillness ends there, or some hundredths later where it begins softly."""
    found, samples = hour
    taken = [cue.at for cue in found.cues]
    frame = RATE // 100
    for place, cue in enumerate(found.cues):
        if cue.word is None or (place and cue.at - taken[place - 1] < 2.5):
            continue
        before = round((cue.at - 0.2) * RATE)
        power = np.abs(samples[before : before + RATE]).reshape(-1, frame).max(axis=1)
        begins = before / RATE + int(np.argmax(power > 0.02)) * frame / RATE
        assert -WITHIN < begins - cue.at < WITHIN + 0.03, cue


def test_a_track_is_as_loud_as_speech_is_elsewhere() -> None:
    voice = VOICE.voice(None)
    assert voice is not None
    found = timeline(interval_steps(2, 30, 60, 60, 60), voice.lengths, ["session-sprint-intervals", "rounds-5"])
    samples = decoded(encode(found, voice.clips(frozenset(cue.word for cue in found.cues if cue.word))))
    assert loudness(samples, RATE) == pytest.approx(-16, abs=2)
    assert float(np.abs(samples).max()) < 1


def test_ticks_are_soft_and_keep_their_time() -> None:
    found = timeline(heel_raise_steps(), {})
    samples = decoded(encode(found, {}))
    beat = found.beats[0]
    times = [heard_at(samples, tone_like(samples, beat.start + 60), beat.start + 60 + 2 * each) for each in range(20)]
    assert np.diff(times) == pytest.approx(2.0, abs=0.01)
    assert 0.01 < float(np.abs(samples[round((beat.start + 1) * RATE) : round((beat.start + 1.1) * RATE)]).max()) < 0.1


def tone_like(samples: Samples, at: float) -> Samples:
    """Return the tick that is heard at a second."""
    first = round(at * RATE)
    return samples[first : first + RATE // 20]


def test_twenty_minutes_are_less_than_six_megabytes() -> None:
    picture = cover("Sprint intervals", ["5 rounds", "25 min"], sprints())
    assert 20 * 60 * BITS / 8 + len(picture) < 6_000_000


def test_another_library_reads_the_tags() -> None:
    picture = cover("Walk–jog intervals", ["5 rounds"], sprints())
    made = encode(timeline(interval_steps(1, 10, 0, 0, 0), {}), {})
    tagged = io.BytesIO(tags("Walk–jog intervals", "Calf Coach", "Guides", 17, picture) + made)
    found: Any = MP3(tagged)  # type: ignore[no-untyped-call]
    assert found.tags is not None
    shown = {name: str(found.tags[name]) for name in ("TIT2", "TPE1", "TALB", "TLEN")}
    assert shown == {"TIT2": "Walk–jog intervals", "TPE1": "Calf Coach", "TALB": "Guides", "TLEN": "17000"}
    assert found.tags["APIC:"].data == picture
    assert found.info.bitrate == BITS


@pytest.mark.parametrize("steps", [sprints(), heel_raise_steps(), an_hour(), interval_steps(99, 1, 1, 0, 0)])
def test_a_cover_is_what_telegram_takes(steps: tuple[Step, ...]) -> None:
    from telegram_local.api.media import THUMBNAIL_BYTES, picture_size

    small = cover("A name that is much too long to stand on a cover", ["99 rounds"], steps, THUMBNAIL)
    assert picture_size(small) == (THUMBNAIL, THUMBNAIL)
    assert len(small) < THUMBNAIL_BYTES
    assert picture_size(cover("Calves A", [], steps)) == (COVER, COVER)


# Sentences and clips


def asked_for() -> Iterator[str]:
    """Name every sentence that the guide of some planned session asks for."""
    everything = AnyLength()
    for slug, spec in WORKOUTS.items():
        if slug == RECOVERY:
            continue
        middle = [Stretch(seconds, spec.rounds is not None) for seconds in spec.middle]
        ends = Stretch(spec.warm_up), Stretch(spec.cool_down)
        rounds = range(spec.rounds.least, spec.rounds.most + 1) if spec.rounds else [1]
        for count in rounds:
            for percent in {each for _, each in LADDER} if spec.hard and spec.rounds else {None}:
                yield f"session-{slug}"
                steps = steps_of(slug, [ends[0], *middle, ends[1]], rounds=count, percent=percent)
                yield from words(timeline(steps, everything))
                if count > 1:
                    yield f"rounds-{count}"
    for rounds_, jog, walk in JOG_LADDER:
        steps = steps_of("walk-jog-intervals", [Stretch(300), Stretch(jog, True), Stretch(walk, True), Stretch(300)],
                         rounds=rounds_)  # fmt: skip
        yield from words(timeline(steps, everything))
    for exercise in EXERCISES:
        for sets in range(1, 7):
            steps = steps_of("calf-strength-a", [Stretch(300), Stretch(180)], sets=[SetsOf(exercise, sets, 15)])
            yield from words(timeline(steps, everything))
    yield from words(timeline(heel_raise_steps(), everything))
    yield from words(timeline(interval_steps(20, 20, 40, 600, 300), everything))


class AnyLength(dict[str, float]):
    """Every sentence there may be is half a second long."""

    def __contains__(self, _word: object) -> bool:
        return True

    def __missing__(self, _word: str) -> float:
        return 0.5


def words(found: Timeline) -> Iterator[str]:
    yield from (cue.word for cue in found.cues if cue.word)


def test_every_sentence_that_a_plan_may_ask_for_is_written() -> None:
    written = VOICE.sentences.keys()
    assert {word for word in asked_for() if not word.startswith("for-")} - written == set()
    assert {f"do-{move}" for move in Move} <= written


def test_clips_are_what_the_manifest_says() -> None:
    told = json.loads((FOLDER / "manifest.json").read_text("utf-8"))["voices"]
    assert tuple(told) == VOICES
    for name, voice in told.items():
        with ZipFile(FOLDER / f"{name}.zip") as packed:
            clips = {each.removesuffix(".opus"): packed.read(each) for each in packed.namelist()}
        assert {key: sha256(clip).hexdigest() for key, clip in clips.items()} == {
            key: clip["sha256"] for key, clip in voice["clips"].items()
        }
        assert {key: clip["text"] for key, clip in voice["clips"].items()} == dict(VOICE.sentences)
    assert VOICE.unspoken == ()


def test_clips_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 3_000_000


@pytest.mark.parametrize("name", VOICES)
def test_clips_are_as_long_as_the_manifest_says_and_equally_loud(name: str) -> None:
    voice = VOICE.voices[name]
    clips = voice.clips(frozenset(VOICE.sentences))
    assert {key: len(clip) / RATE for key, clip in clips.items()} == pytest.approx(dict(voice.lengths), abs=0.02)
    levels = {key: loudness(clip, RATE) for key, clip in clips.items()}
    assert {key: level for key, level in levels.items() if abs(level + 16) > 2.5} == {}
    assert all(voice.lengths[each] < 1 for each in ("three", "two", "one")), "a count must not run into the next"


def test_a_sentence_that_was_changed_is_left_to_its_tone_and_listed(tmp_path: Path) -> None:
    folder = tmp_path / "en/guide"
    folder.mkdir(parents=True)
    for path in FOLDER.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    text = (folder / "sentences.yaml").read_text("utf-8")
    (folder / "sentences.yaml").write_text(text.replace('halfway: "Halfway."', 'halfway: "Half of it."'), "utf-8")
    found = read_guide(folder, tmp_path, [])
    assert found.unspoken == tuple((name, "halfway") for name in VOICES)
    voice = found.voice(None)
    assert voice is not None
    assert "halfway" not in voice.lengths
    laid_out = timeline(sprints(), voice.lengths)
    assert "halfway" not in set(words(laid_out))
    assert sum(cue.tone is Tone.HALFWAY for cue in laid_out.cues) == 7

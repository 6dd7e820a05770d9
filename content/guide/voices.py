"""The spoken sentences of a language: clips that were made beforehand, a ZIP a voice, and what is known of each.

`python -m tests.support.derive_voices` makes them. `manifest.json` says of every clip which text it speaks, how long it
takes and its hash: a clip whose sentence has changed since is not used.
"""

import io
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

import numpy as np
from numpy.typing import NDArray

from content.schema.problems import Problem, shown
from content.schema.yaml_fields import read_yaml

FOLDER: Final = "guide"
SENTENCES: Final = "sentences.yaml"
MANIFEST: Final = "manifest.json"
RATE: Final = 24_000
"""Samples a second of clips and tracks."""

VOICES: Final = ("heart", "george")
"""The voices there are, the first one for who chose none. The names are those of the model."""

Samples = NDArray[np.float32]


@dataclass(frozen=True)
class Voice:
    """One voice of a language: its clips by sentence, in seconds, and the file that holds them."""

    name: str
    file: Path
    lengths: Mapping[str, float] = field(default_factory=dict)
    digest: str = ""  # of all its clips: a track made of them is another where they change
    hashes: Mapping[str, str] = field(default_factory=dict)  # of each clip, as they were when it was spoken

    def clips(self, sentences: frozenset[str]) -> dict[str, Samples]:
        """Return the sound of these sentences, those without a clip left out."""
        import soundfile  # noqa: PLC0415 - a bot that makes no guide does not load it

        with ZipFile(self.file) as packed:
            return {
                each: soundfile.read(io.BytesIO(packed.read(f"{each}.opus")), dtype="float32")[0]
                for each in sorted(sentences & self.lengths.keys())
            }

    def damaged(self) -> tuple[str, ...]:
        """Return the sentences whose clip is not the one that was spoken."""
        found = []
        with ZipFile(self.file) as packed:
            for sentence, expected in self.hashes.items():
                try:
                    is_whole = sha256(packed.read(f"{sentence}.opus")).hexdigest() == expected
                except (BadZipFile, zlib.error):
                    is_whole = False
                if not is_whole:
                    found.append(sentence)
        return tuple(found)


@dataclass(frozen=True)
class GuideVoices:
    """The sentences of guides in one language, and the voices that say them."""

    sentences: Mapping[str, str] = field(default_factory=dict)
    voices: Mapping[str, Voice] = field(default_factory=dict)

    def voice(self, name: str | None) -> Voice | None:
        """Return the voice of this name, else the first there is; None where nothing is spoken."""
        return self.voices.get(name or "") or next(iter(self.voices.values()), None)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the voices that say nothing at all: their clips were never made, or cannot be read."""
        return tuple(name for name in VOICES if self.sentences and name not in self.voices)

    @cached_property
    def unspoken(self) -> tuple[tuple[str, str], ...]:
        """Return voice and sentence of every clip that is missing or out of date: tones stand for it."""
        return tuple(
            (voice.name, sentence)
            for voice in self.voices.values()
            for sentence in self.sentences
            if sentence not in voice.lengths
        )


def read_guide(folder: Path, root: Path, faults: list[Problem]) -> GuideVoices:
    """Read the sentences of a language and the manifest of their clips; nothing where it has none."""
    if not (folder / SENTENCES).exists():
        return GuideVoices()
    fields = read_yaml(folder / SENTENCES, root, faults)
    if fields is None:
        return GuideVoices()
    sentences = {key: fields.text(key) for key in fields.values}
    manifest = _manifest(folder / MANIFEST, root, faults)
    return GuideVoices(sentences, dict(_voices(folder, manifest, sentences)))


def _voices(folder: Path, manifest: Mapping[str, Any], sentences: Mapping[str, str]) -> Iterator[tuple[str, Voice]]:
    for name in VOICES:
        clips = manifest.get(name, {}).get("clips", {})
        packed = _packed(folder / f"{name}.zip")
        usable = {key: clip for key, clip in clips.items() if key in packed and sentences.get(key) == clip["text"]}
        if usable:
            lengths = {key: float(clip["seconds"]) for key, clip in usable.items()}
            hashes = {key: str(clip["sha256"]) for key, clip in usable.items()}
            yield name, Voice(name, folder / f"{name}.zip", lengths, digest_of(usable), hashes)


def _packed(path: Path) -> frozenset[str]:
    """Return the sentences that a ZIP has clips of; none where it is missing or broken."""
    try:
        with ZipFile(path) as packed:
            return frozenset(name.removesuffix(".opus") for name in packed.namelist())
    except (OSError, BadZipFile):
        return frozenset()


def digest_of(clips: Mapping[str, Mapping[str, Any]]) -> str:
    """Return what tells these clips from all others."""
    return sha256("".join(f"{key}{clips[key]['sha256']}" for key in sorted(clips)).encode()).hexdigest()


def _manifest(path: Path, root: Path, faults: list[Problem]) -> Mapping[str, Any]:
    if not path.exists():
        return {}
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        for voice in read["voices"].values():
            for clip in voice["clips"].values():
                str(clip["text"]), float(clip["seconds"]), str(clip["sha256"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        faults.append(Problem(shown(path, root), 1, f"is not what derive_voices writes: {error!r}"))
        return {}
    return dict(read["voices"])

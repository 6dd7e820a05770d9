"""A guide as sound: its cues laid on silence and encoded piece by piece, so that an hour takes no more memory than a
minute.

An MP3 begins with the 1,105 samples by which encoder and decoder are late (at 24 kHz 46 ms). As much of the silence at
the beginning is left out, and every cue is heard at its second.
"""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from coach.guide.timeline import Timeline
from content.guide.tones import tick, tone
from content.guide.voices import RATE, Samples

BITS: Final = 32_000
"""Bits a second: 20 minutes are 4.8 MB."""

_LATE: Final = 1105  # samples, of a LAME without its tag
_PIECE: Final = 4  # seconds
_LOUDEST: Final = 0.98
_QUALITY: Final = 5  # of LAME, 0 to 9: 2 takes twice as long


def encode(found: Timeline, clips: Mapping[str, Samples]) -> bytes:
    """Return the track as an MP3 without tags."""
    import lameenc  # noqa: PLC0415 - a bot that makes no guide does not load it

    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(RATE)
    encoder.set_out_sample_rate(RATE)
    encoder.set_bit_rate(BITS // 1000)
    encoder.set_quality(_QUALITY)
    encoder.silence()
    encoded = bytearray()
    for piece in pieces(found, clips):
        whole = (np.clip(piece, -_LOUDEST, _LOUDEST) * 32767).astype("<i2")
        encoded += encoder.encode(whole.tobytes())
    encoded += encoder.flush()
    return bytes(encoded)


def pieces(found: Timeline, clips: Mapping[str, Samples]) -> Iterator[Samples]:
    """Yield the samples of the track, some seconds at a time."""
    sounds = sorted(_sounds(found, clips), key=lambda sound: sound[0])
    end, upcoming, sounding = round(found.seconds * RATE), 0, list[tuple[int, Samples]]()
    for start in range(_LATE, end, _PIECE * RATE):
        stop = min(start + _PIECE * RATE, end)
        piece = np.zeros(stop - start, np.float32)
        while upcoming < len(sounds) and sounds[upcoming][0] < stop:
            sounding.append(sounds[upcoming])
            upcoming += 1
        for first, samples in sounding:
            begin, over = max(first, start), min(first + len(samples), stop)
            if begin < over:
                piece[begin - start : over - start] += samples[begin - first : over - first]
        sounding = [sound for sound in sounding if sound[0] + len(sound[1]) > stop]
        yield piece


def _sounds(found: Timeline, clips: Mapping[str, Samples]) -> Iterator[tuple[int, Samples]]:
    """Yield every sound with the sample that it begins at."""
    for cue in found.cues:
        if cue.tone is not None:
            yield round(cue.at * RATE), tone(cue.tone)
        elif cue.word is not None and cue.word in clips:
            yield round(cue.at * RATE), clips[cue.word]
    for beat in found.beats:
        for number in range(int((beat.end - beat.start) / beat.every)):
            yield round((beat.start + number * beat.every) * RATE), tick(number)

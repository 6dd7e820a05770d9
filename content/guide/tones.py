"""The sounds of a guide that are no words: a tone for each change, and soft ticks to run or to lift by.

They lie where small loudspeakers are good, between 400 Hz and 2 kHz, and differ in direction: up where work begins,
down where it gets easy, two pips halfway, three notes at the end.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

import numpy as np

from coach.guide.timeline import TONE_SECONDS, Tone
from content.guide.voices import RATE, Samples

_AMPLITUDE: Final = 0.24  # as loud as the voices, by EBU R128
_TICK_AMPLITUDE: Final = 0.06
_TICK_SECONDS: Final = 0.03
_TICKS: Final = (1320.0, 990.0)  # Hz, by turns
_FADE: Final = 0.012  # seconds, so that nothing clicks
_NOTES: Final[Mapping[Tone, tuple[tuple[float, float, float], ...]]] = {
    Tone.WORK: ((0.0, 0.15, 660.0), (0.15, 0.3, 990.0)),
    Tone.EASE: ((0.0, 0.15, 660.0), (0.15, 0.3, 440.0)),
    Tone.HALFWAY: ((0.0, 0.07, 1175.0), (0.12, 0.08, 1175.0)),
    Tone.END: ((0.0, 0.2, 523.0), (0.2, 0.2, 659.0), (0.4, 0.7, 784.0)),
}
"""Of each tone its notes: when one begins, how long it lasts, in seconds, and its pitch in Hz."""


@cache
def tone(kind: Tone) -> Samples:
    """Return the sound of a change."""
    sound = np.zeros(round(TONE_SECONDS[kind] * RATE), np.float32)
    for start, seconds, pitch in _NOTES[kind]:
        first = round(start * RATE)
        sound[first : first + round(seconds * RATE)] += _note(seconds, pitch, _AMPLITUDE)
    return sound


@cache
def tick(number: int) -> Samples:
    """Return the soft tick of a beat: the even ones are the higher."""
    return _note(_TICK_SECONDS, _TICKS[number % len(_TICKS)], _TICK_AMPLITUDE)


def _note(seconds: float, pitch: float, amplitude: float) -> Samples:
    moments = np.arange(round(seconds * RATE)) / RATE
    wave = np.sin(2 * np.pi * pitch * moments) + 0.25 * np.sin(4 * np.pi * pitch * moments)
    edge = np.minimum(1.0, np.minimum(moments, seconds - moments) / _FADE)
    return (amplitude * edge * wave).astype(np.float32)

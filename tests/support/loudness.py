"""Loudness by ITU-R BS.1770 (EBU R128): K-weighted, gated, of one channel."""

from math import log10, pi, tan

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
BLOCK, STEP = 0.4, 0.1  # seconds
SILENT = -70.0
BELOW = 10.0  # of the mean of what is not silent


def loudness(samples: Samples, rate: int, *, gated: bool = True) -> float:
    """Return the loudness in LUFS; a clip shorter than a block is one block."""
    weighted = k_weighted(samples, rate) ** 2
    size, step = int(BLOCK * rate), int(STEP * rate)
    if not gated or len(weighted) <= size:
        return _level(float(weighted.mean()))
    sums = np.concatenate([[0.0], np.cumsum(weighted)])
    starts = np.arange(0, len(weighted) - size + 1, step)
    power = (sums[starts + size] - sums[starts]) / size
    heard = power[power > 10 ** ((SILENT + 0.691) / 10)]
    if not len(heard):
        return SILENT
    return _level(float(heard[heard > heard.mean() / 10 ** (BELOW / 10)].mean()))


def k_weighted(samples: Samples, rate: int) -> NDArray[np.float64]:
    """Return the samples through the two filters of BS.1770, their coefficients for this rate."""
    spectrum_size = 1 << (len(samples) + rate).bit_length()
    turns = np.exp(-1j * np.linspace(0, pi, spectrum_size // 2 + 1))
    answer = np.ones_like(turns)
    for (b0, b1, b2), (a1, a2) in (_shelf(rate), _high_pass(rate)):
        answer *= (b0 + b1 * turns + b2 * turns**2) / (1 + a1 * turns + a2 * turns**2)
    return np.fft.irfft(np.fft.rfft(samples, spectrum_size) * answer, spectrum_size)[: len(samples)]


def _shelf(rate: int) -> tuple[tuple[float, float, float], tuple[float, float]]:
    frequency, gain, q = 1681.974450955533, 3.999843853973347, 0.7071752369554196
    k, high = tan(pi * frequency / rate), 10 ** (gain / 20)
    band = high**0.4996667741545416
    a0 = 1 + k / q + k * k
    b = ((high + band * k / q + k * k) / a0, 2 * (k * k - high) / a0, (high - band * k / q + k * k) / a0)
    return b, (2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0)


def _high_pass(rate: int) -> tuple[tuple[float, float, float], tuple[float, float]]:
    frequency, q = 38.13547087602444, 0.5003270373238773
    k = tan(pi * frequency / rate)
    a0 = 1 + k / q + k * k
    return (1.0, -2.0, 1.0), (2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0)


def _level(power: float) -> float:
    return -0.691 + 10 * log10(max(power, 1e-12))

"""Teach the sentence model our texts: `python -m training.adapter [--steps N] [--out FILE]`.

Learns two narrow matrices beside each of the model's (LoRA: Hu and others, 2022, arXiv:2106.09685), so that texts of
one entry, red flag or request lie near each other. About a quarter of an hour on one core; seeded, so that the same
texts give the same adapter on the same machine. The weights of the rankers are fitted to it at the next start.
"""

from __future__ import annotations

import argparse
import itertools
import math
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from app.runtime import load_content
from content.understanding.ranking.sentence_model import adapter, encoder
from content.understanding.ranking.sentence_model.model import SIZE
from content.understanding.ranking.sentence_model.wordpiece import WordPieces
from training.activations import Floats
from training.encoder import Batch, Encoder
from training.rows import Task, hasty, tasks

STEPS: Final = 1300
SHIPPED: Final = 0.6
"""The share that ships of what was learned: half-way between the package's model and the one that knows our texts by
heart, others' words are understood better than at either end (WiSE-FT: Wortsman and others, 2022, arXiv:2109.01903)."""
BATCH: Final = 64  # texts
POOL: Final = 40  # batches drawn at once, so that texts of like length go together
RATE: Final = 6e-4
HEAD_RATE: Final = 2e-2
WARM_UP: Final = 60  # steps
SHARPNESS: Final = 12.0
SMOOTHING: Final = 0.05
DECAY: Final = 0.01
CLIP: Final = 1.0
SEED: Final = 1
REPORT_EVERY: Final = 50


class Adam:
    """Adam with decoupled decay (Loshchilov and Hutter, 2019, arXiv:1711.05101)."""

    def __init__(self) -> None:
        self._means: dict[str, tuple[Floats, Floats]] = {}
        self._step = 0

    def begin(self) -> None:
        """Count a step."""
        self._step += 1

    def move(self, name: str, values: Floats, slope: Floats, rate: float, decay: float = 0.0) -> None:
        """Move values in place."""
        mean, square = self._means.get(name) or (np.zeros_like(values), np.zeros_like(values))
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope * slope
        self._means[name] = (mean, square)
        way = mean / (1 - 0.9**self._step) / (np.sqrt(square / (1 - 0.999**self._step)) + 1e-8)
        values -= (rate * (way + decay * values)).astype(np.float32)


class Training:
    """The model, a head a task, and how they learn."""

    def __init__(self, packaged: Path, known: dict[str, Task], steps: int) -> None:
        chance = np.random.default_rng(SEED)
        self.model = Encoder(packaged, chance)
        self._steps = steps
        self._heads: dict[str, tuple[Floats, Floats]] = {
            name: (chance.normal(0, 0.05, (SIZE, task.labels)).astype(np.float32), np.zeros(task.labels, np.float32))
            for name, task in known.items()
        }
        self._adam = Adam()

    def step(self, number: int, batch: Batch) -> float:
        """Learn from a batch; return its loss."""
        loss = self.slopes(batch)
        rate = min(1.0, (number + 1) / WARM_UP) * (0.05 + 0.475 * (1 + math.cos(math.pi * number / self._steps)))
        self._adam.begin()
        for part, values, slope in zip(("weight", "bias"), self._heads[batch.task], self._head_slopes, strict=True):
            self._adam.move(f"{batch.task} {part}", values, slope, rate * HEAD_RATE)
        every = [slope for each in self.model.linear.values() for slope in (each.down_slope, each.up_slope)]
        cut = min(1.0, CLIP / (math.sqrt(sum(float(np.vdot(slope, slope)) for slope in every)) + 1e-6))
        for name, each in self.model.linear.items():
            self._adam.move(f"{name} down", each.down, each.down_slope * cut, rate * RATE, DECAY)
            self._adam.move(f"{name} up", each.up, each.up_slope * cut, rate * RATE, DECAY)
        self.model.refresh()
        return loss

    def slopes(self, batch: Batch) -> float:
        """Leave the slopes of everything that is learned; return the loss (cross-entropy, smoothed)."""
        weight, bias = self._heads[batch.task]
        vectors = self.model.forward(batch)
        scores = (vectors @ weight + bias) * SHARPNESS
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        likely = powers / powers.sum(axis=1, keepdims=True)
        wanted = np.full_like(likely, SMOOTHING / likely.shape[1])
        wanted[np.arange(len(likely)), batch.label] += 1 - SMOOTHING
        slope = ((likely - wanted) * (SHARPNESS / len(likely))).astype(np.float32)
        self._head_slopes = (vectors.T @ slope, slope.sum(axis=0))
        self.model.backward(slope @ weight.T)
        return float(-np.sum(wanted * np.log(np.maximum(likely, 1e-9))) / len(likely))

    _head_slopes: tuple[Floats, Floats]


def batches(known: dict[str, Task], tokenizer: WordPieces) -> Iterator[Batch]:
    """Draw batches for ever: of one task each, of texts of like length."""
    chance = random.Random(SEED)
    while True:
        drawn: list[Batch] = []
        for name, task in known.items():
            chosen = chance.choices(range(len(task.texts)), task.weights, k=round(POOL * task.share) * BATCH)
            written = [(tokenizer.encode(hasty(task.texts[row], chance)), task.label[row]) for row in chosen]
            written.sort(key=lambda each: len(each[0]) + 3 * chance.random())
            for start in range(0, len(written), BATCH):
                some = written[start : start + BATCH]
                drawn.append(Batch.of(name, [ids for ids, _ in some], [label for _, label in some]))
        chance.shuffle(drawn)
        yield from drawn


def main() -> int:
    """Learn, and write the adapter."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--out", type=Path, default=adapter.FILE)
    options = parser.parse_args()
    known = tasks(load_content().language(None))
    training = Training(encoder.packaged_model(), known, options.steps)
    started, losses = time.monotonic(), {name: [0.0] for name in known}
    for number, batch in enumerate(itertools.islice(batches(known, encoder.packaged_tokenizer()), options.steps)):
        losses[batch.task].append(training.step(number, batch))
        if number % REPORT_EVERY == 0:
            told = ", ".join(f"{name} {sum(each[-30:]) / len(each[-30:]):.2f}" for name, each in losses.items())
            print(f"step {number} of {options.steps}, {time.monotonic() - started:.0f} s: {told}", flush=True)
    adapter.write(options.out, {name: each.learned(SHIPPED) for name, each in training.model.linear.items()})
    return 0


if __name__ == "__main__":
    sys.exit(main())

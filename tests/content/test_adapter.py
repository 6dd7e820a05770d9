"""The adapter of the sentence model: added where it belongs, learned by true slopes, regenerable by its command."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from content.understanding.ranking.sentence_model import adapter, encoder
from training.adapter import Training
from training.encoder import Batch
from training.rows import Task, hasty

TEXTS = ["my calf hurts a lot", "what is on today", "move it to friday, please and thank you"]
BIAS = "inner.encoder.layer.0.attention.self.query.bias"


@pytest.fixture(scope="module")
def training() -> Training:
    """A training of three texts whose adapter adds something already."""
    made = Training(encoder.packaged_model(), {"requests": Task(TEXTS, [0, 1, 2], 3, 1.0)}, steps=40)
    chance = np.random.default_rng(2)
    for each in made.model.linear.values():
        each.up[:] = chance.normal(0, 0.02, each.up.shape)
    made.model.refresh()
    return made


def batch() -> Batch:
    tokenizer = encoder.packaged_tokenizer()
    return Batch.of("requests", [tokenizer.encode(text) for text in TEXTS], [0, 1, 2])


@pytest.mark.parametrize(
    "matrix",
    [
        BIAS,
        "inner.encoder.layer.1.attention.output.dense.bias",
        "inner.encoder.layer.2.attention.self.value.bias",
        "inner.encoder.layer.3.intermediate.dense.bias",
        "inner.encoder.layer.5.output.dense.bias",
    ],
)
@pytest.mark.parametrize("part", ["down", "up"])
def test_slopes_are_those_of_the_loss(training: Training, matrix: str, part: str) -> None:
    linear, texts, little = training.model.linear[matrix], batch(), 0.01
    training.slopes(texts)
    values, slope = getattr(linear, part), getattr(linear, f"{part}_slope").copy()
    steepest = np.unravel_index(np.argmax(np.abs(slope)), slope.shape)
    kept, losses = float(values[steepest]), []
    for moved in (kept + little, kept - little, kept):
        values[steepest] = moved
        training.model.refresh()
        losses.append(training.slopes(texts))
    assert slope[steepest] == pytest.approx((losses[0] - losses[1]) / (2 * little), rel=0.05, abs=2e-4)


def test_learning_lowers_the_loss() -> None:
    made = Training(encoder.packaged_model(), {"requests": Task(TEXTS, [0, 1, 2], 3, 1.0)}, steps=12)
    first = made.slopes(batch())
    for step in range(12):
        made.step(step, batch())
    assert made.slopes(batch()) < first / 2


def test_the_model_that_is_trained_is_the_one_that_runs(tmp_path: Path, training: Training) -> None:
    path = tmp_path / "adapter.npz"
    adapter.write(path, {name: each.learned() for name, each in training.model.linear.items()})
    running = encoder.Encoder(adapter.read(path))
    trained = training.model.forward(batch())
    for text, vector in zip(TEXTS, trained, strict=True):
        assert float(running.one(text) @ vector) > 0.98


def test_without_an_adapter_the_package_stays_as_it_is(tmp_path: Path) -> None:
    plain = adapter.read(tmp_path / "adapter.npz")
    matrix, scale = np.asarray([[1, -127], [5, 3]], np.int8), np.asarray([0.5, 0.25], np.float32)
    assert plain.digest == ""
    assert plain.added(BIAS, matrix, scale) == (matrix, scale)


@given(st.integers(0, 2**32 - 1))
def test_what_is_added_is_added(seed: int) -> None:
    chance = np.random.default_rng(seed)
    matrix = chance.integers(-127, 128, (6, 4)).astype(np.int8)
    scale = chance.uniform(0.001, 0.01, 4).astype(np.float32)
    down, up = (chance.normal(0, 0.1, shape).astype(np.float32) for shape in ((6, 2), (2, 4)))
    whole, scales = adapter.Adapter({BIAS: (down, up)}, "x").added(BIAS, matrix, scale)
    assert whole.dtype == np.int8
    wanted = matrix * scale + down @ up
    assert np.abs(whole * scales - wanted).max() <= scales.max() / 2 + 1e-6


@given(st.text(), st.randoms(use_true_random=False))
def test_a_hasty_text_has_words_where_the_text_has(text: str, chance: random.Random) -> None:
    assert bool(hasty(text, chance).strip()) or not text.strip() or not text.strip(".,!?;:'")


def test_the_adapter_that_ships_is_whole() -> None:
    shipped = adapter.read()
    assert len(shipped.sums) == 36
    assert all(np.isfinite(part).all() for pair in shipped.sums.values() for part in pair)


@pytest.mark.parametrize("kept", [b"", b"PK", adapter.FILE.read_bytes()[:5000]])
def test_an_adapter_that_is_cut_off_is_named(tmp_path: Path, kept: bytes) -> None:
    path = tmp_path / "adapter.npz"
    path.write_bytes(kept)
    with pytest.raises(ValueError, match=r"adapter\.npz is damaged"):
        adapter.read(path)


@given(place=st.floats(0, 1), junk=st.binary(min_size=1, max_size=30))
@example(place=0.1, junk=b"\xff" * 30)
def test_bytes_that_were_overwritten_are_named_or_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, place: float, junk: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "adapter.npz"
    narrow = np.linspace(-1, 1, 60, dtype=np.float32)
    adapter.write(path, {BIAS: (narrow.reshape(20, 3), narrow.reshape(3, 20))})
    whole = bytearray(path.read_bytes())
    at = int(place * (len(whole) - len(junk)))
    whole[at : at + len(junk)] = junk
    path.write_bytes(whole)
    try:
        sums = adapter.read(path).sums
    except ValueError as damage:
        assert str(damage).startswith("adapter.npz is damaged")  # noqa: PT017 - either is right
    else:
        assert set(sums) <= {BIAS}
        assert all((np.abs(part) <= 1).all() for pair in sums.values() for part in pair)

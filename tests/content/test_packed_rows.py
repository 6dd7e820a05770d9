"""Rows of meaning in whole numbers: what is compared with them comes out the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.understanding.ranking.packed_rows import BLOCK, PackedRows


@given(st.integers(0, 2 * BLOCK + 1), st.integers(0, 2**32 - 1))
def test_products_are_those_of_the_floats(count: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    rows = chance.normal(size=(count, 24)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    vector = chance.normal(size=24).astype(np.float32)
    vector /= np.linalg.norm(vector)
    packed = PackedRows.of(rows)
    assert len(packed) == count
    one, other = packed.products([vector, -vector])
    assert np.abs(one - rows @ vector).max(initial=0) < 1e-4
    assert np.abs(other + rows @ vector).max(initial=0) < 1e-4
    assert np.abs(packed.unpacked() - rows).max(initial=0) < 1e-4


def test_they_take_half_the_memory() -> None:
    rows = np.ones((BLOCK, 384), np.float32)
    packed = PackedRows.of(rows)
    assert packed.codes.nbytes + packed.steps.nbytes < 0.51 * rows.nbytes


def test_a_row_of_zeros_stays_one() -> None:
    packed = PackedRows.of(np.zeros((2, 3), np.float32))
    assert packed.products([np.ones(3, np.float32)]).tolist() == [[pytest.approx(0)] * 2]

"""Rows of meaning in whole numbers: what is compared with them comes out nearly the same."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.understanding.ranking import kept_arrays
from content.understanding.ranking.packed_rows import Floats, PackedRows


def unit_rows(count: int, seed: int) -> Floats:
    rows = np.random.default_rng(seed).normal(size=(count, 384)).astype(np.float32)
    found: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return found


@given(st.integers(0, 40), st.integers(0, 2**32 - 1))
def test_products_are_nearly_those_of_the_floats(count: int, seed: int) -> None:
    rows, vector = unit_rows(count, seed), unit_rows(1, seed + 1)[0]
    packed = PackedRows.of(rows)
    assert len(packed) == count
    assert packed.products([vector]).dtype == np.float32  # of wider numbers whatever follows takes twice the time
    one, other = packed.products([vector, -vector])
    assert np.abs(one - rows @ vector).max(initial=0) < 3e-3
    assert np.abs(other + rows @ vector).max(initial=0) < 3e-3
    assert np.abs(packed.unpacked() - rows).max(initial=0) < 1e-3


@given(st.integers(0, 2**32 - 1))
def test_a_vector_is_compared_alike_whatever_stands_beside_it(seed: int) -> None:
    packed = PackedRows.of(unit_rows(5, seed))
    one, large = unit_rows(1, seed + 1)[0], unit_rows(1, seed + 2)[0] * 50
    np.testing.assert_array_equal(packed.products([one])[0], packed.products([large, one])[1])


def test_they_take_a_quarter_of_the_memory() -> None:
    rows = np.ones((1024, 384), np.float32)
    packed = PackedRows.of(rows)
    assert packed.columns.nbytes + packed.steps.nbytes < 0.26 * rows.nbytes


def test_rows_that_a_file_keeps_are_the_same_and_outlive_it(tmp_path: Path) -> None:
    packed, vector = PackedRows.of(unit_rows(7, 1)), unit_rows(1, 2)[0]
    kept_arrays.save(tmp_path, "rows", "x", {"other": packed.steps, "columns": packed.columns}, most=1)
    again = PackedRows(kept_arrays.rows(tmp_path, "rows", "x", "columns"), packed.steps, packed.width)
    (tmp_path / "rows-x.npz").unlink()  # the cache may be deleted at any time
    np.testing.assert_array_equal(again.columns, packed.columns, strict=True)
    np.testing.assert_array_equal(again.unpacked(), packed.unpacked())
    np.testing.assert_array_equal(again.products([vector]), packed.products([vector]))


def test_a_row_of_zeros_stays_one() -> None:
    packed = PackedRows.of(np.zeros((2, 3), np.float32))
    assert packed.products([np.ones(3, np.float32)]).tolist() == [[pytest.approx(0)] * 2]
    assert packed.products([np.zeros(3, np.float32)]).tolist() == [[pytest.approx(0)] * 2]

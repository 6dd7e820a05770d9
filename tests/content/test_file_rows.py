"""Rows that stay in their file are those that were written; pieces of words are found by their hashes."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from content.understanding.ranking import kept_arrays
from content.understanding.ranking.file_rows import FREQUENT, FrequentRows
from content.understanding.ranking.ngrams import Vocabulary
from content.understanding.ranking.sentence_model import encoder, model, onnx_format

ROWS = 200


def test_rows_are_those_of_the_array_wherever_they_are(tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    table, rarity = chance.normal(size=(ROWS, 7)).astype(np.float16), chance.normal(size=ROWS).astype(np.float32)
    kept_arrays.save(tmp_path, "finder", "x", {"other": rarity, "table": table}, most=1)
    rows = FrequentRows(table, rarity, kept_arrays.rows(tmp_path, "finder", "x", "table"))
    (tmp_path / "finder-x.npz").unlink()  # the cache may be deleted at any time
    assert len(rows._kept) == ROWS * FREQUENT
    for places in ([], [0], list(range(ROWS)), *chance.integers(0, ROWS, (20, 5)).tolist()):
        np.testing.assert_array_equal(rows[np.asarray(places, np.int32)], table[places], strict=True)


def test_rows_of_words_are_those_of_the_packaged_model() -> None:
    packaged = encoder.packaged_model()
    table = onnx_format.read(packaged.read_bytes())[1]["inner.embeddings.word_embeddings.weight_q"]
    places = [0, 101, 30_521, 2_000]
    np.testing.assert_array_equal(model.word_rows(packaged).of(places), table[places], strict=True)


@given(texts=st.lists(st.lists(st.text("ab武fk", min_size=1, max_size=3), max_size=4), max_size=6))
def test_pieces_are_found_as_in_a_table_of_them(texts: list[list[str]]) -> None:
    counts = [Counter(text) for text in texts]
    known = sorted(piece for piece in {*chain(*texts)} if sum(piece in count for count in counts) > 1)
    vocabulary = Vocabulary.of(counts)
    assert len(vocabulary) == len(known)
    for count in (*counts, Counter(["fk", "武", "new"])):
        places, values = vocabulary.vector(count)
        assert places.tolist() == [known.index(piece) for piece in count if piece in known]
        assert len(values) == len(places)
        assert not len(values) or abs(float(np.linalg.norm(values)) - 1) < 1e-5

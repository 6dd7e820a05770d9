"""The tokenizer gives the numbers that the package `tokenizers` gives, which the model was made with."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from content.library import Content
from content.understanding.ranking.sentence_model import encoder
from content.understanding.ranking.sentence_model.wordpiece import WordPieces
from tests.content.test_finding import lines

TEXTS = st.text(
    st.characters(max_codepoint=0x17F)
    | st.sampled_from("ßİςΣ\u0301\u200d’–中文한ёД💪🏽\u2028\x85\ufffd")
    | st.just(" ")
)
SPECIAL = st.sampled_from(["[SEP]", "[CLS]", "[MASK]", "[PAD]", "[UNK]", "[ SEP]", "[sep]", "x" * 101])


@cache
def theirs() -> Tokenizer:
    """The package's tokenizer, set up as ours is."""
    table = Tokenizer.from_file(str(encoder._file(*encoder.TOKENIZER)))
    table.no_padding()
    table.enable_truncation(encoder.MAX_TOKENS)
    return table


@cache
def ours() -> WordPieces:
    """Our tokenizer, read once."""
    return encoder.packaged_tokenizer()


def test_what_people_say_is_cut_as_the_package_cuts_it(content: Content) -> None:
    texts = [text for _, text in (*lines("more_questions.tsv"), *lines("more_redflags.tsv"), *lines("own_outside.tsv"))]
    for entry in content.language(None).entries.values():
        texts += [*entry.phrasings[:5], *entry.text.splitlines()]
    assert len(texts) > 3000
    assert [text for text in texts if ours().encode(text) != theirs().encode(text).ids] == []


@given(parts=st.lists(TEXTS | SPECIAL, max_size=6))
def test_any_text_is_cut_as_the_package_cuts_it(parts: list[str]) -> None:
    text = "".join(parts)
    assert ours().encode(text) == theirs().encode(text).ids

"""Windows of a message: nothing gets lost, and the window of a long example that tells its kind is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.understanding.red_flags.windows import MAX_WINDOWS, MAX_WORDS, alarm, telling, windows, windows_to_read


def test_a_short_message_is_its_own_window() -> None:
    assert windows("my calf is swollen") == ["my calf is swollen"]


def test_a_short_message_of_two_sentences_is_one_window() -> None:
    assert windows("Nice run.\nThen my chest went tight!") == ["Nice run. Then my chest went tight!"]


@pytest.mark.parametrize("greeting", ["Good evening.", "Morning!", "Hello, me again."])
def test_a_short_message_is_looked_at_without_its_greeting_too(greeting: str) -> None:
    assert windows_to_read(f"{greeting}\nMy calf is swollen") == [
        f"{greeting} My calf is swollen",
        "My calf is swollen",
    ]


def test_a_short_message_without_a_greeting_is_looked_at_as_it_is() -> None:
    for text in ("my calf is swollen", "Nice run today I think. Then my chest went tight!", "Morning!"):
        assert windows_to_read(text) == windows(text)


def test_sentences_of_a_long_message_and_neighbours_that_fit_together_are_windows() -> None:
    before = "We set out early because the forecast said that it would be hot by noon in the whole valley."
    found = windows(f"{before} Nice run.\nThen my chest went tight! I walked home.")
    assert before in found
    assert "Then my chest went tight!" in found
    assert "Nice run. Then my chest went tight!" in found
    assert all(len(part.split()) <= MAX_WORDS for part in found)


def test_a_long_sentence_is_cut_into_parts_that_overlap() -> None:
    said = " ".join(f"word{number}" for number in range(50))
    found = windows(said)
    assert all(len(part.split()) <= MAX_WORDS for part in found)
    for start in range(40):
        assert any(f"word{start} word{start + 1} word{start + 2}" in part for part in found), start


@given(st.text(max_size=3000))
def test_any_text_has_windows_but_not_too_many(text: str) -> None:
    assert 1 <= len(windows(text)) <= MAX_WINDOWS


@given(st.lists(st.sampled_from(["ran", "hill", "chest.", "tight", "then"]), min_size=1, max_size=200))
def test_no_word_is_left_out_of_a_message_of_usual_length(said: list[str]) -> None:
    numbered = [f"{word[:-1]}{place}." if word.endswith(".") else f"{word}{place}" for place, word in enumerate(said)]
    seen = {word for part in windows(" ".join(numbered)) for word in part.split()}
    assert set(numbered[:150]) <= seen


def test_what_speaks_like_a_red_flag_is_told_from_ordinary_talk() -> None:
    ordinary = ["how many raises a week", "is running uphill good for calves"]
    speaks = alarm({"chest": ["my chest hurts", "tight chest when running uphill"]}, ordinary)
    assert speaks("tight chest") > speaks("running uphill")
    assert speaks("how many raises a week") == 0


def test_the_window_that_tells_its_kind_is_taken_from_a_long_example() -> None:
    window = telling({
        "chest": ["my chest went tight", "tight chest on the hill", "pressure in the chest"],
        "nerve": ["my foot drops", "numb foot", "foot slaps on the floor"],
    })  # fmt: skip
    story = "We had a lovely day at the lake with the kids. My chest was tight on the way up. See you soon!"
    assert "chest was tight" in window("chest", story)

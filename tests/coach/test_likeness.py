"""Questions that ask the same are put together, whatever is thrown at it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.question_clustering import Asked, Group, cluster, telling, words
from tests.support.vocabularies import ENGLISH

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def asked(*texts: str) -> list[Asked]:
    return [Asked(number, text, START + timedelta(minutes=number)) for number, text in enumerate(texts, start=1)]


def together(*texts: str) -> list[set[str]]:
    return [set(group.wordings) for group in cluster(asked(*texts), ENGLISH.common)]


def test_words_are_small_and_without_accents() -> None:
    assert words("Don't my CALFS hurt? Café!") == ["dont", "my", "calfs", "hurt", "cafe"]
    assert telling("how do I get bigger calves?", ENGLISH.common) == ["bigger", "calves"]
    assert telling("how do I?", ENGLISH.common) == ["how", "do", "i"], "all, where none matters"


@pytest.mark.parametrize(
    "same",
    [
        ("is stairmaster good for calves", "stair master good for calfs?", "does the stairmaster build calves"),
        ("should I wear compression socks", "compression socks after running?"),
        ("is swimming good for calves", "does swimming build calves"),
        ("BCAA", "are bcaas any good"),
    ],
)
def test_the_same_in_other_words_is_one_group(same: tuple[str, ...]) -> None:
    assert together(*same) == [set(same)]


def test_what_differs_stays_apart() -> None:
    texts = ("is swimming good for me", "rowing machine", "vegan diet", "how do I dye my hair", "shoes?")
    assert len(together(*texts)) == len(texts)


def test_the_largest_group_comes_first_then_the_latest() -> None:
    groups = cluster(
        asked("rowing?", "vegan diet", "is swimming ok", "Is swimming OK?", "keto diet plan"), ENGLISH.common
    )
    assert [group.text for group in groups] == ["is swimming ok", "keto diet plan", "vegan diet", "rowing?"]


def test_a_group_shows_its_commonest_wording_its_first_moment_and_who_waits() -> None:
    group = Group(
        (
            Asked(1, "Swimming?", START + timedelta(days=1), waiting=1),
            Asked(2, "swimming", START + timedelta(days=2)),
            Asked(3, "swimming", START, waiting=2),
        )
    )
    assert (group.text, group.first, group.waiting) == ("swimming", START, 3)
    assert group.wordings == ("swimming", "Swimming?")


@given(st.lists(st.text(max_size=30), max_size=30))
@settings(max_examples=50)
def test_every_question_is_in_one_group_and_equal_words_in_the_same(texts: list[str]) -> None:
    questions = asked(*texts)
    groups = cluster(questions, ENGLISH.common)
    assert sorted(one.id for group in groups for one in group.asked) == [one.id for one in questions]
    place = {one.id: number for number, group in enumerate(groups) for one in group.asked}
    for one in questions:
        for other in questions:
            if words(one.text) == words(other.text):
                assert place[one.id] == place[other.id]
    sizes = [len(group.asked) for group in groups]
    assert sizes == sorted(sizes, reverse=True)

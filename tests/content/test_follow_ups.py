"""Follow-ups: what they are read as after a page, and that a message that stands on its own is not bent."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.support.questions import follow_ups, questions, shown
from coach.requests import ShownItem
from content.library import Content, FaqSearch, SearchResult
from content.schema.problems import Problem
from content.understanding.follow_ups.texts import page_of, read_follow_ups
from content.understanding.ranking.ngrams import words
from content.understanding.search import PLAIN_FROM

QUESTIONS = Path(__file__).parent / "questions"
OWN = QUESTIONS / "own_followups.tsv"
FOLDER = Path(__file__).parents[2] / "content/en/understanding/follow_ups"


@pytest.fixture(scope="module")
def finder(content: Content) -> FaqSearch:
    return content.language("en").finder


def result(found: SearchResult) -> tuple[object, ...]:
    return found.outcome, found.entry, found.candidates, found.safety


def test_follow_ups_find_their_entry(finder: FaqSearch) -> None:
    asked = [(wanted, finder.find(text, after)) for after, wanted, text in follow_ups(OWN)]
    ours = [(wanted, found) for wanted, found in asked if wanted]
    assert sum(found.candidates[0].entry in wanted for wanted, found in ours) / len(ours) >= 0.89
    assert sum(found.entry in wanted for wanted, found in ours) / len(ours) >= 0.82
    assert sum(found.outcome == "answer" and found.entry not in wanted for wanted, found in asked) / len(asked) <= 0.05


@pytest.mark.parametrize(
    ("after", "text", "entry"),
    [
        ("hill-sprints", "and how often?", "sprint-frequency"),
        ("seated-or-standing-calf-raise", "and how often?", "calf-training-frequency"),
        ("calf-sets-and-reps", "what about seated", "seated-or-standing-calf-raise"),
        ("calf-sets-and-reps", "even at 55?", "training-after-50"),
        ("running-builds-calves", "how long until I see it", "time-to-results"),
        ("exercise/single-leg-calf-raise", "how many is good", "how-many-calf-raises"),
        ("exercise/single-leg-calf-raise", "how many of those should I manage", "how-many-calf-raises"),
    ],
)
def test_a_follow_up_is_about_the_page_before(finder: FaqSearch, after: str, text: str, entry: str) -> None:
    assert finder.find(text, shown(after)).entry == entry


@pytest.mark.parametrize("text", ["the second one", "2nd one", "Number two!"])
def test_a_listed_entry_is_named_by_its_place(finder: FaqSearch, content: Content, text: str) -> None:
    related = content.language("en").entries["hill-sprints"].related
    assert finder.find(text, ShownItem(entry="hill-sprints")).entry == related[1]


def test_a_place_that_no_entry_has_is_not_answered(finder: FaqSearch, content: Content) -> None:
    assert len(content.language("en").entries["trail-running"].related) == 3
    assert finder.find("the fourth one", ShownItem(entry="trail-running")).outcome != "answer"


@pytest.mark.parametrize("text", ["says who?", "which brand", "where can i buy it"])
def test_a_follow_up_that_no_entry_answers_is_not_answered(finder: FaqSearch, text: str) -> None:
    assert finder.find(text, ShownItem(entry="creatine")).outcome != "answer"


def test_new_questions_lose_nothing_by_an_unrelated_page(finder: FaqSearch, content: Content) -> None:
    pages = list(content.language("en").entries)
    asked = [*questions("dev_questions.tsv"), *questions("own_questions.tsv"), *questions("more_questions.tsv")[::4]]
    alone = sum(finder.find(text).entry == slug for slug, text in asked)
    behind = sum(
        finder.find(text, ShownItem(entry=pages[number * 37 % len(pages)])).entry == slug
        for number, (slug, text) in enumerate(asked)
    )
    assert behind >= alone - 0.005 * len(asked)


@settings(max_examples=40, deadline=None)
@given(place=st.integers(0, 10_000), number=st.integers(0, 10_000))
def test_a_question_that_is_sure_on_its_own_is_not_bent(
    finder: FaqSearch, content: Content, place: int, number: int
) -> None:
    pages = list(content.language("en").entries)
    asked = questions("more_questions.tsv")
    text = asked[number % len(asked)][1]
    alone = finder.find(text)
    if alone.outcome == "answer" and alone.candidates[0].score >= PLAIN_FROM:
        assert finder.find(text, ShownItem(entry=pages[place % len(pages)])).entry == alone.entry


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=200), after=st.sampled_from([ShownItem(), ShownItem(entry="no-such-page")]))
def test_without_a_page_nothing_changes(finder: FaqSearch, text: str, after: ShownItem) -> None:
    assert result(finder.find(text, after)) == result(finder.find(text))


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=200), number=st.integers(0, 10_000))
def test_any_text_gets_an_outcome_after_any_page(finder: FaqSearch, content: Content, text: str, number: int) -> None:
    pages = list(content.language("en").entries)
    found = finder.find(text, ShownItem(entry=pages[number % len(pages)]))
    assert (found.entry is not None) == (found.outcome == "answer")
    assert found.safety == finder.find(text).safety
    assert all(0 <= candidate.score <= 1 for candidate in found.candidates)


def test_a_red_flag_goes_first_after_any_page(finder: FaqSearch) -> None:
    found = finder.find("and now my calf is hot, red and swollen", ShownItem(entry="sore-calves"))
    assert (found.outcome, found.entry) == ("safety", None)


def test_nothing_is_learned_from_the_follow_ups_it_is_measured_on() -> None:
    learned = {
        " ".join(words(line.split("\t")[2]))
        for path in FOLDER.glob("*.tsv")
        for line in path.read_text("utf-8").splitlines()
    }
    measured = {" ".join(words(text)) for _, _, text in follow_ups(OWN)}
    assert measured & learned == set()


def test_pages_are_named(content: Content) -> None:
    topics = read_follow_ups(FOLDER, FOLDER.parents[2], [], ()).topics
    language = content.language("en")
    items = [*(ShownItem(entry=slug) for slug in language.entries),
             *(ShownItem(exercise=slug) for slug in language.exercises),
             *(ShownItem(workout=slug) for slug in language.workouts)]  # fmt: skip
    assert {page_of(item) for item in items} == set(topics)
    assert page_of(ShownItem()) is None


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("some.tsv", "hop\trest\n", "tabs between"),
        ("some.tsv", "hop\trest\t?\n", "tabs between"),
        ("some.tsv", "hop\tgone\tand then\n", "unknown page 'gone'"),
        ("topics.yaml", "entries:\n  gone: going\n", "unknown page 'gone'"),
        ("topics.yaml", "exercises:\n  hop: {about: [rest]}\n", "'hop' needs a topic"),
    ],
)
def test_a_mistake_is_reported(tmp_path: Path, name: str, text: str, told: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    faults: list[Problem] = []
    read_follow_ups(tmp_path, tmp_path, faults, {"hop", "rest"})
    assert [fault.text for fault in faults if told in fault.text]

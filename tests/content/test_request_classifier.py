"""The classifier of requests: its weights fit its signs, and nothing else learns the lines that it learns from."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Final

import pytest

from coach.requests import Intent, ShownItem
from content.library import Content, Language
from content.schema.problems import Problem
from content.understanding.ranking.ngrams import words
from content.understanding.requests.classifier.signs import signs_of
from content.understanding.requests.classifier.weights import CONSTANT, RequestClassifier, read_classifier
from content.understanding.requests.ranked import likely_intents, with_named
from content.understanding.requests.reader import read_requests
from content.understanding.requests.slots.heard import Heard, Moment
from content.understanding.requests.slots.readers import read_slots
from training.classifier import fit, signs_and_truth

REQUESTS: Final = Path(__file__).parents[2] / "content/en/understanding/requests"
NOW: Final = datetime(2026, 11, 26, 18, 10)  # noqa: DTZ001 - a person's own time
SHOWN: Final = {
    "an entry": ShownItem(entry="calf-cramps"),
    "a session": ShownItem(session=date(2026, 11, 26), workout="calves-a"),
    "an exercise": ShownItem(exercise="lunge"),
}


def signs(english: Language, text: str, after: ShownItem | None = None) -> dict[str, float]:
    """Return the signs of a move."""
    found = english.finder.find(text, after)
    heard = Heard(
        text, Moment(NOW, after=after), english.vocabulary, english.exercise_names, english.goal_words,
        english.person_words,
    )  # fmt: skip
    assert found.intents is not None
    ranked = with_named(found.intents, heard)
    likely = likely_intents(ranked, heard)
    return signs_of(Intent.MOVE, likely, found, ranked, heard, read_slots(Intent.MOVE, heard))


@pytest.fixture(scope="module")
def english(content: Content) -> Language:
    english = content.language("en")
    english.finder.warm()
    return english


def test_every_sign_has_a_weight_and_every_weight_a_sign(english: Language) -> None:
    known = {CONSTANT, *(f"is {intent.value}" for intent in Intent), *(f"behind {kind}" for kind in SHOWN)}
    for after in SHOWN.values():
        known |= signs(english, "could you move this one to friday, please?", after).keys()
    assert english.request_classifier.weights.keys() <= known
    unweighed = {name for name in known - english.request_classifier.weights.keys() if not name.startswith("is ")}
    assert unweighed == set()


def test_a_classifier_without_weights_knows_nothing() -> None:
    assert RequestClassifier().probability({"likely": 3.0}) == 0.5


def test_what_speaks_for_an_intent_makes_it_likelier(english: Language) -> None:
    plain, doubted = signs(english, "move my session to friday"), signs(english, "my gym moved to friday nights")
    weigh = english.request_classifier.probability
    assert weigh(plain) > 0.7 > 0.1 > weigh(doubted)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("nah push todays one to sat, got my mate's stag", Intent.MOVE),
        ("knocked out the calf thing before breakfast, proper 8", Intent.DONE),
        ("scales say 71.3 today btw", Intent.WEIGHT),
        ("id like to know whats planned for thursday please", Intent.SHOW_DAY),
    ],
)
def test_what_is_said_in_other_words_is_carried_out(english: Language, text: str, intent: Intent) -> None:
    read = read_requests(text, english.finder.find(text), english, Moment(NOW))
    assert [each.intent for each in read.requests] == [intent]


@pytest.mark.parametrize(
    "text",
    ["my brother moved to Friday harbour last year", "the gym reminds me of school", "she weighs her flour first"],
)
def test_what_only_sounds_like_a_request_is_none(english: Language, text: str) -> None:
    assert read_requests(text, english.finder.find(text), english, Moment(NOW)).requests == ()


def test_nothing_else_learns_the_lines_that_it_learns_from() -> None:
    lines = (REQUESTS / "labelled.tsv").read_text("utf-8").splitlines()
    labelled = {" ".join(words(line.rpartition("\t")[2])) for line in lines}
    folder = REQUESTS.parents[1]
    learned = {" ".join(words(line)) for path in folder.rglob("*.txt") for line in path.read_text("utf-8").splitlines()}
    followed = [path.read_text("utf-8").splitlines() for path in folder.rglob("follow_ups/*.tsv")]
    learned |= {" ".join(words(line.rpartition("\t")[2])) for lines in followed for line in lines}
    assert len(labelled) > 1000
    assert labelled & learned <= {""}


def test_every_line_says_which_intents_are_right() -> None:
    lines = (REQUESTS / "labelled.tsv").read_text("utf-8").splitlines()
    named = {intent for line in lines for intent in line.split("\t")[0].split("|")}
    assert named <= {"none", *(intent.value for intent in Intent)}
    assert {len(line.split("\t")) for line in lines} == {3}


def test_signs_are_weighed_by_what_told_the_lines_apart(english: Language, tmp_path: Path) -> None:
    path = tmp_path / "labelled.tsv"
    path.write_text(
        "move\t\tcan we shift friday's to sunday\n"
        "sets\texercise lunge\t12, 11, 10\n"
        "none\tentry calf-cramps\tshe moved to Leeds for the job\n"
        "none\t\tmy dad skips rope every sunday at eighty, would you believe\n",
        encoding="utf-8",
    )
    told = list(signs_and_truth(english, path))
    weights = fit(told)
    classifier = RequestClassifier(weights)
    right = [classifier.probability(each) for each, truth in told if truth]
    wrong = [classifier.probability(each) for each, truth in told if not truth]
    assert min(right) > max(wrong, default=0)


def test_a_line_without_a_weight_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "classifier.tsv"
    path.write_text("likely\t1.5\nquestion\n", encoding="utf-8")
    faults: list[Problem] = []
    assert read_classifier(path, tmp_path, faults).weights == {"likely": 1.5}
    assert [str(fault) for fault in faults] == ["classifier.tsv:2 'question' has no weight"]

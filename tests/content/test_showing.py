"""Wishes to be shown an exercise, read as a whole."""

from pathlib import Path

import pytest

from content.library import Content
from content.schema.problems import Problem
from content.understanding.exercise_lookup import ASKED, read_exercise_names
from tests.content.test_finding import QUESTIONS, lines


@pytest.mark.parametrize(
    ("text", "exercise"),
    [
        ("How do I do a calf raise?", "standing-calf-raise"),
        ("what is a calf raise", "standing-calf-raise"),
        ("how to do pogo hops properly??", "pogo-hops"),
        ("Squats!", "bodyweight-squat"),
        ("show me the single-leg calf raise", "single-leg-calf-raise"),
        ("RDL form", "romanian-deadlift"),
        ("how many calf raises should i do", None),
        ("calf raises hurt my knee", None),
        ("", None),
        ("how do i do", None),
    ],
)
def test_an_exercise_is_asked_for_as_a_whole(content: Content, text: str, exercise: str | None) -> None:
    assert content.language("en").exercise_of(text) == exercise


def test_no_question_that_has_an_answer_is_taken_for_one(content: Content) -> None:
    english = content.language("en")
    asked = [text for entry in english.entries.values() for text in (entry.question, *entry.phrasings)]
    asked += [text for path in sorted(QUESTIONS.glob("*_questions.tsv")) for _, text in lines(path.name)]
    assert [text for text in asked if english.exercise_of(text)] == []


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("ways: [how to]\njump-rope: [rope]\n", "understanding/exercises.yaml:1 'how to' should name {exercise} once"),
        ("ways: ['{exercise}']\nhopping: [hop]\n", "understanding/exercises.yaml:2 unknown exercise 'hopping'"),
        (
            "ways: ['{exercise}']\njump-rope: [rope]\npogo-hops: [Rope!]\n",
            "understanding/exercises.yaml:3 'rope' already means 'jump-rope'",
        ),
    ],
)
def test_what_is_wrong_is_named(content: Content, tmp_path: Path, written: str, fault: str) -> None:
    folder = tmp_path / "understanding"
    folder.mkdir()
    (folder / ASKED).write_text(written, encoding="utf-8")
    faults: list[Problem] = []
    read_exercise_names(folder, content.language("en").exercises, tmp_path, faults)
    assert [str(each) for each in faults] == [fault]

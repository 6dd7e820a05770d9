"""Vocabularies: every mistake in the words of a language is found with its line, and what lacks is English's."""

from datetime import date
from pathlib import Path

import pytest

from app.runtime import CONTENT
from coach.parsing.pause_end import parse_until
from coach.parsing.vocabulary import Vocabulary, any_of
from coach.user_errors import PauseNotUnderstood
from content.schema.problems import Problem
from content.understanding.vocabulary import FILE, read_vocabulary
from tests.support.vocabularies import ENGLISH

FOLDER = CONTENT / "en/understanding"
TEXT = (FOLDER / FILE).read_text("utf-8")


def faults_of(folder: Path, text: str, english: Path | None = FOLDER) -> list[str]:
    (folder / FILE).write_text(text, "utf-8")
    faults: list[Problem] = []
    read_vocabulary(folder, folder, faults, english)
    return [str(fault) for fault in faults]


def test_english_is_whole() -> None:
    faults: list[Problem] = []
    words, borrowed = read_vocabulary(FOLDER, CONTENT, faults)
    assert (faults, borrowed) == ([], ())
    empty = Vocabulary()
    same = [name for name, part in vars(words).items() if part == getattr(empty, name)]
    assert same == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("days:\n  names: lundo, mardo\n", "vocabulary.yaml:2 'names' has 2; it needs 7"),
        ("days:\n  every: ĉiu\n  evry: x\n", "vocabulary.yaml:3 unknown field 'evry'"),
        ("dayz:\n  every: ĉiu\n", "vocabulary.yaml:1 unknown field 'dayz'"),
        ("days:\n  monday: lun, mar\n  tuesday: mar\n", "vocabulary.yaml:3 'mar' already means 'monday'"),
        ("days:\n  but: krom,, ne\n", "vocabulary.yaml:2 'but' has nothing between two commas"),
        ("days:\n  but: ne, Ne\n", "vocabulary.yaml:2 'but' names 'ne' twice"),
        ("days:\n  but: tute ne\n", "vocabulary.yaml:2 'but' holds single words, and 'tute ne' is several"),
        ("schedule:\n  turn_off: no\n", "vocabulary.yaml:2 'turn_off' should be a line of text"),
        ("numbers:\n  unu: 1\n", "vocabulary.yaml:2 unknown field 'unu'"),
        ("numbers:\n  1: unu\n  2: unu\n", "vocabulary.yaml:3 'unu' already means '1'"),
        ("places:\n  countries:\n    germany: DE\n", "vocabulary.yaml:3 unknown field 'germany'"),
        ("days: lundo\n", "vocabulary.yaml:1 'days' should be a group, such as {default: 5}"),
        ("- days\n", "vocabulary.yaml:1 should be 'key: value' lines"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, text: str, fault: str) -> None:
    assert faults_of(tmp_path, text) == [fault]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("  midnight: midnight\n", "", "'midnight' is missing"),
        ("questions:\n", "questionz:\n", "'questions' is missing"),
        ("  article: a,", "  artikel: a,", "'article' is missing"),
    ],
)
def test_english_may_lack_no_key(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in TEXT
    assert any(found.endswith(fault) for found in faults_of(tmp_path, TEXT.replace(old, new), None))


def test_another_language_takes_what_it_lacks_key_by_key(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        "days:\n  but: krom\nnumbers:\n  11: dek unu, DEKUNU\nsafety:\n  denials: sen\n", "utf-8"
    )
    faults: list[Problem] = []
    words, borrowed = read_vocabulary(tmp_path, tmp_path, faults, FOLDER)
    assert faults == []
    assert words.days.but == {"krom"}
    assert words.days.through == ENGLISH.days.through
    assert words.numbers.values == {"dek unu": 11, "dekunu": 11}
    assert f"{FILE} days.through" in borrowed
    assert not {f"{FILE} days.but", f"{FILE} numbers.1"} & set(borrowed)


def test_around_red_flags_english_counts_in_every_language(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("safety:\n  denials: sen\nnumbers:\n  11: dekunu\n", "utf-8")
    words, _ = read_vocabulary(tmp_path, tmp_path, [], FOLDER)
    assert words.safety.denials == ENGLISH.safety.denials | {"sen"}
    assert words.safety.numbers == {**ENGLISH.safety.numbers, "dekunu": "11"}


def test_words_are_folded_as_what_is_typed(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("days:\n  tomorrow: Ｍorgaŭ\nplaces:\n  near: Ĉe\n", "utf-8")
    words, _ = read_vocabulary(tmp_path, tmp_path, [], FOLDER)
    assert words.days.tomorrow == {"morgaŭ"}
    assert words.places.near == {"ce"}


def test_no_words_fit_nothing() -> None:
    assert any_of(()) == "(?!)"
    with pytest.raises(PauseNotUnderstood):
        parse_until("until friday", date(2026, 3, 2), Vocabulary())

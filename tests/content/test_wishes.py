"""Wishes are told from questions by the whole message, however politely it is said."""

from pathlib import Path

import pytest

from content.library import Content
from content.schema.problems import Problem
from content.understanding.intents import Command, Commands, read_commands

FOLDER = Path(__file__).parents[2] / "content/en/understanding/commands"


@pytest.fixture
def english(content: Content) -> Commands:
    return content.language("en").messages.wishes


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("Done!", Command.DONE),
        ("I’m done 🙂", None),
        ("i'm done, thanks", Command.DONE),
        ("Why do you ask?", Command.WHY),
        ("skip this please", Command.SKIP),
        ("am i done growing calves", None),
        ("please", None),
        ("", None),
        ("done " * 100, None),
    ],
)
def test_a_wish_is_a_whole_message(english: Commands, text: str, wish: Command | None) -> None:
    assert english.read(text) is wish


def test_no_phrase_of_an_answer_or_a_red_flag_is_a_wish(content: Content, english: Commands) -> None:
    entries = content.language("en").entries.values()
    asked = [text for entry in entries for text in (entry.question, *entry.phrasings)]
    for path in (FOLDER.parent / "safety").glob("*.txt"):
        asked += path.read_text("utf-8").splitlines()
    assert [text for text in asked if english.read(text) is not None] == []


def test_no_wish_is_small_talk_or_taken_for_a_red_flag(content: Content) -> None:
    lines = [line for wish in Command for line in (FOLDER / f"{wish}.txt").read_text("utf-8").splitlines()]
    language = content.language("en")
    assert [line for line in lines if language.messages.small_talk.kind_of(line)] == []
    assert [line for line in lines if language.finder.find(line).outcome == "safety"] == []


def test_every_wish_has_phrases(english: Commands) -> None:
    assert set(english.wholes.values()) == set(Command)


def test_each_mistake_is_reported_with_file_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "en/wishes"
    folder.mkdir(parents=True)
    (folder / "besides.txt").write_text("please\n...\n", encoding="utf-8")
    (folder / "done.txt").write_text("done\nDone!\n", encoding="utf-8")
    (folder / "coffee.txt").write_text("coffee\n", encoding="utf-8")
    faults: list[Problem] = []
    wishes = read_commands(folder, tmp_path, faults)
    assert [str(fault).partition(";")[0] for fault in faults] == [
        "en/wishes/besides.txt:2 is no phrase: it needs a word, and is short",
        "en/wishes/coffee.txt:1 unknown wish 'coffee'",
        "en/wishes/done.txt:2 says the same as done.txt:1",
    ]
    assert wishes.read("done please") is Command.DONE


def test_another_language_adds_its_own(tmp_path: Path, english: Commands) -> None:
    (tmp_path / "done.txt").write_text("fertig\n", encoding="utf-8")
    theirs = read_commands(tmp_path, tmp_path, [], english)
    assert theirs.read("fertig") is theirs.read("done") is Command.DONE

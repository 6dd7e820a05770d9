"""`bot.py check` on a copy of the content that somebody edited: every kind of fault is found, with its place."""

import logging
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final
from zipfile import ZipFile

import pytest

import bot
from app.runtime import CONTENT

Command = Callable[..., int]
LONG: str = "Calves like patience and a little load each week. " * 70


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """A copy of the content, to be spoilt."""
    shutil.copytree(CONTENT / "en", tmp_path / "content" / "en")
    return tmp_path / "content"


@pytest.fixture
def check(edited: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], int]]:
    """`bot.py check --content` of that copy, in this process."""
    monkeypatch.chdir(edited.parent)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{edited.parent / 'coach.db'}")
    root, handlers, level = logging.getLogger(), logging.getLogger().handlers[:], logging.getLogger().level
    yield lambda: bot.main(["check", "--content", str(edited)])
    root.handlers[:] = handlers
    root.setLevel(level)


def change(folder: Path, name: str, old: str, new: str) -> int:
    """Replace the first `old`, which must be there, and return its line."""
    path = folder / "en" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


ANKLES = "faq/ankle-weights.md"


FAULTS: Final = (
    (ANKLES, "confidence: medium\n", "", "'confidence' is missing"),
    (ANKLES, "exercises: [standing-calf-raise,", "exercises: [calf-rise,", "unknown exercise 'calf-rise'"),
    (ANKLES, "action: add-calf-raises", "action: add-calves", "unknown action 'add-calves'"),
    (ANKLES, "**No, not while running.**", LONG, "fit a message"),
    ("faq/weighted-vest.md", "related: [", "related: [weighted-west, ", "unknown entry 'weighted-west'"),
    ("faq/calf-cramps.md", "sources: [", "sources: [clermont-1988, ", "unknown source 'clermont-1988'"),
    ("faq/creatine.md", "category: ", "category: x-", "unknown category 'x-"),
    ("faq/caffeine.md", "**", "<div>No</div> **", "HTML is not part of the subset"),
    ("messages/faq/entry.j2", "{{ entry.question }}", "{% nonsense %}", "unknown tag 'nonsense'"),
    ("understanding/smalltalk/greeting.txt", "hiya\n", "Hi!\n", "says the same as greeting.txt:1"),
)
"""Edits of a file, and the complaint that each must give, at its line."""


def test_each_kind_of_fault_is_found_with_its_place(
    check: Callable[[], int], edited: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All at once, for one fault hides no other, not even that of a file that cannot be read."""
    lines = [(change(edited, name, old, new), name, said) for name, old, new, said in FAULTS]
    (edited / "en/faq/protein-amount.md").write_bytes(b"\xff\xfe junk")
    phrasing = (edited / "en/faq/achilles-pain.txt").read_text("utf-8").splitlines()[-1]
    with (edited / "en/faq/ankle-weights.txt").open("a", encoding="utf-8") as file:
        file.write(f"\n{phrasing.upper()}!\n")
    assert check() == 1
    complaints = capsys.readouterr().err.splitlines()
    for line, name, said in lines:
        [complaint] = [each for each in complaints if said in each]
        file_, _, number = complaint.split(" ")[0].rpartition(":")
        assert file_ == f"en/{name}"
        assert int(number) in {1, 2, line, line + 1}
    for said in ("protein-amount.md:1 is not UTF-8 text", "asks the same as"):
        assert len([each for each in complaints if said in each]) == 1, complaints


GONE: Final = (
    ("workouts/hill-sprints.yaml", "en/workouts/hill-sprints.yaml:1 is missing: plans name it"),
    ("messages/today/session.j2", "en/messages/today/session.j2:1 is missing"),
    ("messages/labels.yaml", "en/messages/labels.yaml:1 label 'done' is missing"),
    ("messages/check/_left.j2", "en/messages/today/done.j2:"),
)
"""Files, and what is said where they are missing."""


def test_what_the_code_needs_and_is_gone_is_found(
    check: Callable[[], int], edited: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, _ in GONE:
        (edited / "en" / name).unlink()
    assert check() == 1
    complaints = capsys.readouterr().err
    for _, said in GONE:
        assert said in complaints


SLIPS: Final = (
    ("messages/labels.yaml", "done: Done\n", "", "label 'done' is missing"),
    ("messages/labels.yaml", "Tonight {time}", "Tonight {tiem}", "'tonight' can be filled in with {time} only"),
    ("messages/labels.yaml", "{minutes} min", "{minutes min", "'minutes' can be filled in with {minutes} only"),
    ("messages/labels.yaml", "Mo Tu We", "Mo Tu", "label 'weekday_initials' should have 7 names"),
    ("messages/reminders/strength.j2", "{{ minutes }}", "{{ minuets }}", "unknown value 'minuets'"),
    ("messages/reminders/_known.j2", "known", "konwn", "unknown value 'konwn'"),
    (
        "messages/today/done.j2",
        "check/_left.j2",
        "check/_lift.j2",
        "takes in 'check/_lift.j2', which does not exist",
    ),
)


def test_slips_in_messages_are_found_before_they_are_sent(
    check: Callable[[], int], edited: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [(change(edited, name, old, new), name, said) for name, old, new, said in SLIPS]
    assert check() == 1
    complaints = capsys.readouterr().err.splitlines()
    for line, name, said in lines:
        [complaint] = [each for each in complaints if said in each]
        assert complaint.startswith((f"en/{name}:{line} ", f"en/{name}:1 "))
    assert len(complaints) == len(SLIPS), complaints


def test_another_language_is_looked_through_for_slips_and_lacks_nothing(
    check: Callable[[], int], edited: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    german = edited / "de/messages/today"
    german.mkdir(parents=True)
    (german / "when.j2").write_text("Wann soll ich noch einmal erinnern?")
    assert check() == 0
    said = [line for line in capsys.readouterr().out.splitlines() if " lacks " in line]
    assert len(said) < 12, "a line a folder"
    entries = len(list((edited / "en/faq").glob("*.md"))) * 2  # each with its examples
    lacking = re.compile(rf"content: de lacks {entries} of faq \(\w.*, …\); English is shown")
    assert any(lacking.fullmatch(line) for line in said), said
    assert "content: de lacks outside.txt; English is shown" in said
    workouts = len(list((edited / "en/workouts").iterdir()))
    assert any(line.startswith(f"content: de lacks {workouts} of workouts (") for line in said)
    (german / "snoozed.j2").write_text("Gut.\nUm {{ att }}.")
    assert check() == 1
    assert capsys.readouterr().err == "de/messages/today/snoozed.j2:2 unknown value 'att'\n"


def test_what_is_told_and_is_no_fault(
    check: Callable[[], int], edited: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Voices without clips, and what nobody reviewed for a year: time alone must not stop an image from being built."""
    (edited / "en/guide/heart.zip").write_bytes(b"no ZIP")
    (edited / "en/guide/george.zip").unlink()
    change(edited, ANKLES, "reviewed: 2026-11-28", "reviewed: 2024-01-31")
    assert check() == 0
    said = capsys.readouterr()
    assert "en/guide has no clips in the voice heart" in said.out
    assert "en/guide has no clips in the voice george" in said.out
    assert "content: en/faq/ankle-weights.md:7 not reviewed since 2024-01-31\n" in said.out
    assert said.err == ""


def test_a_clip_that_is_damaged_or_missing_and_a_review_still_to_come_are_found(
    check: Callable[[], int], edited: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = edited / "en/guide/heart.zip"
    with ZipFile(path) as packed:
        clips = {name: packed.read(name) for name in packed.namelist()}
    clips["finish.opus"] = clips["halfway.opus"]
    del clips["get-ready.opus"]
    with ZipFile(path, "w") as packed:
        for name, clip in clips.items():
            packed.writestr(name, clip)
    change(edited, ANKLES, "reviewed: 2026-11-28", "reviewed: 2999-01-31")
    assert check() == 1
    said = capsys.readouterr()
    assert "heart.zip holds another clip of finish than the manifest says" in said.err + said.out
    assert "en/guide lacks get-ready in the voice heart" in said.out
    assert "which is still to come" in said.err


def test_a_folder_without_content_is_a_fault(
    check: Callable[[], int], edited: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(edited)
    assert check() == 1
    assert "the English content is missing" in capsys.readouterr().err

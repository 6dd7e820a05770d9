"""Red flags by pattern: what the rules of the content can say, and what they see and do not see."""

from pathlib import Path

import pytest

from content.schema.problems import Problem
from content.understanding.red_flags.detector import Detector, tokens_of
from content.understanding.red_flags.patterns import read_patterns
from tests.support.vocabularies import ENGLISH


def detector(folder: Path, rules: str, words: str = "", familiar: frozenset[str] = frozenset()) -> Detector:
    (folder / "harm.md").write_text("", encoding="utf-8")
    (folder / "words.yaml").write_text(f"{words}calm: [fine]\n", encoding="utf-8")
    (folder / "harm.patterns.yaml").write_text(f"rank: 1\nrules:\n{rules}", encoding="utf-8")
    faults: list[Problem] = []
    patterns = read_patterns(folder, folder, faults, ENGLISH.safety)
    assert faults == []
    return Detector(patterns, familiar)


def test_all_terms_must_be_near_each_other(tmp_path: Path) -> None:
    found = detector(tmp_path, "  - {all: [calf, swell* | puffy], within: 5}\n")
    assert found.detect("My calf is swelling") == "harm"
    assert found.detect("puffy left calf") == "harm"
    assert found.detect("my calf") is None
    assert found.detect("calf raises are what I do while my ego keeps swelling") is None


def test_groups_name_groups(tmp_path: Path) -> None:
    words = "leg: [calf, lower leg]\nlimb: [$leg, arm]\n"
    found = detector(tmp_path, "  - {all: [$limb, numb]}\n", words)
    assert found.detect("numb lower leg") == found.detect("arm is numb") == "harm"
    assert found.detect("numb lower back leg") is None


@pytest.mark.parametrize("text", ["no swelling", "it is not a swelling", "without any swelling", "never swelling"])
def test_what_is_denied_does_not_count(tmp_path: Path, text: str) -> None:
    assert detector(tmp_path, "  - {all: [swelling]}\n").detect(text) is None


@pytest.mark.parametrize("text", ["not running, swelling", "no idea why but swelling", "it is not good: swelling"])
def test_a_denial_ends_where_the_sentence_turns(tmp_path: Path, text: str) -> None:
    assert detector(tmp_path, "  - {all: [swelling]}\n").detect(text) == "harm"


def test_unless_calls_a_rule_off(tmp_path: Path) -> None:
    found = detector(tmp_path, "  - {all: [suicide*], unless: [suicide sprints]}\n")
    assert found.detect("suicides on my mind") == "harm"
    assert found.detect("are suicide sprints good") is None


@pytest.mark.parametrize(
    ("text", "seen"), [("i am 12", True), ("i am twelve", True), ("12yo", False), ("i am 18", False)]
)
def test_ranges_of_numbers(tmp_path: Path, text: str, seen: bool) -> None:
    assert (detector(tmp_path, '  - {all: ["am #9-17"]}\n').detect(text) is not None) is seen


@pytest.mark.parametrize("word", ['"#3-17', "5kg", "😂", "half-way", "*"])
def test_a_word_that_no_message_can_hold_is_a_fault(tmp_path: Path, word: str) -> None:
    (tmp_path / "harm.md").write_text("", encoding="utf-8")
    rules = f"rank: 1\nrules:\n  - all: ['calf | in {word}']\n"
    (tmp_path / "harm.patterns.yaml").write_text(rules, encoding="utf-8")
    faults: list[Problem] = []
    read_patterns(tmp_path, tmp_path, faults, ENGLISH.safety)
    assert [str(fault) for fault in faults] == [f"harm.patterns.yaml:3 no message holds a word like '{word}'"]


def faults_of(folder: Path, rules: str, words: str = "calm: [fine]\n") -> list[str]:
    (folder / "harm.md").write_text("", encoding="utf-8")
    (folder / "words.yaml").write_text(words, encoding="utf-8")
    (folder / "harm.patterns.yaml").write_text(f"rank: 1\n{rules}", encoding="utf-8")
    faults: list[Problem] = []
    read_patterns(folder, folder, faults, ENGLISH.safety)
    return [str(fault) for fault in faults]


@pytest.mark.parametrize(
    ("rules", "fault"),
    [
        ("rules: []\n", "2 'rules' needs at least 1"),
        ("rules:\n  - all: [calf]\n  - all: ['|', pain]\n", "4 '|' has no word in it"),
        ("rules:\n  - all: ['\"', pain]\n", "3 '\"' has no word in it"),
        ("rules:\n  - all: ['age #17-9']\n", "3 no number lies in '#17-9': the smaller one stands first"),
    ],
)
def test_a_rule_that_would_never_be_seen_is_a_fault(tmp_path: Path, rules: str, fault: str) -> None:
    assert faults_of(tmp_path, rules) == [f"harm.patterns.yaml:{fault}"]


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("clam: [fine]\n", "1 the group 'calm' is missing: what says that all is well"),
        ("calm: [fine]\nleg: []\n", "2 'leg' needs at least 1"),
        ("calm: [fine]\nleg: ['|']\n", "2 '|' has no word in it"),
    ],
)
def test_a_group_that_holds_nothing_is_a_fault(tmp_path: Path, words: str, fault: str) -> None:
    assert faults_of(tmp_path, "rules:\n  - all: [numb]\n", words) == [f"words.yaml:{fault}"]


def test_groups_that_cannot_be_read_are_one_fault(tmp_path: Path) -> None:
    [fault] = faults_of(tmp_path, "rules:\n  - all: [$leg, numb]\n", "calm: [fine]\nleg: [leg\n")
    assert fault.startswith("words.yaml:")


@pytest.mark.parametrize("text", ["mon mollet est gonflé", "MON MOLLET EST GONFLE", "mollet gonfle\u0301"])
def test_accents_are_the_same_in_patterns_and_messages(tmp_path: Path, text: str) -> None:
    assert detector(tmp_path, "  - {all: [mollet, gonflé]}\n").detect(text) == "harm"


def test_another_language_takes_the_groups_that_it_lacks(tmp_path: Path) -> None:
    folders = [tmp_path / code for code in ("en", "de")]
    for folder in folders:
        folder.mkdir()
        (folder / "harm.md").write_text("", encoding="utf-8")
    (folders[0] / "words.yaml").write_text("calm: [fine]\nleg: [leg]\n", encoding="utf-8")
    (folders[1] / "harm.patterns.yaml").write_text("rank: 1\nrules:\n  - all: [$leg, taub]\n", encoding="utf-8")
    faults: list[Problem] = []
    english = read_patterns(folders[0], tmp_path, faults, ENGLISH.safety)
    german = Detector(read_patterns(folders[1], tmp_path, faults, ENGLISH.safety, english))
    assert faults == []
    assert german.detect("mein leg ist taub") == "harm"
    assert german.calm("fine")


@pytest.mark.parametrize("text", ["swolen", "swollenn", "swlolen", "SWOLLEN!!", "swöllen"])
def test_slips_are_forgiven_in_long_words(tmp_path: Path, text: str) -> None:
    assert detector(tmp_path, "  - {all: [swollen]}\n").detect(text) == "harm"


@pytest.mark.parametrize("text", ["swapped", "pan", "stollen"])
def test_other_words_stay_other_words(tmp_path: Path, text: str) -> None:
    rules = "  - {all: [snapped | pain | swollen]}\n"
    assert detector(tmp_path, rules).detect(text) is None


def test_familiar_words_are_not_mended(tmp_path: Path) -> None:
    assert detector(tmp_path, "  - {all: [swollen]}\n").detect("swolen") == "harm"
    assert detector(tmp_path, "  - {all: [swollen]}\n", familiar=frozenset({"swolen"})).detect("swolen") is None


RAISES = """\
rules:
  - {to: now, kinds: [harm], all: [worse], unless: [no worse than]}
  - {to: today, all: [again | another]}
"""


def raised(folder: Path, text: str, kind: str = "harm", usual: str = "soon") -> str:
    (folder / "urgency.yaml").write_text(RAISES, encoding="utf-8")
    return detector(folder, "  - {all: [swelling]}\n").urgency(text, kind, usual)


def test_what_a_message_says_raises_the_urgency(tmp_path: Path) -> None:
    assert raised(tmp_path, "swelling") == "soon"
    assert raised(tmp_path, "swelling again") == "today"
    assert raised(tmp_path, "swelling again, and worse") == "now"
    assert raised(tmp_path, "swelling, no worse than before") == "soon"


def test_a_rule_of_one_kind_raises_no_other(tmp_path: Path) -> None:
    assert raised(tmp_path, "worse", kind="other") == "soon"
    assert raised(tmp_path, "another, and worse", kind="other") == "today"


def test_the_urgency_is_never_lowered(tmp_path: Path) -> None:
    assert raised(tmp_path, "swelling again", usual="now") == "now"


def test_an_unknown_urgency_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "urgency.yaml").write_text("rules:\n  - {to: later, all: [worse]}\n", encoding="utf-8")
    faults = faults_of(tmp_path, "rules:\n  - all: [numb]\n")
    assert faults == ["urgency.yaml:2 'to' is 'later'; one of now, today, soon, care"]


def test_a_rule_whose_words_leave_no_doubt_is_told_from_others(tmp_path: Path) -> None:
    found = detector(tmp_path, "  - {all: [calf]}\n  - {sure: true, all: [rupture]}\n")
    assert (found.ruled("my calf").kind, found.ruled("my calf").sure) == ("harm", None)
    assert found.ruled("a rupture in my calf").sure == "harm"


def test_the_end_of_a_message_counts_for_punctuation(tmp_path: Path) -> None:
    found = detector(tmp_path, '  - {all: ["im #9-17 ."]}\n')
    assert found.detect("log 5k, im 15") == found.detect("im 15, plan?") == "harm"
    assert found.detect("im 15 kg lighter") is None


def test_words_and_numbers_are_told_apart() -> None:
    assert tokens_of("I can’t, 12yo!", ENGLISH.safety) == ["i", "cant", ".", "12", "yo", "."]


def test_long_and_odd_messages_end_quickly(tmp_path: Path) -> None:
    found = detector(tmp_path, "  - {all: [calf, leg, pain], within: 3}\n")
    for text in ("calf " * 100_000, "\x00" * 5000, "🦵" * 5000, "١٢ years", "", "\ud800", "²³"):
        assert found.detect(text) is None

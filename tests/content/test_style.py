"""Style of the coach: what a machine can tell, with file and line, and our own content held to it."""

import shutil
from pathlib import Path

import pytest

from content.checks.style import LONGEST_SENTENCE, slips
from content.library import Content, load
from content.rendering.messages import midsentence
from tests.content.test_library import CONTENT, FILES

HOP = "**Yes, a little.** Hopping loads the calf."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small content folder whose words are in order."""
    for name, text in FILES.items():
        path = tmp_path / "en" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def said(root: Path) -> list[str]:
    return [str(slip) for slip in slips(root, load(root))]


def test_our_content_has_no_slips(content: Content) -> None:
    assert [str(slip) for slip in slips(CONTENT, content)] == []


def test_plain_words_are_no_slip(root: Path) -> None:
    assert said(root) == []


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The article that started this says so.", "'The article': whoever reads has seen no article"),
        ("We suggest ten hops.", "'We': the coach says I"),
        ("Start with our plan.", "'our': the coach says I"),
        ("One should hop daily.", "'One should': say 'you'"),
        ("You shall hop.", "'shall': nobody says 'shall'"),
        ("Rest, above all at night.", "'above all': say 'especially'"),
        ("Have it looked at.", "'looked at': say 'get it checked'"),
        ("A pop is for today.", "'is for today': say 'get it checked today'"),
        ("Hills ask much of calves.", "'ask much of': a native speaker would not say it so"),
        ("Pooled trials find that hops help.", "'Pooled trials': say 'taken together, trials show'"),
        ("I'm fairly sure of that.", "'I'm fairly sure': the line under the answer says how sure"),
        ("How sure am I? Hops help.", "'How sure am I': the line under the answer says how sure"),
        ("The ultimate calf secret.", "'ultimate': hype"),
        ("For toned legs.", "'toned': talk about bodies"),
        ("word " * (LONGEST_SENTENCE + 1) + ".", f"a sentence of {LONGEST_SENTENCE + 2} words"),
        ("Hop; rest; hop; rest.", "3 semicolons; 2 are enough"),
    ],
)
def test_a_slip_is_named_with_file_and_line(root: Path, sentence: str, found: str) -> None:
    path = root / "en/faq/hop.md"
    path.write_text(path.read_text(encoding="utf-8").replace(HOP, f"{HOP}\n\n{sentence}"), encoding="utf-8")
    line = 11 if "semicolons" in found else 13
    [slip] = said(root)
    assert slip.startswith(f"en/faq/hop.md:{line} {found}")


@pytest.mark.parametrize(
    ("opening", "found"),
    [
        ("**What counts is the load.**", "'What': an answer begins with the answer"),
        ("**There is no trial of hopping.**", "'no trial': what is not known comes last"),
        ("**Yes" + ", yes" * 30 + ".**", "begins with 31 words in bold"),
    ],
)
def test_the_first_sentence_is_the_answer(root: Path, opening: str, found: str) -> None:
    path = root / "en/faq/hop.md"
    path.write_text(path.read_text(encoding="utf-8").replace("**Yes, a little.**", opening), encoding="utf-8")
    assert any(slip.startswith(f"en/faq/hop.md:11 {found}") for slip in said(root)), said(root)


def test_words_that_hold_a_banned_one_are_none(root: Path) -> None:
    path = root / "en/faq/hop.md"
    fine = f"{HOP}\n\nUse your house, hours and one leg. A small one may help. The US runs too."
    path.write_text(path.read_text(encoding="utf-8").replace(HOP, fine), encoding="utf-8")
    assert said(root) == []


def test_exercises_are_read_too_and_front_matter_is_not(root: Path) -> None:
    path = root / "en/exercises/hop.md"
    page = "---\nname: Our\ngroup: jumps\nequipment: [none]\nworks: Calves\n---\n## Steps\n1. We hop.\n"
    path.write_text(page, encoding="utf-8")
    assert said(root) == ["en/exercises/hop.md:8 'We': the coach says I"]


def test_the_name_of_a_session_keeps_its_capital_everywhere(root: Path) -> None:
    path = root / "en/messages/today/done.j2"
    path.parent.mkdir(parents=True)
    path.write_text("Logged.\nTime for calves A, in both calves a little.\n", encoding="utf-8")
    assert said(root) == ["en/messages/today/done.j2:2 'calves A': a session's name keeps its capital: Calves A"]


def test_other_languages_have_rules_of_their_own(root: Path) -> None:
    (root / "xx/faq").mkdir(parents=True)
    shutil.copy(root / "en/faq/hop.md", root / "xx/faq/hop.md")
    path = root / "xx/faq/hop.md"
    path.write_text(path.read_text(encoding="utf-8").replace(HOP, "**We.** Our us."), encoding="utf-8")
    assert said(root) == []


def test_messages_and_workouts_are_read_for_wording(root: Path) -> None:
    content = load(root)
    said_so = {
        "messages/today/done.j2": "Nothing grows for now.\n",
        "workouts/hop.yaml": 'why: "Hops ask much of calves."\n',
    }
    for name, text in said_so.items():
        path = root / "en" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = [str(slip) for slip in slips(root, content)]
    assert any(slip.startswith("en/messages/today/done.j2:1 'Nothing grows': a native speaker") for slip in found)
    assert any(slip.startswith("en/workouts/hop.yaml:1 'ask much of': a native speaker") for slip in found)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Noted: ten hops.", "'Noted:': say 'Logged'"),
        ("Type a number. Or /cancel.", "'Or /cancel': a button leads out already"),
        ("Press a number.", "'Press a number': say 'tap'"),
        ("Ten hops; rest.", "'s; ': a message has no semicolon"),
    ],
)
def test_a_message_has_one_word_for_one_thing_and_one_way_out(root: Path, line: str, found: str) -> None:
    path = root / "en/messages/today/done.j2"
    path.parent.mkdir(parents=True)
    path.write_text(f"{line}\n", encoding="utf-8")
    [slip] = said(root)
    assert slip.startswith(f"en/messages/today/done.j2:1 {found}")


@pytest.mark.parametrize(
    ("name", "within"),
    [
        ("Easy run", "easy run"),
        ("Walk–jog intervals", "walk–jog intervals"),
        ("Calves A", "Calves A"),
        ("Recovery", "recovery"),
    ],
)
def test_a_session_within_a_sentence_keeps_only_a_capital_that_is_a_name(name: str, within: str) -> None:
    assert midsentence(name) == within

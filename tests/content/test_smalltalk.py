"""Small talk is told from questions by the whole message, however it is typed."""

from pathlib import Path

import pytest

from content.library import Content
from content.schema.problems import Problem
from content.understanding.smalltalk.phrases import BESIDES, TOLD_ONLY, SmallTalk, SmallTalkKind, read_small_talk

FOLDER = Path(__file__).parents[2] / "content/en/understanding/smalltalk"


@pytest.fixture
def english(content: Content) -> SmallTalk:
    return content.language("en").messages.small_talk


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(
            (text, SmallTalkKind.GREETING)
            for text in ("hi", "Hiii!!", "hello coach", "HEY THERE 👋🏽", "Good morning", "hélló")
        ),
        *(
            (text, SmallTalkKind.THANKS)
            for text in ("thanks!", "thank you sooo much", "thx", "ty 🙏", "THANKS COACH 😊", "🙏")
        ),
        *((text, SmallTalkKind.FAREWELL) for text in ("bye", "bye-bye", "good night", "See you tomorrow, coach.")),
        *((text, SmallTalkKind.OKAY) for text in ("ok", "OK.", "o.k.", "okayyy", "👍", "👍👍👍", "👍🏿", "got it 👌")),
        *(
            (text, SmallTalkKind.WHO)
            for text in ("who are you?", "are you a bot?", "What’s your name?", "Hi! Are you human?")
        ),
        *((text, SmallTalkKind.HOW) for text in ("how are you", "hi coach, how are you today? 🙂", "how's it going")),
        *((text, SmallTalkKind.CAN) for text in ("what can you do", "help", "ok thanks. what can I ask?")),
        *(
            (text, SmallTalkKind.REACTION)
            for text in (
                "💪",
                "❤️",
                "🩷",
                "😂",
                "😂😂😂",
                "💪🏽",
                "🦵",
                "🦕",
                "lol",
                "LOL!!",
                "hahaha",
                "Haha 😂",
                ":)",
                ":D",
                "<3",
            )
        ),
        *((text, SmallTalkKind.ANSWER) for text in ("yes", "Yes!", "yep", "no", "nope 🙂", "yes please", "lol yes")),
        ("thanks lol", SmallTalkKind.THANKS),
        ("ok 💪", SmallTalkKind.OKAY),
        ("ok, thanks, bye", SmallTalkKind.THANKS),
        ("good evening, team", SmallTalkKind.GREETING),
    ],
)
def test_it_is_known_however_it_is_typed(english: SmallTalk, text: str, kind: SmallTalkKind) -> None:
    assert english.kind_of(text) is kind


@pytest.mark.parametrize(
    "text",
    [
        "hi, why are calves hard to grow?",
        "thanks, and how much protein?",
        "hello my calf hurts",
        "are you a bot that can plan my week",
        "coach",
        "bye 💔",
        ":",
        "no, my calf hurts",
        "yes 💔",
        "asdfghjkl",
        "",
        "...",
        "hi " * 100,
        "\ud83d",
    ],
)
def test_anything_else_is_not(english: SmallTalk, text: str) -> None:
    assert english.kind_of(text) is None


def test_no_phrase_of_an_answer_or_a_red_flag_is_small_talk(content: Content, english: SmallTalk) -> None:
    entries = content.language("en").entries.values()
    asked = [text for entry in entries for text in (entry.question, *entry.phrasings)]
    for path in (FOLDER.parent / "safety").glob("*.txt"):
        asked += path.read_text("utf-8").splitlines()
    assert [text for text in asked if english.kind_of(text)] == []


def test_no_small_talk_is_taken_for_a_red_flag(content: Content) -> None:
    lines = [
        line
        for kind in set(SmallTalkKind) - TOLD_ONLY
        for line in (FOLDER / f"{kind}.txt").read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]
    finder = content.language("en").finder
    assert [line for line in lines if finder.find(line).outcome == "safety"] == []


def test_every_kind_has_phrases(english: SmallTalk) -> None:
    assert set(english.phrases.values()) == {*SmallTalkKind, None} - TOLD_ONLY


def test_each_mistake_is_reported_with_file_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "en/smalltalk"
    folder.mkdir(parents=True)
    for name, text in {
        "greeting": "# hello\nhi\n!!!\nHiii\n",
        "thanks": "ta\n\nhi!\n",
        "greetings": "hey\n",
        BESIDES: "coach\n" + "so " * 50 + "\n",
    }.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    faults: list[Problem] = []
    small_talk = read_small_talk(folder, tmp_path, faults)
    assert [str(fault).partition(";")[0] for fault in faults] == [
        "en/smalltalk/besides.txt:2 is no phrase: it needs a word or an emoji, and is short",
        "en/smalltalk/greeting.txt:3 is no phrase: it needs a word or an emoji, and is short",
        "en/smalltalk/greeting.txt:4 says the same as greeting.txt:2",
        "en/smalltalk/greetings.txt:1 unknown kind of small talk 'greetings'",
        "en/smalltalk/thanks.txt:3 says the same as greeting.txt:2",
    ]
    assert small_talk.kind_of("hi coach") is SmallTalkKind.GREETING


def test_another_language_adds_its_own(tmp_path: Path, english: SmallTalk) -> None:
    (tmp_path / "greeting.txt").write_text("moin\n", encoding="utf-8")
    theirs = read_small_talk(tmp_path, tmp_path, [], english)
    assert theirs.kind_of("Moin!") is theirs.kind_of("hello") is SmallTalkKind.GREETING

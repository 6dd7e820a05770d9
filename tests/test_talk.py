"""`bot.py talk`: a conversation in a terminal, piped through it as a developer would."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Final, cast
from zoneinfo import ZoneInfo

import pytest

from app.bot_app import BotApp
from app.runtime import ShiftableClock
from cli import talk_session
from cli.talk_jumps import read_jump
from cli.talk_screen import Screen, plain_text
from cli.talk_session import TalkSession
from telegram_local.state import Message
from tests.support.bot_harness import BotHarness
from tests.support.command_line import ran

BERLIN: Final = ZoneInfo("Europe/Berlin")
NOW: Final = datetime(2026, 3, 4, 9, 30, tzinfo=BERLIN)  # a Wednesday
BOT: Final = {"id": 7_000_000_001, "is_bot": True}


def piped(folder: Path, *lines: str, words: tuple[str, ...] = ()) -> str:
    """Return what `bot.py talk` prints of these lines; it must end by itself, well, and complain of nothing."""
    code, said, complained = ran(folder, "talk", *words, lines="".join(f"{line}\n" for line in lines))
    assert (code, complained) == (0, "")
    return said


def answer(said: str, line: str) -> str:
    """Return what was printed between this line and the next."""
    return said.partition(f"> {line}\n")[2].partition("\n> ")[0]


@pytest.fixture(scope="module")
def conversation(tmp_path_factory: pytest.TempPathFactory) -> str:
    return piped(
        tmp_path_factory.mktemp("talk"),
        "/start",
        "[set me up]",
        "3",
        "/cancel",
        "/plan",
        "/remind",
        "!jump 2030-01-01 7:00",
        "!now",
        "!jump yesterday",
        "!help",
    )


def test_what_the_bot_says_stands_under_each_line(conversation: str) -> None:
    assert "[Set me up]" in answer(conversation, "/start")
    assert "<b>" not in conversation
    assert "\x1b" not in conversation


def test_a_label_and_a_number_press_buttons(conversation: str) -> None:
    assert "3 [Faster sprints]" in answer(conversation, "[set me up]")
    assert "✓" in answer(conversation, "3") or "✅" in answer(conversation, "3")


async def test_a_piped_line_waits_until_it_can_be_answered(
    coach: BotHarness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readiness, read = SimpleNamespace(warm=False), list[bool]()

    async def lines(prompt: str) -> AsyncIterator[str]:
        read.append(readiness.warm)
        yield "/help"

    monkeypatch.setattr(talk_session, "_lines", lines)
    monkeypatch.setattr(talk_session, "LONG_SECONDS", talk_session.LOOK_SECONDS)
    noted, said, running, started = asyncio.Event(), list[str](), coach.running, asyncio.Event()

    def out(line: str) -> None:
        said.append(line)
        noted.set()

    bot = SimpleNamespace(health=readiness, db=running.db, intake=running.intake, sender=running.sender)
    screen, clock = Screen(out, lambda _: None, colour=False), ShiftableClock(tmp_path / "clock.json")
    session = TalkSession(coach.telegram, cast("BotApp", bot), clock, screen)
    started.set()
    talking = asyncio.create_task(session.run(started, echo=True))
    await noted.wait()
    assert (said, read) == ([talk_session.LEARNING], [])
    readiness.warm = True
    await talking
    assert read == [True]
    assert coach.person(talk_session.PERSON).sees.template == "help/commands"


def test_the_clock_jumps_and_says_so(conversation: str) -> None:
    assert "Tue 01 Jan 2030 07:00" in answer(conversation, "!jump 2030-01-01 7:00")
    assert "Tue 01 Jan 2030 07:00" in answer(conversation, "!now")


def test_what_names_no_moment_moves_nothing(conversation: str) -> None:
    assert "2030" not in answer(conversation, "!jump yesterday")


def test_help_names_each_command(conversation: str) -> None:
    assert {word for word in conversation.partition("> !help\n")[2].split() if word.startswith("!")} == {
        "!jump", "!now", "!edit", "!say", "!down", "!place", "!quit"
    }  # fmt: skip


def test_a_conversation_is_kept_where_asked(tmp_path: Path) -> None:
    kept = ("--data", str(tmp_path / "kept"))
    piped(tmp_path, "!jump 2d", words=kept)
    moment = answer(piped(tmp_path, "!now", "!quit", "/start", words=kept) + "> end", "!now")
    ahead = datetime.strptime(moment.splitlines()[0], "%a %d %b %Y %H:%M").astimezone() - datetime.now().astimezone()
    assert 1.9 < ahead.total_seconds() / 86_400 < 2.1
    assert (tmp_path / "kept/calf-coach.db").exists()


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("3h", "2026-03-04 12:30"),
        ("1d12h", "2026-03-05 21:30"),
        ("2d 5m", "2026-03-06 09:35"),
        ("tomorrow", "2026-03-05 09:30"),
        ("tomorrow 7:00", "2026-03-05 07:00"),
        ("7:00", "2026-03-05 07:00"),
        ("18:05", "2026-03-04 18:05"),
        ("Wednesday 7:00", "2026-03-11 07:00"),
        ("fri", "2026-03-06 09:30"),
        ("2026-03-30 0:00", "2026-03-30 00:00"),
    ],
)
def test_a_jump_is_read_in_local_time(typed: str, moment: str) -> None:
    assert read_jump(typed, NOW) == datetime.fromisoformat(moment).replace(tzinfo=BERLIN)


@pytest.mark.parametrize("typed", ["", "soon", "yesterday", "today 9:30", "2026-03-04 9:00", "26:00", "2026-13-01"])
def test_what_is_no_moment_ahead_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"moment|minute|hour|month"):
        read_jump(typed, NOW)


def test_hours_are_hours_where_the_clocks_change() -> None:
    before = datetime(2026, 3, 28, 20, 0, tzinfo=BERLIN)
    assert read_jump("12h", before) == datetime(2026, 3, 29, 9, 0, tzinfo=BERLIN)


def test_links_show_their_address_and_nothing_steers_the_terminal() -> None:
    linked = {"type": "text_link", "offset": 3, "length": 4, "url": "https://example.org/"}
    message = Message(text="💪 here\x1b[2J\nand on", entities=[linked])
    assert plain_text(message) == "💪 here (https://example.org/)[2J\nand on"


def shown(*frames: dict[str, object], colour: bool = False) -> tuple[Screen, list[str]]:
    lines: list[str] = []
    screen = Screen(lines.append, {"LOCAL": ("chart.png", b"PNG")}.get, colour=colour)
    for frame in frames:
        screen.show(frame)
    return screen, lines


def message(number: int, text: str, *labels: str, kind: str = "message", **more: object) -> dict[str, object]:
    markup = {"inline_keyboard": [[{"text": label, "callback_data": label}] for label in labels]}
    content = {"message_id": number, "from": BOT, "text": text} | ({"reply_markup": markup} if labels else {}) | more
    return {"type": kind, "message": content}


def test_buttons_of_one_answer_are_numbered_on_and_those_of_the_next_anew() -> None:
    screen, _ = shown(message(1, "One.", "A", "B"), message(2, "Two.", "C"))
    third = screen.button(3)
    assert third is not None
    assert third.label == "C"
    screen.begin()
    screen.show(message(3, "Three."))
    assert screen.button(3) is not None  # no new buttons: those before still stand
    screen.show(message(4, "Four.", "D"))
    assert (screen.button(1) or third).label == "D"
    assert screen.button(2) is None


def test_buttons_that_go_away_are_not_told_and_not_pressed() -> None:
    screen, lines = shown(message(1, "One.", "A"))
    lines.clear()
    screen.show(message(1, "One.", kind="edit"))
    assert lines == []
    assert screen.labelled("a") is None


def test_colour_is_for_terminals() -> None:
    assert "\x1b" in "".join(shown(message(1, "One.", "A"), colour=True)[1])
    assert "\x1b" not in "".join(shown(message(1, "One.", "A"))[1])


def test_reactions_and_effects_are_told() -> None:
    reaction = {"type": "reactions", "message_id": 1, "reactions": {"bot": "🔥"}}
    _, lines = shown(reaction, message(2, "Done.", effect_id="5046509860389126442"))
    assert lines == ["(reacts with 🔥)", "Done.", "(effect 🎉)", ""]


def test_a_picture_is_a_file_and_a_caption() -> None:
    _, lines = shown(message(1, "", photo=[{"file_id": "LOCAL"}], caption="Six weeks."))
    path = Path(lines[0].removeprefix("<picture: ").removesuffix(">"))
    assert path.read_bytes() == b"PNG"
    path.unlink()
    path.parent.rmdir()
    assert lines[1] == "Six weeks."

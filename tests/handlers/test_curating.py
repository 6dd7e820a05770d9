"""Questions asked in vain come to the curators; their answers go back to who waits; content is read anew."""

import logging
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlmodel import select

import bot
from app.runtime import CACHE, CONTENT
from content.library import Content, load
from db import migrate
from db.engine import Database
from db.models import OutboxMessage, Question, WaitingAsker
from db.queries import questions
from tests.support.bot_harness import BotHarness, Person, running_bot
from tests.support.fake_search import finding
from tests.support.fitting_here import fitting_here

pytestmark = pytest.mark.timeout(300)  # the first of these tests fits the content, one more fits it anew

ADMIN = 42


@dataclass(frozen=True)
class Small:
    """The content with few phrasings, so that it is fitted fast: its folder, what is fitted to it, and both loaded."""

    folder: Path
    cache: Path
    content: Content


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Content to copy and edit; what was fitted elsewhere saves it the reading of most texts."""
    base = tmp_path_factory.mktemp("small")
    folder, cache = base / "content", base / "cache"
    shutil.copytree(CONTENT / "en", folder / "en")
    for path in [*(folder / "en/faq").glob("*.txt"), *(folder / "en/safety").glob("*.txt")]:
        path.write_text("\n".join(path.read_text("utf-8").splitlines()[:4]) + "\n", "utf-8")
    requests = folder / "en/understanding/requests"
    for path in requests.glob("*.txt"):
        path.write_text("\n".join(path.read_text("utf-8").splitlines()[:4]) + "\n", "utf-8")
    for path in (folder / "en/understanding/follow_ups").glob("*.tsv"):
        path.unlink()
    labelled = folder / "en/safety/labelled.tsv"
    labelled.write_text("\n".join(labelled.read_text("utf-8").splitlines()[::100]) + "\n", "utf-8")
    outside = folder / "en/outside.txt"
    outside.write_text("\n".join(outside.read_text("utf-8").splitlines()[:60]) + "\n", "utf-8")
    cache.mkdir()
    for kind in ("meaning-*.onnx", "vectors-*.npz", "finder-*.npz", "intents-*.npz"):
        for kept in sorted(CACHE.glob(kind), key=lambda file: file.stat().st_mtime)[-4:]:
            shutil.copy2(kept, cache)
    content = load(folder, cache=cache)
    with fitting_here():
        content.language(None).finder.warm()
    return Small(folder, cache, content)


@pytest.fixture
def content(small: Small) -> Content:
    """Content that the bot begins with."""
    return small.content


@pytest.fixture
def folder(small: Small, tmp_path: Path) -> Path:
    """A copy to edit."""
    return shutil.copytree(small.folder, tmp_path / "content")


@pytest.fixture
async def curated(database: Database, small: Small, folder: Path) -> AsyncIterator[BotHarness]:
    """The bot with one administrator, and content that can be edited."""

    def read() -> Content:
        return load(folder, cache=small.cache)

    with fitting_here():
        async with running_bot(database, small.content, admins=frozenset({ADMIN}), read_content=read) as running:
            running.within = 60.0  # seconds, for content to be read again on a busy machine
            yield running


@pytest.fixture
def admin(curated: BotHarness) -> Person:
    return curated.person(ADMIN, "Cleo")


async def in_vain(coach: BotHarness, content: Content, *asked: str, who: int = 1, tell: bool = False) -> None:
    """Ask questions that have no answer."""
    coach.running.services.content = finding(content, "none", "stairs-and-walking-uphill", "creatine", "hill-sprints")
    person = coach.person(who, "Ann")
    for question in asked:
        await person.says(question)
        if tell:
            await person.presses("tell_human" if person.sees.template == "ask/hand" else "curators")
            await person.presses("tell_me")


async def rows(coach: BotHarness, model: Any) -> list[Any]:
    return await coach.running.db.run(lambda session: list(session.exec(select(model)).all()))


STAIRS = ("is stairmaster good for calves", "stair master good for calfs?", "Is stairmaster good for calves?")


async def test_questions_are_grouped_with_their_counts(curated: BotHarness, admin: Person, content: Content) -> None:
    await in_vain(curated, content, STAIRS[0], "do bcaas help")
    curated.clock.forward(days=3)
    await in_vain(curated, content, *STAIRS[1:])
    seen = await admin.says("/unanswered")
    assert seen.shows("curators/group", STAIRS[0], "×3", STAIRS[1], open=4, groups=2, days=3)
    assert admin.buttons == ["Write it", "It is answered by…", "Dismiss", "More →"]
    assert (await admin.presses("next")).shows("curators/group", "“do bcaas help”")
    assert admin.offers("previous")
    assert (await admin.presses("previous")).shows("curators/group", "stairmaster")
    assert len(admin.user.received) == 1, "pages take each other's place"


async def test_nothing_open(curated: BotHarness, admin: Person) -> None:
    assert (await admin.says("/unanswered")).template == "curators/nothing"


async def test_what_was_answered_well_is_not_listed(curated: BotHarness, admin: Person, content: Content) -> None:
    curated.running.services.content = finding(content, "answer", "ankle-weights", "creatine")
    ann = curated.person(1, "Ann")
    await ann.says("are ankle weights a good idea for running?")
    assert (await admin.says("/unanswered")).template == "curators/nothing"
    await ann.presses("not_it")
    assert (await admin.says("/unanswered")).shows("curators/group", "ankle weights")


async def test_write_shows_a_file_to_paste(curated: BotHarness, admin: Person, content: Content) -> None:
    await in_vain(curated, content, 'is "stair: master" good for <b>calves</b>?', *STAIRS)
    await admin.says("/unanswered")
    seen = await admin.presses("write_entry")
    name = seen.split("content/en/faq/")[1].split(".md")[0]
    assert name
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz-")
    front = yaml.safe_load(seen.split("---\n")[1])
    assert front["question"].endswith("?")
    assert front["category"] == content.language(None).entries["stairs-and-walking-uphill"].category
    assert front["reviewed"].isoformat() == "2026-03-02"
    assert seen.shows("curators/write", STAIRS[0])
    assert (await admin.presses("back")).shows("curators/group", "×")


async def test_what_was_written_as_told_is_found_after_a_reload(
    curated: BotHarness, admin: Person, content: Content, folder: Path
) -> None:
    """The whole way of a question: asked in vain, written, read anew, marked, told once."""
    curated.within = 240  # seconds: what was written is fitted anew
    question = "is a vibration plate good for my calves"
    await in_vain(curated, content, question, tell=True)
    ann = curated.person(1, "Ann")
    await admin.says("/unanswered")
    seen = await admin.presses("write_entry")
    blocks = seen.split("---\n")
    name = seen.split("content/en/faq/")[1].split(".md")[0]
    front = blocks[1].replace("sources: []", "sources: [luna-2022]")
    why = "Loaded calf raises are the better use of your time. " * 6
    page = f"---\n{front}---\n**We found no trial that says so.** {why}\n"
    (folder / "en/faq" / f"{name}.md").write_text(page, "utf-8")
    (folder / "en/faq" / f"{name}.txt").write_text(f"{question}\nvibration plates for calves\n", "utf-8")
    curated.running.services.content = content
    assert (await admin.says("/reload")).shows("curators/reloaded", entries=115, exercises=16, changed=1)
    await admin.says("/unanswered")
    title = yaml.safe_load(front)["question"]
    await admin.presses("choose_answer")
    assert title in admin.buttons, "the new entry is found at once"
    before = len(ann.user.received)
    assert (await admin.presses(title)).template == "curators/nothing"
    assert admin.toast.shows("curators/marked", told=1)
    assert len(ann.user.received) == before + 1
    assert ann.sees.shows("ask/answered", "We found no trial", asked=question)
    assert await rows(curated, WaitingAsker) == []
    assert [row.state for row in await rows(curated, Question)] == ["answered"]
    assert await rows(curated, OutboxMessage) == []


async def test_everybody_who_waits_is_told_once(curated: BotHarness, admin: Person, content: Content) -> None:
    for who in (1, 2, 3):
        await in_vain(curated, content, *STAIRS[: 3 if who == 1 else 1], who=who, tell=True)
    gone = curated.person(3, "Gus")
    await gone.says("/delete")
    await gone.presses("erase")
    assert (await admin.says("/unanswered")).shows("curators/group", "4 to be told")
    await admin.presses("choose_answer")
    listed = admin.user.last
    answer = content.language(None).entries["stairs-and-walking-uphill"].question
    await admin.presses(answer)
    assert admin.toast.shows("curators/marked", told=2)
    told = [curated.person(who).user.received[-1] for who in (1, 2)]
    assert all(curated.rendered.said(message.text).shows("ask/answered", answer) for message in told)
    assert "Helpful" in told[0].labels
    assert gone.sees.template == "privacy/erased"
    admin.user.press_data(next(b["callback_data"] for b in listed.buttons if b["text"] == answer), listed)
    await curated.settle()
    assert admin.toast.template == "mistakes/old_button"


async def test_an_answer_that_does_not_fit_opens_the_question_again(
    curated: BotHarness, admin: Person, content: Content
) -> None:
    await in_vain(curated, content, STAIRS[0], tell=True)
    await admin.says("/unanswered")
    await admin.presses("choose_answer")
    await admin.presses(content.language(None).entries["creatine"].question)
    assert admin.sees.template == "curators/nothing"
    await curated.person(1, "Ann").presses("not_it")
    assert (await admin.says("/unanswered")).shows("curators/group", "stairmaster")


async def test_dismissed_is_gone_and_nobody_is_told(curated: BotHarness, admin: Person, content: Content) -> None:
    await in_vain(curated, content, STAIRS[0], tell=True)
    await in_vain(curated, content, "do bcaas help")
    ann = curated.person(1, "Ann")
    seen = len(ann.user.received)
    await admin.says("/unanswered")
    while "stairmaster" not in admin.sees:
        await admin.presses("next")
    assert (await admin.presses("drop_asked")).shows("curators/group", "“do bcaas help”")
    assert admin.toast.template == "curators/dropped"
    assert len(ann.user.received) == seen
    assert await rows(curated, WaitingAsker) == []


async def test_to_others_these_commands_do_not_exist(curated: BotHarness, content: Content) -> None:
    await in_vain(curated, content, STAIRS[0])
    [question] = await rows(curated, Question)
    ann = curated.person(1, "Ann")
    unknown = await ann.says("/unheard_of")
    for command in ("/unanswered", "/reload"):
        assert await ann.says(command) == unknown
    for data in ("open:0", f"drop:{question.id}", f"by:creatine:{question.id}", f"write:{question.id}"):
        ann.user.press_data(data, ann.user.last)
        await curated.settle()
        assert ann.toast.template == "mistakes/old_button"
    assert [row.state for row in await rows(curated, Question)] == ["open"]
    helped = await ann.says("/help")
    assert helped.template == "help/commands"
    assert "/unanswered" not in helped


async def test_the_admins_menu_has_them(curated: BotHarness, admin: Person) -> None:
    state = curated.telegram.core.state
    assert "unanswered" not in {each["command"] for each in state.commands["default|"]}
    called = curated.telegram.called("setMyCommands")
    calls = [call for call in called if call.params.get("scope") == {"type": "chat", "chat_id": ADMIN}]
    assert len(calls) == 1
    assert {"unanswered", "reload"} <= {each["command"] for each in calls[0].params["commands"]}


async def test_a_faulty_edit_keeps_the_old_and_lists_every_fault(
    curated: BotHarness, admin: Person, folder: Path
) -> None:
    ankles = folder / "en/faq/ankle-weights.md"
    good = ankles.read_text("utf-8")
    ankles.write_text(
        good.replace("luna-2022", "luna-2122").replace("category: running", "category: joggling"), "utf-8"
    )
    (folder / "en/messages/faq/thanks.j2").write_text("{{ oops", "utf-8")
    seen = await admin.says("/reload")
    faults = ("ankle-weights.md:5 unknown source 'luna-2122'", "ankle-weights.md:3 unknown category 'joggling'")
    assert seen.shows("curators/kept", *(f"en/faq/{fault}" for fault in faults), "thanks.j2:1", count=3)
    ann = curated.person(1, "Ann")
    assert (await ann.says("/start faq-ankle-weights")).shows("faq/entry", "No, not while running.")
    await ann.presses("helpful")
    assert ann.toast.template == "faq/thanks"


async def test_a_byte_that_is_no_text_is_named_like_any_fault(curated: BotHarness, admin: Person, folder: Path) -> None:
    labels = folder / "en/messages/labels.yaml"
    labels.write_bytes(labels.read_bytes().replace(b"done: Done", b"done: D\xf6ne", 1))
    line = labels.read_bytes().split(b"\xf6")[0].count(b"\n") + 1
    fault = f"en/messages/labels.yaml:{line} is not UTF-8 text"
    assert (await admin.says("/reload")).shows("curators/kept", fault)


async def test_a_reload_that_fails_oddly_says_so_at_once(
    curated: BotHarness, admin: Person, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> Content:
        raise ZeroDivisionError("odd")

    curated.running.services.read_content = fail
    assert (await admin.says("/reload")).template == "curators/failed"
    assert len(admin.user.received) == 1
    assert "odd" in caplog.text
    ann = curated.person(1, "Ann")
    assert (await ann.says("/start faq-ankle-weights")).shows("faq/entry", "No, not while running.")


async def test_a_hundred_faults_fit_a_message(curated: BotHarness, admin: Person, folder: Path) -> None:
    for path in (folder / "en/faq").glob("*.md"):
        path.write_text(path.read_text("utf-8").replace("category: ", "category: x").replace("- 2", "- x"), "utf-8")
    assert (await admin.says("/reload")).shows("curators/kept", "and 99 more. bot.py check lists them all")


async def test_a_good_edit_is_seen_at_once(curated: BotHarness, admin: Person, folder: Path) -> None:
    assert (await admin.says("/reload")).shows("curators/reloaded", entries=114, exercises=16, changed=0)
    ankles = folder / "en/faq/ankle-weights.md"
    ankles.write_text(ankles.read_text("utf-8").replace("No, not while running.", "Better not while running."), "utf-8")
    labels = folder / "en/messages/labels.yaml"
    labels.write_text(labels.read_text("utf-8").replace("helpful: Helpful", "helpful: That helped"), "utf-8")
    assert (await admin.says("/reload")).shows("curators/reloaded", entries=114, exercises=16, changed=2)
    ann = curated.person(1, "Ann")
    assert (await ann.says("/start faq-ankle-weights")).shows("faq/entry", "Better not while running.")
    assert "That helped" in ann.buttons


def test_the_command_line_lists_the_same(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    db = Database(database_url)
    migrate.upgrade(db)
    now = datetime(2026, 3, 2, tzinfo=UTC)

    def ask(session: Any) -> None:
        for text in (*STAIRS, "do bcaas\x1b[31m help\n\nme"):
            questions.store(session, text, "en", "none", None, now)
        questions.store(session, "answered well", "en", "answer", "creatine", now)

    db.run_now(ask)
    db.close()
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setattr(logging.getLogger(), "handlers", [])  # the command sets up its own
    assert bot.main(["unanswered"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("4 open, 2 groups\n")
    assert "×3" in said
    assert "do bcaas [31m help me" in said
    assert "answered well" not in said

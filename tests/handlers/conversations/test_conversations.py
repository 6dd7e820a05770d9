"""Whole conversations, turn by turn: which messages a person gets and what they hold, never how they are worded."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import Enum
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
import yaml

from app.runtime import next_due_at
from content.library import Content, Entry
from db.engine import Database
from tests.support.bot_harness import START, BotHarness, Clock, Person, Said, running_bot
from tests.support.onboarding import EXPERIENCE

CONVERSATIONS: Final = yaml.safe_load((Path(__file__).parent / "conversations.yaml").read_text(encoding="utf-8"))
COMPARED: Final = ("at", "day", "effort", "entry", "level", "minutes", "reason", "to", "wanted", "weight")
"""Values of a turn's first message that are compared."""

UNITS: Final = {"h": "hours", "d": "days", "m": "minutes"}


def begins_at(zone: str) -> datetime:
    """Nine in the morning, on the person's own clock, of the Monday on which all tests begin."""
    return datetime(START.year, START.month, START.day, START.hour, tzinfo=ZoneInfo(zone)).astimezone(START.tzinfo)


def stretch(after: str) -> timedelta:
    return timedelta(**{UNITS[after[-1]]: int(after[:-1])}) if after else timedelta()


async def set_up(coach: BotHarness, profile: Mapping[str, str]) -> Person:
    """Answer the questions of the first two minutes, a day before the conversation."""
    ann = coach.person()
    await ann.says("/start")
    await ann.presses("set_me_up")
    await ann.says(profile["goals"])
    await ann.presses(EXPERIENCE[profile["experience"]])
    await ann.says(profile["days"])
    await ann.says(profile["equipment"])
    await ann.presses("check_none")
    await ann.presses(profile["age"])
    await ann.says(profile["weight"])
    await ann.says(profile["city"])
    named = next((button for button in ann.buttons if profile["city"] in button), None)
    if named is not None:
        await ann.presses(named)
    await ann.says(profile["time"])
    while ann.offers("skip_step"):
        await ann.presses("skip_step")
    return ann


async def wait_until(coach: BotHarness, moment: datetime) -> None:
    """Let every reminder until then arrive in its time."""
    while (due := await next_due_at(coach.running.db)) is not None and due <= moment:
        coach.clock.now = max(coach.clock.now, due)
        await coach.tick()
    coach.clock.now = moment
    await coach.tick()


def plain(value: object) -> object:
    """Return a value as YAML holds it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Entry):
        return value.slug
    if isinstance(value, Mapping):  # a day, as messages name it
        return plain(value["day"])
    if isinstance(value, date | time):
        return value.isoformat()
    return [plain(each) for each in value] if isinstance(value, list | tuple) else value


def compared(said: Said) -> dict[str, object]:
    known = {key: plain(said.values.get(key)) for key in COMPARED}
    return {key: value for key, value in known.items() if isinstance(value, str | int | float | list)}


async def turn(coach: BotHarness, ann: Person, words: str, after: str) -> tuple[list[str], dict[str, object]]:
    """Say a line, some time after the one before; return the templates that come back and the values of the first."""
    await wait_until(coach, coach.clock.now + stretch(after))
    before = len(ann.user.received)
    await ann.says(words)
    seen = ann.user.received[before:]
    return ann.templates(before), compared(coach.rendered.said(seen[0].text)) if seen else {}


async def begin(coach: BotHarness, conversation: Mapping[str, Any]) -> Person:
    """Set the person up a day before, and wait until the conversation begins."""
    ann = await set_up(coach, conversation["profile"])
    await wait_until(coach, begins_at(conversation["zone"]))
    return ann


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=[each["name"] for each in CONVERSATIONS])
async def test_a_conversation_goes_as_it_should(
    database: Database, content: Content, conversation: Mapping[str, Any]
) -> None:
    clock = Clock(begins_at(conversation["zone"]) - timedelta(hours=21))
    went, should = list[object](), list[object]()
    turns: Sequence[Mapping[str, Any]] = conversation["turns"]
    async with running_bot(database, content, clock) as coach:
        ann = await begin(coach, conversation)
        for each in turns:
            sees, values = await turn(coach, ann, each["say"], each.get("after", ""))
            went.append((each["say"], sees, values))
            should.append((each["say"], each.get("sees", []), each.get("values", {})))
    assert went == should

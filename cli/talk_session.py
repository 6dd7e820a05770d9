"""A conversation line by line: each is sent, pressed or jumped, and answered before the next is read."""

import asyncio
import os
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlmodel import Session

from app.bot_app import BotApp
from app.runtime import ShiftableClock, next_due_at
from cli.talk_jumps import read_jump
from cli.talk_screen import Screen, ShownButton
from db.models import User
from telegram_local.people import LocalUser, split
from telegram_local.server import LocalTelegram

PERSON: Final = 1
HELP: Final = """\
A line is a message. A number presses the button with that number, [label] the button with that label.
!jump               to the next reminder
!jump 3h            by 3 hours; 2d, 90m, 1d12h as well
!jump tomorrow 7:00 to a moment; 18:30, friday, friday 7:00, 2026-12-01 7:00 as well
!now                the clock, and the next reminder
!edit TEXT          changes the newest line of yours
!say TEXT           sends what would be a number or a command here
!down               puts 👎 under the newest message of the coach
!place 52.5 13.4    sends a place, in degrees
!quit               ends, as the end of the input does"""
NO_MOMENT: Final = "No moment ahead is called that; !help shows what is."
NOTHING_DUE: Final = "Nothing is due."
LEARNING: Final = "(learning the answers, which takes minutes on a fresh copy)"
LOOK_SECONDS: Final = 0.05
LONG_SECONDS: Final = 10.0
MOST_STOPS: Final = 500  # reminders on the way of one jump
HOUR: Final = 3600.0
BLOCK: Final = 65_536


class TalkSession:
    """The person at the terminal, and the bot that is to answer each line."""

    def __init__(self, telegram: LocalTelegram, running: BotApp, clock: ShiftableClock, screen: Screen) -> None:
        self._telegram, self._running, self._clock, self._screen = telegram, running, clock, screen
        self._user: LocalUser = telegram.user(PERSON)

    def watch(self, chat_id: int, frame: dict[str, Any]) -> None:
        """Show what happens in the person's chat."""
        if chat_id == PERSON:
            self._screen.show(frame)

    async def run(self, started: asyncio.Event, *, echo: bool) -> None:
        """Carry out standard input until its end. With `echo`, lines that no terminal shows are printed.

        They are no person's, who would ask again: none is read before the bot can answer it.
        """
        await started.wait()
        if echo:
            await self._until_warm()
        async for line in _lines(prompt="" if echo else "> "):
            if echo and line:
                print(f"> {line}", flush=True)
            if line == "!quit":
                break
            self._screen.begin()
            await self._carry_out(line)
            await self._settle()

    async def _until_warm(self) -> None:
        """Wait until the answers are learned, and say so where that takes long."""
        waited = 0.0
        while not self._running.health.warm:
            await asyncio.sleep(LOOK_SECONDS)
            waited += LOOK_SECONDS
            if waited - LOOK_SECONDS < LONG_SECONDS <= waited:
                self._screen.note(LEARNING)

    async def _carry_out(self, line: str) -> None:
        command, _, rest = line.partition(" ")
        rest = rest.strip()
        button = self._named_button(line)
        match command:
            case _ if button is not None:
                await self._press(button)
            case "":
                return
            case "!help":
                self._screen.note(HELP)
            case "!jump":
                await self._jump(rest)
            case "!now":
                await self._show_time()
            case "!say":
                await self._send(rest)
            case "!edit":
                await self._edit(rest)
            case "!down":
                self._turn_down()
            case "!place":
                await self._place(rest)
            case _ if command.startswith("!") and command[1:].isalpha():
                self._screen.note(HELP)
            case _:
                await self._send(line)

    def _named_button(self, line: str) -> ShownButton | None:
        if line.isdecimal():
            return self._screen.button(int(line))
        if line.startswith("[") and line.endswith("]"):
            return self._screen.labelled(line[1:-1].strip())
        return None

    async def _press(self, shown: ShownButton) -> None:
        match shown.button:
            case {"callback_data": str(data)} if shown.message is not None:
                self._user.press_data(data, shown.message)
            case {"url": str(url)}:
                self._screen.note(f"({url})")
            case {"copy_text": {"text": str(text)}}:
                self._screen.note(f"(copied: {text})")
            case _ if shown.message is None:
                await self._user.tap(shown.label, latitude=52.52, longitude=13.405)

    async def _send(self, text: str) -> None:
        for part in split(text):
            with suppress(ValueError):  # nothing is left of it once its markup is read
                await self._user.send(part)

    async def _edit(self, text: str) -> None:
        own = [message for message in self._user.messages if not message.from_bot]
        if own and text:
            await self._user.edit(own[-1], text)

    def _turn_down(self) -> None:
        if self._user.received:
            self._user.react(self._user.last, "👎")

    async def _place(self, degrees: str) -> None:
        try:
            latitude, longitude = map(float, degrees.replace(",", " ").split())
        except ValueError:
            self._screen.note(HELP)
        else:
            await self._user.location(latitude, longitude)

    # The clock

    async def _jump(self, typed: str) -> None:
        """Move the clock, stopping at each reminder on the way, so that it comes at its own time."""
        try:
            if typed:
                target = read_jump(typed, await self._local_time())
            elif (due := await next_due_at(self._running.db)) is None:
                self._screen.note(NOTHING_DUE)
                return
            else:
                target = due
        except (ValueError, OverflowError):
            self._screen.note(NO_MOMENT)
            return
        for _ in range(MOST_STOPS):
            due = await next_due_at(self._running.db)
            if due is None or due > target:
                break
            await self._move(max(due, self._clock()))
            if await next_due_at(self._running.db) == due:  # it stays due, say while it is tried again
                break
        if target > self._clock():
            await self._move(target)

    async def _move(self, moment: datetime) -> None:
        self._clock.jump(moment)
        self._screen.note(_written(await self._local_time()))
        await self._running.ticker.tick_now()
        self._running.sender.wake()
        await self._settle()

    async def _show_time(self) -> None:
        now = await self._local_time()
        due = await next_due_at(self._running.db)
        self._screen.note(_written(now))
        self._screen.note(NOTHING_DUE if due is None else f"next reminder: {_written(due.astimezone(now.tzinfo))}")

    async def _local_time(self) -> datetime:
        """Return the time in the person's zone, in that of this machine before they named one."""

        def zone(session: Session) -> str | None:
            user = session.get(User, PERSON)
            return user.zone if user is not None else None

        name = await self._running.db.run(zone)
        return self._clock().astimezone(ZoneInfo(name) if name else None)

    async def _settle(self) -> None:
        """Wait until everything is answered."""
        await self._telegram.core.until(lambda: self._telegram.pending_updates == 0, HOUR)
        await self._running.intake.until_idle()
        await self._running.sender.until_idle()


def _written(moment: datetime) -> str:
    return f"{moment:%a %d %b %Y %H:%M}"


async def _lines(prompt: str) -> AsyncIterator[str]:
    """Yield the lines of standard input; a thread waits for them, which no end has to wait for.

    It reads below `sys.stdin`, whose lock a thread that still waits would keep from the interpreter's end.
    """
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()

    def read() -> None:
        rest = b""
        with suppress(RuntimeError):  # the loop is closed: whoever typed came too late
            while block := os.read(sys.stdin.fileno(), BLOCK):
                *whole, rest = (rest + block).split(b"\n")
                for line in whole:
                    loop.call_soon_threadsafe(lines.put_nowait, line.decode(errors="replace"))
            if rest:
                loop.call_soon_threadsafe(lines.put_nowait, rest.decode(errors="replace"))
            loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read, name="input", daemon=True).start()
    while True:
        print(prompt, end="", flush=True)
        line = await lines.get()
        if line is None:
            return
        yield line.strip()

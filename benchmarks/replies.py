"""Replies a second and processor time a reply: a command, and a question, of many people who write one line each."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from random import Random
from time import monotonic
from typing import Final

from benchmarks.support.bots import EVERY, bot
from benchmarks.support.chats import Chats, Said, chats, wait_for
from benchmarks.support.questions import questions

OPENINGS: Final = ("", "hi, ", "hello coach, ", "quick one: ", "sorry to ask again, ", "one thing: ", "tell me: ")
START_SECONDS: Final = 120.0
_WARM_UP: Final = 60


@dataclass(frozen=True)
class Speed:
    """Replies of a bot, and the time that they took."""

    replies: int
    seconds: float
    cpu_seconds: float

    @property
    def rate(self) -> float:
        """Replies a second."""
        return self.replies / self.seconds

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of processor time a reply."""
        return self.cpu_seconds * 1000 / self.replies


def distinct_questions(wanted: int) -> list[str]:
    """Return questions that no bot was given, of which no two are the same, so that nothing cached would help."""
    sets = [questions(f"{name}_questions.tsv") for name in ("dev", "own", "more")]
    asked = [f"{opening}{question}" for opening in OPENINGS for one in sets for _, question in one]
    found = list(dict.fromkeys(asked))
    Random(5).shuffle(found)
    if len(found) < wanted:
        raise ValueError(f"there are only {len(found)} questions")
    return found[:wanted]


def replies(name: str, asked: list[str], commands: int) -> dict[str, Speed]:
    """Measure the bot `name` answering so many commands, then these questions."""
    people = count(1_000)
    with chats() as server, tempfile.TemporaryDirectory() as folder, bot(name, server.url, Path(folder)) as running:

        def speed(texts: list[str]) -> Speed:
            lines = [Said(chat, text) for chat, text in zip(islice(people, len(texts)), texts, strict=True)]
            server.talk()
            before = running.usage()
            began = monotonic()
            server.say(lines)
            wait_for(lambda: server.answered >= len(lines), 600)
            after = running.usage()
            talk = server.talk()
            if not {line.chat for line in lines} <= set(talk.replied_to):  # some were answered before, too
                raise RuntimeError(f"{name} did not answer everybody")
            return Speed(len(lines), talk.replied_at[-1] - began, after.cpu_seconds - before.cpu_seconds)

        _warm_up(server, [next(people) for _ in range(_WARM_UP)])
        return {"command": speed(["/start"] * commands), "question": speed(asked)}


def _warm_up(server: Chats, people: list[int]) -> None:
    server.say([Said(chat, f"how heavy should calf raise number {chat} be") for chat in people])
    wait_for(lambda: server.answered >= len(people), START_SECONDS)


def everybody(commands: int, wanted: int) -> Iterator[tuple[str, dict[str, Speed]]]:
    """Measure every bot, one after the other, ours first."""
    asked = distinct_questions(wanted)
    for name in EVERY:
        yield name, replies(name, asked, commands)

"""People who log weights and press buttons all at once, and what must have come of it: every effect exactly once."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic

from sqlalchemy import func, insert, select
from sqlmodel import Session, col

from coach.buttons.callback_data import parse
from coach.buttons.measurements import TakeBackWeight
from coach.buttons.setup import ToggleGoal
from coach.profile import Goal
from db.engine import Database
from db.models import HandledUpdate, OutboxMessage
from db.tables import USER
from telegram_local.people import LocalUser
from telegram_local.server import LocalTelegram
from telegram_local.state import Message

FIRST = 101
LIGHTEST = 50_000  # grams; every weight of a person is a tenth of a kilogram above the one before


@dataclass
class Doer:
    """A person, and what they did so far."""

    user: LocalUser
    board: Message
    """Stands for the message with the goals to tick."""
    weights: int = 0
    presses: Counter[Goal] = field(default_factory=Counter)


class Crowd:
    """Some people in the database: half keep a log of weights, half have the question about goals open."""

    def __init__(self, telegram: LocalTelegram, database: Database, people: int, seed: int) -> None:
        self.telegram, self.database = telegram, database
        self.chance = random.Random(seed)
        self.sent = 0
        ids = range(FIRST, FIRST + people)
        given = {"language": "en", "goals": [], "zone": "Europe/Berlin", "units": "kg", "weight_log": True}
        given |= {"awaiting": "goals", "created_at": datetime.now(UTC), "set_up_at": datetime.now(UTC)}
        rows = [{"id": one, "first_name": "Ann"} | given for one in ids]
        database.run_now(lambda session: session.connection().execute(insert(USER), rows))
        self.doers = [self._doer(one) for one in ids]

    def _doer(self, one: int) -> Doer:
        user = self.telegram.user(one, first_name="Ann")
        buttons = [[{"text": goal.value, "callback_data": ToggleGoal(goal).pack()}] for goal in Goal]
        keyboard = {"inline_keyboard": buttons}
        board = self.telegram.core.post(user.private, self.telegram.core.state.bot, {"text": "Goals?"}, keyboard)
        return Doer(user, board)

    async def act(self) -> None:
        """Let somebody do something."""
        doer = self.chance.choice(self.doers)
        self.sent += 1
        if doer.user.id % 2:  # an answered question closes the other's: each does one of the two
            doer.weights += 1
            await doer.user.send(f"/weight {_kilograms(doer.weights):.1f} kg")
        else:
            goal = self.chance.choice(list(Goal))
            doer.presses[goal] += 1
            doer.user.press_data(ToggleGoal(goal).pack(), doer.board)

    async def go_on(self, rate: float, stop: asyncio.Event) -> None:
        """Do so many things a second until `stop`."""
        began = monotonic()
        while not stop.is_set():
            while self.sent < (monotonic() - began) * rate:
                await self.act()
            await asyncio.sleep(0.01)

    async def settled(self, within: float = 900) -> None:
        """Wait until every update is taken and every answer sent. Raises TimeoutError."""
        await self.telegram.until(lambda: self.telegram.pending_updates == 0, within)
        async with asyncio.timeout(within):
            while await self.database.run(_unsent):  # noqa: ASYNC110 - another process sends them
                await asyncio.sleep(0.05)

    def check(self, *, replies_in_order: bool = True) -> int:
        """Everything took effect exactly once, in order within a chat; return how many answers came twice."""
        people, outcomes, written = self.database.run_now(_found)
        assert outcomes == {"done": self.sent}, outcomes
        if self.database.is_sqlite:
            assert written == self.sent, f"{written} answers written to {self.sent} updates"
        repeated = 0
        for doer in self.doers:
            goals, weight = people[doer.user.id]
            odd = {goal.value for goal, times in doer.presses.items() if times % 2}
            assert set(goals) == odd, f"{doer.user.id} pressed {doer.presses}"
            said = _kilograms(doer.weights) if doer.weights else None
            assert weight == said, f"{doer.user.id} weighs {weight}, said {said}"
            answers = [before for message in doer.user.received if (before := _before(message)) is not None]
            expected = [round(_kilograms(number) * 100) if number else 0 for number in range(doer.weights)]
            first = list(dict.fromkeys(answers))
            found = first if replies_in_order else sorted(first)
            assert found == expected, f"{doer.user.id} got {answers} for {expected}"
            repeated += len(answers) - len(first)
        return repeated


def _kilograms(number: int) -> float:
    return (LIGHTEST + 100 * number) / 1000


def _before(message: Message) -> int | None:
    """Return the weight before, in hundredths of a kilogram, that the answer to a logged weight offers to take back."""
    for row in message.get("reply_markup", {}).get("inline_keyboard", []):
        for button in row:
            action = parse(button.get("callback_data", ""))
            if isinstance(action, TakeBackWeight):
                return action.before
    return None


def _unsent(session: Session) -> int:
    return session.connection().execute(select(func.count()).select_from(OutboxMessage)).scalar_one()


def _found(session: Session) -> tuple[dict[int, tuple[list[str], float | None]], dict[str, int], int]:
    connection = session.connection()
    people = connection.execute(select(USER.c.id, USER.c.goals, USER.c.weight_kg)).all()
    kinds = select(col(HandledUpdate.outcome), func.count()).group_by(col(HandledUpdate.outcome))
    written = 0
    if connection.dialect.name == "sqlite":
        table = OutboxMessage.__tablename__
        rows = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).scalar()
        written = int(rows or 0)
    outcomes = {str(outcome): int(count) for outcome, count in connection.execute(kinds)}
    return {one: (goals, weight) for one, goals, weight in people}, outcomes, written

"""Months of random settings: at most two messages on one date, none in quiet hours but at a time chosen there."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random

import pytest
from sqlalchemy import func, select
from sqlmodel import Session
from sqlmodel import select as select_rows

from coach.planning.workouts import WORKOUTS
from coach.profile import SessionStatus
from coach.reminders.kinds import ReminderKind
from coach.reminders.local_time import local_day, to_local
from content.library import Content
from db.engine import Database
from db.models import OutboxMessage, Reminder, TrainingSession, User
from db.tables import OUTBOX, REMINDER
from scheduler.reminder_messages import ReminderComposer
from scheduler.ticker import Ticker
from services import reminders
from tests.support.fake_api import FakeClock

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Tokyo", "Pacific/Auckland", "Africa/Cairo", "America/Santiago")
BEGIN = datetime(2026, 3, 1, tzinfo=UTC)  # March: clocks change in four of the six zones
PLANNED = [date(2026, 2, 20) + timedelta(days=ahead) for ahead in range(60)]


class Month:
    """People with settings drawn by lot, and what they hear."""

    def __init__(self, database: Database, content: Content, seed: int, people: int) -> None:
        self.database, self.random, self.people = database, Random(seed), range(1, people + 1)
        self.clock = FakeClock(BEGIN)
        self.ticker = Ticker(
            database, ReminderComposer(lambda: content), clock=self.clock, leads=lambda: True, on_written=lambda: None
        )
        self.heard: Counter[tuple[int, date]] = Counter()
        self.kinds: Counter[str] = Counter()
        for person in self.people:
            database.run_now(partial(self.settle_in, person=person))

    def settle_in(self, session: Session, person: int) -> None:
        user = User(
            id=person, zone=self.random.choice(ZONES), plan_start=PLANNED[0], planned_on=PLANNED[-1], created_at=BEGIN
        )
        session.add(user)
        session.flush()
        for day in PLANNED:
            workout = self.random.choice(sorted(WORKOUTS))
            session.add(TrainingSession(user_id=person, day=day, kind=WORKOUTS[workout].kind, workout=workout))
        session.flush()
        reminders.set_times(session, user, ReminderKind.SESSION, self.times(), BEGIN)
        for _ in range(3):
            self.change(session, user)

    def times(self) -> dict[int, time]:
        """Two times of day at most, on some weekdays."""
        choices = [time(self.random.randrange(24), self.random.choice((0, 15, 30, 45))) for _ in range(2)]
        days = self.random.sample(range(1, 8), self.random.randint(1, 7))
        return {day: self.random.choice(choices) for day in days}

    def change_somebody(self, session: Session, person: int) -> None:
        self.change(session, session.get_one(User, person))

    def change(self, session: Session, user: User) -> None:
        """Something a person may change, or do, at any time."""
        now, kind = self.clock.now, self.random.choice(list(ReminderKind))
        match self.random.randrange(7):
            case 0 | 1:
                reminders.set_times(session, user, kind, self.times(), now)
            case 2:
                reminders.switch(session, user, kind, on=self.random.random() < 0.8, now=now)
            case 3:
                user.quiet_from, user.quiet_to = (f"{self.random.randrange(24):02}:00" for _ in range(2))
            case 4:
                user.zone = self.random.choice(ZONES)
                reminders.arm_all(session, user, now)
            case 5 | 6:
                today = local_day(now, user.zone or "UTC")
                row = session.exec(
                    select_rows(TrainingSession).where(TrainingSession.user_id == user.id, TrainingSession.day == today)
                ).one()
                row.status = SessionStatus.DONE
                reminders.follow(session, user, now)

    async def lived(self) -> None:
        end = BEGIN + timedelta(days=31)
        while self.clock.now < end:
            due = self.database.run_now(
                lambda session: session.connection().execute(select(func.min(REMINDER.c.next_due_at))).scalar()
            )
            late = timedelta(hours=self.random.choice((0, 0, 0, 0, 0, 1, 4, 9)))  # sometimes the bot was down
            self.clock.now = max(self.clock.now, min(due or end, end)) + late
            await self.ticker.tick_now()
            self.database.run_now(self.listen)
            self.database.run_now(partial(self.change_somebody, person=self.random.choice(self.people)))

    def listen(self, session: Session) -> None:
        """Hold what was just said to the rules, and forget it."""
        now = self.clock.now
        for message in session.exec(select_rows(OutboxMessage)):
            user = session.get_one(User, message.user_id)
            kind = (message.once_key or "").split(":")[1]
            local = to_local(now, user.zone or "UTC")
            self.heard[user.id, local.date()] += 1
            self.kinds[kind] += 1
            assert self.heard[user.id, local.date()] <= 2, f"{user.id} on {local.date()}"
            assert message.useful_until is not None
            assert now < message.useful_until
            quiet = reminders.quiet(user)
            if quiet.holds(local.time()):
                reminder = session.exec(
                    select_rows(Reminder).where(Reminder.user_id == user.id, Reminder.kind == kind)
                ).one()
                assert message.due_at is not None
                assert reminder.chosen, f"{kind} at {local} in {quiet}"
                assert quiet.holds(to_local(message.due_at, user.zone or "UTC").time()), f"{kind} at {local} in {quiet}"
        session.connection().execute(OUTBOX.delete())


async def test_a_month_of_good_manners(database: Database, content: Content) -> None:
    month = Month(database, content, seed=4, people=5)
    await month.lived()
    assert set(month.kinds) == set(ReminderKind), "every kind was heard"
    assert max(month.heard.values()) == 2, "the limit was met"


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(20))
async def test_many_months_of_good_manners(database: Database, content: Content, seed: int) -> None:
    month = Month(database, content, seed, people=20)
    await month.lived()
    assert month.heard

"""Coming back after a miss: the small session, the streak that it mends, and the one message after days of silence."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from sqlmodel import Session, select

from coach.planning.state import streaks
from coach.profile import SessionKind, SessionStatus, SkipReason
from coach.reminders.local_time import to_local
from db.models import PinnedWorkout, TrainingSession
from db.queries import day_results, users
from tests.support.bot_harness import BotHarness, Person, Said
from tests.support.onboarding import set_up

# What differs between the databases is tested elsewhere, in fewer steps.
pytestmark = pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)

SESSIONS = frozenset({"reminders/interval", "reminders/strength", "reminders/easy"})
DAILY = SESSIONS | {"reminders/recovery"}


class Life:
    """A person who hears what comes by itself, and trains, or not."""

    def __init__(self, coach: BotHarness, person: Person) -> None:
        self.coach, self.person = coach, person
        self.heard: list[tuple[date, Said]] = []

    @property
    def today(self) -> date:
        return to_local(self.coach.clock.now, "Europe/Berlin").date()

    async def hears(self) -> Said:
        """Wait for the next message that comes by itself."""
        for _ in range(20):
            before = len(self.person.user.received)
            await self.coach.jump()
            if len(self.person.user.received) > before:
                self.heard.append((self.today, self.person.sees))
                return self.person.sees
        raise AssertionError("nothing comes any more")

    async def daily(self) -> Said:
        """Wait for the next reminder of a session or of a day of rest."""
        while (await self.hears()).template not in DAILY:
            pass
        return self.person.sees

    async def next_session(self) -> Said:
        while (await self.daily()).template not in SESSIONS:
            pass
        return self.person.sees

    async def trains(self) -> None:
        """Do what the newest reminder asks for."""
        if self.person.offers("start"):
            await self.person.presses("start")
            await self.person.presses("pain_0")
        await self.person.presses("rested" if self.person.offers("rested") else "done")

    async def trains_until(self, day: date) -> None:
        while self.today < day:
            await self.next_session()
            await self.trains()

    async def streak(self) -> int:
        def read(session: Session) -> int:
            user = users.find(session, 1)
            assert user is not None
            return streaks.streak(day_results.history(session, user, self.today), self.today)

        return await self.coach.running.db.run(read)

    async def rows(self) -> dict[date, TrainingSession]:
        return await self.coach.running.db.run(
            lambda session: {row.day: row for row in session.exec(select(TrainingSession))}
        )

    async def misses(self) -> Said:
        """Let the next session go by; return the daily reminder of the day after."""
        await self.next_session()
        return await self.daily()

    @property
    def most_on_a_date(self) -> int:
        return max(Counter(day for day, _ in self.heard).values())


@pytest.fixture
async def ann(coach: BotHarness) -> Life:
    """A week behind her, all of it done."""
    life = Life(coach, await set_up(coach, experience="regular"))
    await life.trains_until(date(2026, 3, 10))
    return life


async def test_the_morning_after_a_miss_offers_a_small_session_once(ann: Life) -> None:
    after = await ann.misses()
    assert "eight minutes of calf raises" in after
    assert ann.person.offers("small_session")
    for _ in range(13):
        await ann.daily()
        assert not ann.person.offers("small_session"), "once in 14 days"


async def test_done_it_mends_the_streak_and_the_week_goes_on(ann: Life) -> None:
    before = await ann.streak()
    await ann.misses()
    shown = await ann.person.presses("small_session")
    assert shown.shows("today/small", "8 minutes", "Standing calf raise")
    missed = ann.today - timedelta(days=1)
    logged = await ann.person.presses("done")
    assert logged.shows("today/small_done", "doesn't count against your streak", mended=True)
    row = (await ann.rows())[ann.today]
    assert (row.workout, row.status, row.minutes, row.calf_sets) == ("small-calves", SessionStatus.DONE, 8, 3)
    assert (await ann.rows())[missed].status == SessionStatus.PLANNED, "the miss stays what it was"
    assert await ann.streak() == before + 1
    assert "effort 4" in await ann.person.presses("4") or ann.person.sees.template == "today/rated"
    assert "Small calf session" in await ann.person.says("/plan")


async def test_a_second_miss_after_a_mended_one_breaks_nothing(ann: Life) -> None:
    await ann.misses()
    await ann.person.presses("small_session")
    await ann.person.presses("done")
    kept = await ann.streak()
    await ann.misses()
    assert await ann.streak() >= kept, "it is the first that counts"


async def test_undo_takes_the_small_session_back(ann: Life) -> None:
    await ann.misses()
    planned = (await ann.rows())[ann.today].workout
    await ann.person.presses("small_session")
    await ann.person.presses("done")
    await ann.person.presses("undo")
    row = (await ann.rows())[ann.today]
    assert (row.status, row.workout) == (SessionStatus.PLANNED, planned)


async def test_who_skipped_for_lack_of_time_is_offered_it_and_who_gave_no_reason_is_not(ann: Life) -> None:
    await ann.next_session()
    await ann.person.presses("skip")
    await ann.daily()
    assert not ann.person.offers("small_session")
    await ann.trains()
    await ann.next_session()
    await ann.person.presses("skip")
    await ann.person.presses("because_time")
    await ann.daily()
    assert ann.person.offers("small_session")


@pytest.mark.parametrize("reason", [SkipReason.SICK, SkipReason.HURTS])
async def test_illness_and_pain_are_offered_nothing(ann: Life, reason: SkipReason) -> None:
    await ann.next_session()
    await ann.person.presses("skip")
    await ann.person.presses(f"because_{reason}")
    await ann.misses()
    assert not ann.person.offers("small_session")


async def test_pain_before_a_session_is_offered_nothing(ann: Life) -> None:
    await ann.next_session()
    await ann.person.says("/today")
    await ann.person.presses("start" if ann.person.offers("start") else "something_hurts")
    await ann.person.presses("pain_3")
    for _ in range(6):
        await ann.daily()
        assert not ann.person.offers("small_session")


@pytest.mark.parametrize("says", ["/pause sick", "/pause travel", "I have chest pain when I run"])
async def test_pauses_and_red_flags_are_offered_nothing(coach: BotHarness, ann: Life, says: str) -> None:
    await ann.next_session()
    coach.clock.forward(hours=30)
    await ann.person.says(says)
    before = len(ann.person.user.received)
    for _ in range(5):
        coach.clock.forward(days=1)
        await coach.tick()
    assert len(ann.person.user.received) == before


async def test_a_miss_before_a_pause_is_let_go_of(coach: BotHarness, ann: Life) -> None:
    await ann.next_session()
    coach.clock.forward(hours=20)
    await ann.person.says("/pause sick")
    coach.clock.forward(days=1)
    await ann.person.says("/resume")
    await ann.daily()
    assert not ann.person.offers("small_session")


async def test_the_button_of_yesterday_and_one_pressed_with_pain_do_nothing(coach: BotHarness, ann: Life) -> None:
    await ann.misses()
    offer = ann.person.user.last
    await ann.person.says("/today")
    await ann.person.presses("start" if ann.person.offers("start") else "something_hurts")
    await ann.person.presses("pain_3")
    ann.person.user.press_data(f"small-done:{ann.today}", offer)
    await coach.settle()
    assert ann.person.toast.template == "mistakes/old_button"
    coach.clock.forward(days=1)
    ann.person.user.press_data(f"small:{ann.today - timedelta(days=1)}", offer)
    await coach.settle()
    assert ann.person.toast.template == "mistakes/old_button"


async def test_three_silent_days_bring_one_message_and_the_daily_ones_go_on(ann: Life) -> None:
    last_word = ann.today
    while (await ann.hears()).template != "reminders/comeback":
        pass
    assert ann.today - last_word >= timedelta(days=4)
    assert "two sessions in the next seven days" in ann.person.sees
    days = set()
    for _ in range(40):
        said = await ann.hears()
        assert said.template != "reminders/comeback", "not before something is said"
        days.add(ann.today)
    assert len(days) > 20, "the daily reminders go on"
    assert ann.most_on_a_date <= 2


async def test_a_smaller_week_is_two_sessions_and_can_be_taken_back(ann: Life) -> None:
    while (await ann.hears()).template != "reminders/comeback":
        pass
    whole = await ann.rows()
    said = await ann.person.presses("smaller_week")
    assert said.template == "plan/smaller"
    assert said.count(" min") == 2
    smaller = await ann.rows()
    until = ann.today + timedelta(days=6 - ann.today.weekday())
    left = [day for day, row in smaller.items() if ann.today <= day <= until and row.kind != SessionKind.RECOVERY]
    assert len(left) <= 2
    assert (await ann.person.presses("undo")).shows("requests/undone", "the smaller week")
    back = await ann.rows()
    assert {day: row.workout for day, row in back.items()} == {day: row.workout for day, row in whole.items()}


async def test_undo_of_a_smaller_week_leaves_what_the_person_put_there(ann: Life) -> None:
    def read(session: Session) -> list[tuple[date, str]]:
        return sorted((each.day, each.workout) for each in session.exec(select(PinnedWorkout)))

    def pin(session: Session) -> None:
        for ahead in range(1, 6):
            session.add(PinnedWorkout(user_id=1, day=ann.today + timedelta(days=ahead), workout=workouts[ahead % 2]))

    workouts = ("recovery", "easy-walk")
    while (await ann.hears()).template != "reminders/comeback":
        pass
    await ann.coach.running.db.run(pin)
    own = await ann.coach.running.db.run(read)
    await ann.person.presses("smaller_week")
    assert await ann.coach.running.db.run(read) != own
    await ann.person.presses("undo")
    assert await ann.coach.running.db.run(read) == own


async def test_undo_after_pain_was_asked_brings_the_day_back_too(ann: Life) -> None:
    await ann.misses()
    offer, planned = ann.person.user.last, (await ann.rows())[ann.today].workout
    await ann.person.says("no pain, 0 out of 10")
    assert (await ann.rows())[ann.today].pain == 0
    ann.person.user.press_data(f"small-done:{ann.today}", offer)
    await ann.coach.settle()
    assert (await ann.rows())[ann.today].workout == "small-calves"
    ann.person.user.press_data(f"undo:{ann.today}", offer)
    await ann.coach.settle()
    row = (await ann.rows())[ann.today]
    assert (row.workout, row.status, row.pain) == (planned, SessionStatus.PLANNED, 0)


@pytest.mark.parametrize("ahead", [0, 1])
async def test_days_kept_free_for_an_event_are_offered_nothing(ann: Life, ahead: int) -> None:
    await ann.next_session()

    def set_event(session: Session) -> None:
        user = users.find(session, 1)
        assert user is not None
        user.event_day = ann.today + timedelta(days=1 + ahead)

    await ann.coach.running.db.run(set_event)
    assert (await ann.daily()).shows("reminders/recovery", event="event-eve" if ahead else "event")
    assert not ann.person.offers("small_session")
    ann.person.user.press_data(f"small:{ann.today}", ann.person.user.last)
    await ann.coach.settle()
    assert ann.person.toast.template == "mistakes/old_button"


async def test_a_word_after_it_lets_it_come_again_after_the_look_back(ann: Life) -> None:
    while (await ann.hears()).template != "reminders/comeback":
        pass
    first = ann.today
    await ann.next_session()
    await ann.trains()
    while (await ann.hears()).template != "reminders/comeback":
        pass
    between = [said.template for day, said in ann.heard if first < day < ann.today]
    assert "reminders/review" in between
    assert ann.most_on_a_date <= 2


@pytest.mark.parametrize("says", ["/pause travel", "/remind off"])
async def test_silence_in_a_pause_or_without_reminders_is_left_alone(coach: BotHarness, ann: Life, says: str) -> None:
    await ann.person.says(says)
    before = len(ann.person.user.received)
    for _ in range(10):
        coach.clock.forward(hours=12)
        await coach.tick()
    assert len(ann.person.user.received) == before


async def test_it_can_be_turned_off(coach: BotHarness, ann: Life) -> None:
    await ann.person.says("/remind")
    await ann.person.presses("kind_comeback")
    await ann.person.presses("reminders_off")
    for _ in range(15):
        assert (await ann.hears()).template != "reminders/comeback"


@pytest.mark.timeout(400)  # on a busy machine
async def test_twelve_weeks_of_misses_and_returns(coach: BotHarness) -> None:
    """Never more than two messages a date; a small session at most every 14 days; one message a silence."""
    ann = Life(coach, await set_up(coach, experience="regular", days="Mon Tue Thu Sat"))
    end, offers, small = ann.today + timedelta(days=84), [], []
    while ann.today < end:
        said = await ann.hears()
        week = (ann.today - date(2026, 3, 2)).days // 7
        silent = week % 4 == 2  # every fourth week goes by without a word
        misses = ann.today.isoweekday() == 2 and week % 2 == 1
        if ann.person.offers("small_session"):
            offers.append(ann.today)
            if not silent:
                await ann.person.presses("small_session")
                await ann.person.presses("done")
                small.append(ann.today)
        elif said.template in SESSIONS and not silent and not misses:
            await ann.trains()
    comebacks = [day for day, said in ann.heard if said.template == "reminders/comeback"]
    assert ann.most_on_a_date <= 2
    assert small
    assert all((later - day).days >= 14 for day, later in pairwise(offers))
    assert len(comebacks) == len({(day - date(2026, 3, 2)).days // 7 // 4 for day in comebacks}), "one a silence"
    assert comebacks
    assert await ann.person.says("/progress")

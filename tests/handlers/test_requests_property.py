"""Whatever is requested: nobody else's rows change, Undo restores one's own exactly, an update counts once."""

import asyncio
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from coach.buttons.callback_data import MAX_BYTES, parse
from coach.buttons.requests import NO_SLOTS, ConfirmRequest, DoRequest, pack_slots, unpack_slots
from coach.planning.exercises.catalog import EXERCISES
from coach.planning.exercises.progression import MOST_LOAD_KG, MOST_REPS, MOST_SETS
from coach.planning.inputs import Equipment, Screening
from coach.profile import Goal, SessionStatus, SkipReason, Units
from coach.reminders.kinds import ReminderKind
from coach.requests import Intent, Slots
from content.library import Content
from content.understanding.meanings import Requests
from content.understanding.requests.request import Request
from db.engine import Database
from db.models import User
from db.queries import users
from handlers.framework.turn import Turn
from handlers.prompts.registry import Prompts
from handlers.requests import requesting
from handlers.requests.registry import CONFIRMED, WORKS
from services import last_change, plans, reminders
from tests.support.bot_harness import PLACES, START
from tests.support.fake_search import Canned
from tests.support.requests import rows

ANN, BOB = 1, 2
NOTHING = Canned("none", ()).find("")
DAYS = st.integers(-16, 16).map(lambda ahead: START.date() + timedelta(days=ahead))
GOALS, THINGS = (st.frozensets(st.sampled_from([member.value for member in kind])) for kind in (Goal, Equipment))
ANY_SLOTS = st.builds(
    Slots,
    day=st.none() | DAYS,
    week=st.sampled_from([None, "this", "next"]),
    effort=st.none() | st.integers(1, 10),
    minutes=st.none() | st.integers(1, 300),
    reason=st.sampled_from([None, "time", "hurts", "sick", "weather", "holiday", "other", "injured"]),
    from_day=st.none() | DAYS,
    to_day=st.none() | DAYS,
    level=st.none() | st.integers(0, 10),
    kg=st.none() | st.integers(300, 2600).map(lambda tenths: tenths / 10),
    units=st.none() | st.sampled_from([unit.value for unit in Units]),
    add=st.none() | GOALS,
    remove=st.none() | GOALS,
    days=st.none() | st.frozensets(st.integers(1, 7), min_size=1),
    at=st.none() | st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    switch=st.sampled_from([None, "on", "off"]),
    until=st.none() | DAYS,
    left_cm=st.none() | st.integers(150, 750).map(lambda tenths: tenths / 10),
    left=st.none() | st.integers(0, 120),
    reps=st.none() | st.lists(st.integers(0, 110), min_size=1, max_size=5).map(tuple),
    exercise=st.sampled_from([None, "standing-calf-raise", "bodyweight-squat", "forward-lunge", "jump-rope"]),
    what=st.sampled_from([None, "planned", "more", "back", "week", "raises", "girth", "sessions", "half marathon"]),
    number=st.none() | st.integers(0, 600) | st.integers(5, 800).map(lambda tenths: tenths / 10),
    by=st.none() | st.integers(-3, 500).map(lambda ahead: START.date() + timedelta(days=ahead)),
)
ANY_REQUEST = st.builds(Request, st.sampled_from(list(Intent)), ANY_SLOTS)


def of_things(request: Request) -> Request:
    """Goals and equipment share slots: name things where things are meant."""
    if request.intent is not Intent.EQUIPMENT:
        return request
    return Request(request.intent, Slots(add=frozenset({"step"}), remove=frozenset({"hill"})))


def live(session: Session, person: int) -> None:
    """Let a person be in the third week of a plan, some of it done."""
    user, _ = users.get_or_create(session, person, "Ann", START)
    user.zone, user.screening, user.screened_on = "Europe/Berlin", Screening.CLEAR, START.date()
    user.set_up_at, user.goals, user.units, user.weight_kg = START, ["calves"], "kg", 70.0
    begun = START.date() - timedelta(days=14)
    plans.start_on(session, user, begun)
    reminders.set_times(session, user, ReminderKind.SESSION, dict.fromkeys(range(1, 8), time(7)), START)
    for week in (0, 7, 14):
        plans.renew(session, user, begun + timedelta(days=week))
    for ago in (1, 3, 5):
        row = plans.of_day(session, user, START.date() - timedelta(days=ago), START.date())
        if row is not None:
            plans.mark(row, SessionStatus.DONE, START)
    plans.renew(session, user, START.date())


def turn_of(session: Session, content: Content, user: User, now: datetime) -> Turn:
    """The turn of a message of this person."""
    language = content.language(None)
    return Turn(session, user, language, now, languages=content.languages, prompts=Prompts(), places=PLACES)


class Rolled(Exception):
    """Nothing of an example is kept."""


def test_undo_restores_every_row_and_nobody_else_is_touched(database: Database, content: Content) -> None:
    @given(st.lists(ANY_REQUEST.map(of_things), min_size=1, max_size=3), st.booleans())
    @settings(max_examples=120, deadline=None)
    def holds(asked: list[Request], confirmed: bool) -> None:
        with suppress(Rolled):
            asyncio.run(database.run(lambda session: _undone(session, content, asked, confirmed=confirmed)))

    for person in (ANN, BOB):
        asyncio.run(database.run(partial(live, person=person)))
    holds()


def _undone(session: Session, content: Content, asked: list[Request], *, confirmed: bool) -> None:
    """Carry out these requests for Ann, undo them, and look at all rows. Raises Rolled."""
    ann = session.get_one(User, ANN)
    before, bobs = rows(session, ANN), rows(session, BOB)
    turn = turn_of(session, content, ann, START)
    if confirmed and asked[0].intent in CONFIRMED:
        _quietly(lambda: requesting._carry_out(turn, [(asked[0], CONFIRMED[asked[0].intent])]))
    else:
        _quietly(lambda: requesting.carry_out(turn, Requests(tuple(asked)), NOTHING))
    assert rows(session, BOB) == bobs
    changed = rows(session, ANN) != before
    undone = last_change.undo(session, ann, START)
    undid_itself = Intent.UNDO in {request.intent for request in asked}
    assert undid_itself or not changed or (undone is not None and rows(session, ANN) == before)
    assert last_change.undo(session, ann, START) is None
    raise Rolled


def _quietly(work: Any) -> None:
    """A mistake that is answered by its message counts as an answer; its transaction would be rolled back."""
    from coach.user_errors import UserError

    try:
        work()
    except UserError:
        raise Rolled from None


@given(ANY_SLOTS, st.sampled_from(Intent), st.sampled_from([DoRequest, ConfirmRequest]))
def test_slots_come_back_from_their_button(
    slots: Slots, intent: Intent, kind: type[DoRequest] | type[ConfirmRequest]
) -> None:
    whole, button = pack_slots(slots), kind.of(intent, slots)
    assert unpack_slots(whole) == slots
    assert parse(button.pack()) == button
    back = unpack_slots(button.slots)
    assert back is not None
    assert back.said().items() <= slots.said().items()
    parts, kept = whole.split("."), 0 if button.slots == NO_SLOTS else len(button.slots.split("."))
    assert button.slots == (".".join(parts[:kept]) or NO_SLOTS)
    longer = f"{kind.code}:{intent}:{'.'.join(parts[: kept + 1])}"
    assert back == slots or len(longer) > MAX_BYTES, "left out only where there is no room"


@given(
    st.sampled_from(sorted(EXERCISES)),
    st.dates(date(2024, 1, 1), date(2099, 12, 31)),
    st.none() | st.integers(0, round(MOST_LOAD_KG * 10)).map(lambda tenths: tenths / 10),
    st.lists(st.integers(0, MOST_REPS), min_size=1, max_size=MOST_SETS).map(tuple),
)
def test_a_button_holds_the_most_sets_of_every_exercise(
    exercise: str, day: date, kg: float | None, reps: tuple[int, ...]
) -> None:
    slots = Slots(day=day, kg=kg, exercise=exercise, reps=reps)
    button = parse(DoRequest.of(Intent.SETS, slots).pack())
    assert isinstance(button, DoRequest)
    assert unpack_slots(button.slots) == slots


@given(DAYS, DAYS, st.integers(1, 10), st.integers(1, 1440), st.sampled_from(SkipReason))
def test_a_button_holds_all_that_is_told_of_a_session(
    day: date, early: date, effort: int, minutes: int, reason: SkipReason
) -> None:
    done = Slots(day=day, effort=effort, minutes=minutes, from_day=early)
    for intent, slots in ((Intent.DONE, done), (Intent.SKIP, Slots(day=day, effort=effort, reason=reason))):
        assert unpack_slots(DoRequest.of(intent, slots).slots) == slots


def test_buttons_of_before_are_still_read() -> None:
    slots = Slots(day=date(2026, 3, 2), kg=20.0, exercise="bent-knee-calf-raise", reps=(15, 13))
    assert unpack_slots("d20260302.k200.xbent-knee-calf-raise.z15+13") == slots


@given(st.text(max_size=60))
def test_forged_slots_are_no_slots(text: str) -> None:
    found = unpack_slots(text)
    assert found is None or unpack_slots(pack_slots(found)) == found


def test_every_intent_has_its_work() -> None:
    assert set(WORKS) == set(Intent)

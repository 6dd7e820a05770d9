"""The board on which a week is laid out: free days, placed sessions, and where the others go."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from coach.planning.inputs import EVERY_WEEKDAY, LEAST_MINUTES, AgeGroup, Experience, History, PastSession, Profile
from coach.planning.rules import MOST_HARD, MOST_HARD_CAREFUL, MOST_RUNNING, MOST_SESSIONS, MOST_SESSIONS_NEW
from coach.planning.special_weeks.events import days_around, kept_free
from coach.planning.spread import UNEVENNESS, beside, calf_day_cost, days_to_the_end, longest_run_of_days, week_cost
from coach.planning.state.training_state import TrainingState
from coach.planning.week import DROP_ORDER, DropReason, Target, WeekNote, Why
from coach.planning.workouts import EASY_WALK, HARD, RECOVERY, SPACED, WORKOUTS, Family
from coach.profile import Goal, SessionStatus


@dataclass(slots=True)
class Board:
    """A week while it is laid out: a workout for each day that has one."""

    profile: Profile
    state: TrainingState
    first: date
    slots: list[str | None]
    done: dict[int, PastSession]
    open: list[int]  # free days that have nothing yet
    spaced: int  # bits of the days with a workout of SPACED; the bit 1 << 7 is the Sunday before
    hard_left: int
    places_left: int
    missed: list[Family]
    again: list[Family]  # missed, and wished for once more
    given_up: dict[int, PastSession]  # by its day, what was skipped, or missed for the second time
    closed: dict[int, Why]
    strength_before: bool  # on the Sunday before
    fast_before: bool  # sprints or hills on the Sunday before
    days_before: int  # the days with a session that end with the Sunday before, six at most
    barred: int  # bits of the days around an event, which take no workout of SPACED
    free_days: int  # of this week
    minutes_of: dict[int, int]  # that there are on a day, where that is said of it alone
    chosen: set[int] = field(default_factory=set)
    unsafe_pin: bool = False
    beyond_step: bool = False  # a pin is more than the step of the way back allows
    blocked: dict[Target, DropReason] = field(default_factory=dict)
    order: tuple[Target, ...] = DROP_ORDER

    def put(self, day: int, workout: str) -> None:
        """Place a workout on an open day."""
        self.slots[day] = workout
        self.open = [free for free in self.open if free != day]
        self.places_left -= 1
        self.hard_left -= workout in HARD
        if workout in SPACED:
            self.spaced |= 1 << day

    def minutes(self, place: int | None = None) -> int:
        """Return the minutes a session may take, on that day where one is named."""
        usual = max(self.profile.minutes, LEAST_MINUTES)
        return usual if place is None else min(usual, self.minutes_of.get(place, usual))


def new_board(profile: Profile, number: int, state: TrainingState, history: History, today: date) -> Board:
    """Return the board with the sessions done on it, and the days closed that can take nothing more."""
    first = profile.first_monday + timedelta(days=7 * (number - 1))
    begin = bisect_left(history.sessions, first - timedelta(days=MOST_RUNNING), key=lambda row: row.day)
    end = bisect_left(history.sessions, first + timedelta(days=7), begin, key=lambda row: row.day)
    rows = {(row.day - first).days: row for row in history.sessions[begin:end]}
    days = profile.days & EVERY_WEEKDAY or EVERY_WEEKDAY
    free = {place for place in range(7) if history.free(first + timedelta(days=place), days)}
    done: dict[int, PastSession] = {}
    closed: dict[int, Why] = {}
    missed: list[Family] = []
    again, given_up = _after_misses(rows, today)
    if WeekNote.REALIGNED in state.notes:
        again, given_up = {}, given_up | again  # nothing is made up for
    for place in range(7):
        day, row = first + timedelta(days=place), rows.get(place)
        if row is not None and row.status is SessionStatus.DONE:
            done[place] = row
            closed[place] = Why.DONE
            continue
        if row is not None and _lost(row, today):
            missed.append(WORKOUTS[row.workout].family)
        if day < today or (row is not None and row.status is SessionStatus.SKIPPED):
            closed[place] = Why.PAST
        elif day < profile.start:
            closed[place] = Why.NOT_STARTED
        elif history.pauses and history.paused(day):
            closed[place] = Why.PAUSED
        elif (near := kept_free(profile, day)) is not None:
            closed[place] = near
        elif place not in free:
            closed[place] = Why.REST_NOT_FREE
    before = rows.get(-1)
    held = before is not None and _holds(before, today)
    sessions_before = {
        place for place, row in rows.items() if place < 0 and row.workout != RECOVERY and _holds(row, today)
    }
    days_before = next((back for back in range(MOST_RUNNING) if -1 - back not in sessions_before), MOST_RUNNING)
    trained = {place: row for place, row in done.items() if row.workout != RECOVERY}
    careful = profile.age is AgeGroup.FIFTY_PLUS or profile.goals == {Goal.HEALTHY}
    places = MOST_SESSIONS_NEW if state.level is Experience.NEW else MOST_SESSIONS
    places -= len(given_up)  # what is given up keeps its place, so that nothing fills it
    if state.notes & {WeekNote.REALIGNED, WeekNote.PAIN_STOPPED}:
        places = min(places, len(trained) + 3)
    return Board(
        profile=profile,
        state=state,
        first=first,
        slots=[done[place].workout if place in done else None for place in range(7)],
        done=done,
        open=[place for place in range(7) if place not in closed],
        spaced=sum(1 << place for place, row in trained.items() if row.workout in SPACED)
        | (1 << 7 if before is not None and held and before.workout in SPACED else 0),
        hard_left=(MOST_HARD_CAREFUL if careful else MOST_HARD) - sum(row.workout in HARD for row in trained.values()),
        places_left=places - len(trained),
        missed=missed,
        again=[WORKOUTS[row.workout].family for row in again.values()],
        given_up=given_up,
        closed=closed,
        strength_before=before is not None and held and WORKOUTS[before.workout].family is Family.STRENGTH,
        fast_before=before is not None and held and WORKOUTS[before.workout].family is Family.QUALITY,
        days_before=days_before,
        barred=days_around(profile, first),
        free_days=len(free),
        minutes_of={(each.day - first).days: each.minutes for each in history.overrides if each.minutes is not None},
    )


def _holds(row: PastSession, today: date) -> bool:
    """Say whether a session of the week before was done, or is still to come."""
    return row.status is SessionStatus.DONE or (row.status is SessionStatus.PLANNED and row.day >= today)


def _lost(row: PastSession, today: date) -> bool:
    counts = row.workout != RECOVERY and row.status is not SessionStatus.DONE
    return counts and (row.day < today or row.status is SessionStatus.SKIPPED)


def _after_misses(
    rows: Mapping[int, PastSession], today: date
) -> tuple[dict[int, PastSession], dict[int, PastSession]]:
    """Return, by day, the sessions to try once more and those given up: a miss moves once, a skip never."""
    again: dict[int, PastSession] = {}
    given_up: dict[int, PastSession] = {}
    for place, row in sorted(rows.items()):
        if place < 0 or row.workout == RECOVERY:
            continue
        before = next((day for day, each in again.items() if each.workout == row.workout), None)
        lost = _lost(row, today)
        if before is not None and (lost or row.status is SessionStatus.DONE):
            del again[before]
        if lost and (before is not None or row.status is SessionStatus.SKIPPED):
            given_up[place] = row
        elif lost:
            again[place] = row
    return again, given_up


def place_sessions(board: Board, wishes: list[str]) -> None:
    """Place as many of the wishes as the free days take, the dearest first; no safety rule gives way."""
    spaced, places, strength, easy = _picked(board, wishes)
    for day, workout in _assigned(spaced, places):
        board.put(day, workout)
    for day, workout in zip(_strength_days(board, len(strength)), strength, strict=True):
        board.put(day, workout)
    for day, workout in zip(_easy_days(board, len(easy)), easy, strict=True):
        board.put(day, workout)


def _easy_days(board: Board, count: int) -> list[int]:
    """Return days for easy sessions: no seven in a row where there is a choice, after hard ones, with rest spread."""
    trained = sum(1 << day for day, slot in enumerate(board.slots) if slot and slot != RECOVERY)
    trained |= sum(1 << day for day in board.given_up)
    after = sum(1 << day for day in board.open if follows_hard(board, day))

    def rank(days: tuple[int, ...]) -> tuple[int, int, int]:
        mask = sum(1 << day for day in days)
        running = longest_run_of_days(trained | mask, board.days_before)
        usually = longest_run_of_days(trained | mask, days_to_the_end(trained | mask))
        return max(running - MOST_RUNNING, 0), -(mask & after).bit_count(), usually

    best = min(combinations(board.open, count), key=rank)
    return sorted(best, key=lambda day: (not follows_hard(board, day), day))


def _picked(board: Board, wishes: list[str]) -> tuple[list[str], tuple[int, ...], list[str], list[str]]:
    """Return the spaced workouts and their days, the other strength workouts, and the easy ones."""
    room = min(len(board.open), max(board.places_left, 0))
    picked: list[str] = []
    hard_left = board.hard_left
    rest = list(wishes)
    met = {WORKOUTS[slot].family for slot in board.slots if slot in HARD}
    if len({WORKOUTS[wish].family for wish in rest[:room] if wish in HARD} - met) > hard_left:
        # The lighter session meets the same target, and leaves room for another.
        rest = [WORKOUTS[wish].lighter or wish for wish in rest]
    while rest and len(picked) < room:
        wish = rest.pop(0)
        if wish in HARD and hard_left <= 0:
            _block(board, wish)
            continue
        hard_left -= wish in HARD
        picked.append(wish)
    while (places := _spread(board, spaced := [wish for wish in picked if wish in SPACED], _calf_days(picked))) is None:
        unplaced = next((wish for wish in spaced if WORKOUTS[wish].lighter), spaced[-1])
        picked.remove(unplaced)
        softer = WORKOUTS[unplaced].lighter or next((wish for wish in rest if wish not in SPACED), EASY_WALK)
        if softer in rest:
            rest.remove(softer)
        picked.append(softer)
        _block(board, unplaced)
    strength = [wish for wish in picked if wish not in SPACED and WORKOUTS[wish].family is Family.STRENGTH]
    return spaced, places, strength, [wish for wish in picked if WORKOUTS[wish].family is Family.EASY]


def _block(board: Board, workout: str) -> None:
    """Note that a workout found no place among the hard days; a lighter one, where there is one, meets its target."""
    spec = WORKOUTS[workout]
    if spec.target is not None and spec.lighter is None:
        board.blocked.setdefault(spec.target, DropReason.SPACING)


def _assigned(spaced: list[str], places: tuple[int, ...]) -> list[tuple[int, str]]:
    """Return the day of each spaced workout: the long run's on the weekend where one is among them."""
    if (long := _long_run(spaced)) is None:
        return [*zip(places, spaced, strict=True)]
    last = _day_of_long_run(places)
    others = (each for each in spaced if each != long)
    return [(last, long), *zip((day for day in places if day != last), others, strict=True)]


def _day_of_long_run(places: tuple[int, ...]) -> int:
    return next((day for day in reversed(places) if 1 << day & _WEEKEND), places[-1])


def _calf_days(workouts: list[str]) -> int:
    """Return how many of these are strength workouts that may stand next to any other."""
    return sum(WORKOUTS[each].family is Family.STRENGTH and each not in SPACED for each in workouts)


def _long_run(workouts: list[str]) -> str | None:
    """Return the long run among these, None where there is none."""
    return next((workout for workout in workouts if WORKOUTS[workout].family is Family.LONG), None)


_WEEKEND: Final = 0b1100000


def _spread(board: Board, spaced: list[str], calf_days: int) -> tuple[int, ...] | None:
    """Return days for spaced workouts: for a long run on a weekend, with room for calf days, evenly spread."""
    if not spaced:
        return ()
    long = _long_run(spaced) is not None
    families = [WORKOUTS[each].family for each in spaced if WORKOUTS[each].family is not Family.LONG]
    barred = beside(board.spaced) | board.barred
    open_days = sum(1 << day for day in board.open)
    fast, strength = days_of(board, Family.QUALITY), days_of(board, Family.STRENGTH)
    best: tuple[tuple[bool, tuple[int, ...], int], tuple[int, ...]] | None = None
    for places in combinations([place for place in board.open if not barred & 1 << place], len(spaced)):
        mask = sum(1 << place for place in places)
        if mask & mask << 1:
            continue
        fast_too, strength_too = fast, strength
        days = [day for day in places if day != _day_of_long_run(places)] if long else places
        for day, family in zip(days, families, strict=True):
            fast_too |= (family is Family.QUALITY) << day
            strength_too |= (family is Family.STRENGTH) << day
        cost = calf_day_cost(
            open_days & ~mask, calf_days, strength_too | board.strength_before << 7, fast_too | board.fast_before << 7
        )
        rank = (long and not mask & _WEEKEND, cost, UNEVENNESS[mask | board.spaced & 0b1111111])
        if best is None or rank < best[0]:
            best = rank, places
    return best[1] if best else None


def days_of(board: Board, family: Family) -> int:
    """Return the bits of the days that have a workout of a family, or had one that is given up and keeps its day."""
    there = [*enumerate(board.slots), *((day, row.workout) for day, row in board.given_up.items())]
    return sum({1 << day for day, slot in there if slot and WORKOUTS[slot].family is family})


def follows_hard(board: Board, day: int) -> bool:
    """Say whether the day before in this week is a hard one."""
    return day > 0 and board.slots[day - 1] in HARD


def _strength_days(board: Board, count: int) -> tuple[int, ...]:
    """Return days for calf strength: not after sprints or hills, not two running, not on an eve, evenly spread."""
    strength, fast = days_of(board, Family.STRENGTH), days_of(board, Family.QUALITY)
    eves = board.spaced >> 1 & 0b111111 | (board.spaced & 1) << 6

    def rank(days: tuple[int, ...]) -> tuple[tuple[int, int, int], int, int]:
        mask = sum(1 << day for day in days)
        cost = week_cost(mask, strength | board.strength_before << 7, fast | board.fast_before << 7)
        return cost, (mask & eves).bit_count(), UNEVENNESS[mask | strength]

    return min(combinations(board.open, count), key=rank)

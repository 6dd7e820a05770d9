"""Sessions, days without training, and choices of a person."""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from coach.profile import SessionKind, SessionStatus
from db.models.columns import row_id


class TrainingSession(SQLModel, table=True):
    """The stored session of one person and day: the row that PlannedDay is written to and PastSession read from."""

    __tablename__ = "training_session"
    __table_args__ = (UniqueConstraint("user_id", "day"),)

    id: int | None = row_id()
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", sa_type=BigInteger)
    day: date
    kind: str
    workout: str  # slug of content/<language>/workouts
    rounds: int | None = None
    percent: int | None = None  # of effort, in sprints and hills
    calf_sets: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    leg_sets: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    run_minutes: int = Field(default=0, sa_column_kwargs={"server_default": "0"})  # without a break
    minutes: int | None = None  # in all; None where nobody planned it
    step: int | None = None  # of the ladder of its workout; None in rows from before there was one
    why: str | None = None  # coach.planning.week.Why: the key of one sentence
    status: str = SessionStatus.PLANNED
    minutes_done: int | None = None  # as the person said, or their guide counted
    rounds_done: int | None = None  # as their guide counted; None where none did
    effort: int | None = None  # 1–10, as it felt
    pain: int | None = None  # 0–10, as reported before it
    met: str | None = None  # coach.planning.way_back.ladder.BackAnswer: good or not yet, on the way back
    note: str | None = None
    skip_reason: str | None = None  # coach.profile.SkipReason
    changed_at: datetime | None = None

    @property
    def asks(self) -> SessionKind:
        """The kind of session."""
        return SessionKind(self.kind)


class ExtraSession(SQLModel, table=True):
    """A session beside the plan that was done: intervals of a person's own. The plan has one session a day."""

    __tablename__ = "extra_session"
    # Ids are never given twice: they stand in buttons.
    __table_args__ = (Index("extra_session_user", "user_id", "day"), {"sqlite_autoincrement": True})

    id: int | None = row_id()
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", sa_type=BigInteger)
    day: date
    kind: str = SessionKind.INTERVAL
    title: str  # the name of the intervals when they were done
    rounds: int
    rounds_done: int
    minutes_done: int | None = None  # None where only the rounds are known
    effort: int | None = None  # 1–10, as it felt
    instead: bool = False  # the person let it stand for the planned session of its day
    guide: int | None = Field(default=None, sa_column=Column(BigInteger))  # the live guide that counted it
    at: datetime


class Absence(SQLModel, table=True):
    """Days without training, both ends included: the planner starts lower after a long one."""

    __tablename__ = "absence"
    __table_args__ = (Index("absence_user", "user_id", "first"),)

    id: int | None = row_id()
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", sa_type=BigInteger)
    first: date
    last: date | None = None  # None while nobody knows
    reason: str  # coach.planning.inputs.PauseReason


class PinnedWorkout(SQLModel, table=True):
    """A workout that the person put on a day themselves."""

    __tablename__ = "pinned_workout"
    __table_args__ = (UniqueConstraint("user_id", "day"),)

    id: int | None = row_id()
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", sa_type=BigInteger)
    day: date
    workout: str  # slug of content/<language>/workouts


class OverriddenDay(SQLModel, table=True):
    """Answers of a person for one day alone, instead of their lasting ones: its minutes, whether it is free."""

    __tablename__ = "overridden_day"
    __table_args__ = (UniqueConstraint("user_id", "day"),)

    id: int | None = row_id()
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", sa_type=BigInteger)
    day: date
    minutes: int | None = None  # None for the usual ones
    free: bool | None = None  # None as the weekday usually is


class NumberGoal(SQLModel, table=True):
    """A figure that a person wants to reach by a day: one of each kind at most."""

    __tablename__ = "number_goal"
    __table_args__ = (UniqueConstraint("user_id", "kind"),)

    id: int | None = row_id()
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", sa_type=BigInteger)
    kind: str  # coach.number_goals.GoalKind
    number: float  # repetitions on each leg, centimetres round each calf, or sessions done
    by: date  # the last day
    begun: date  # sessions count from this day on


class NotedSets(SQLModel, table=True):
    """The sets of one exercise on one day, as the person noted them."""

    __tablename__ = "noted_sets"
    __table_args__ = (UniqueConstraint("user_id", "day", "exercise"),)

    id: int | None = row_id()
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", sa_type=BigInteger)
    day: date
    exercise: str  # slug of content/<language>/exercises
    reps: list[int] = Field(sa_column=Column(JSON, nullable=False))  # of each set; none where there is a result
    load_kg: float | None = None  # None where none was said, 0 for no weight
    result: str | None = None  # coach.planning.exercises.progression.SetsResult; None where there are repetitions

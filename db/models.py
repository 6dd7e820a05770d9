"""The tables. Times are aware UTC; Telegram's ids are BIGINT; weight is kilograms."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, UniqueConstraint, event, inspect
from sqlmodel import Field, SQLModel

from coach.profile import Goal, SessionKind, SessionStatus, Units
from coach.reminders.kinds import ReminderKind

# SQLite numbers rows by itself only where the key is INTEGER; elsewhere ids outgrow 32 bits.
_ROW_ID = BigInteger().with_variant(Integer(), "sqlite")


def _row_id() -> Any:
    return Field(default=None, sa_column=Column(_ROW_ID, primary_key=True, autoincrement=True))


def _nothing() -> list[str]:
    """Return an empty list. `list` itself would have its signature looked up, slowly, for every person made."""
    return []


class User(SQLModel, table=True):
    """A person, by Telegram's user id. In a private chat that is the chat's id too."""

    __tablename__ = "user_account"

    id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    first_name: str = ""
    language: str = "en"
    units: str | None = None
    weight_kg: float | None = None
    goals: list[str] = Field(default_factory=_nothing, sa_column=Column(JSON, nullable=False))
    zone: str | None = None
    experience: str | None = None  # coach.training.Experience; None is taken as new
    free_days: str = Field(default="1234567", sa_column_kwargs={"server_default": "1234567"})  # ISO weekdays
    minutes: int | None = None  # for one session
    longest_run: int | None = None  # minutes without a break, in the month before the plan began
    equipment: list[str] | None = Field(default=None, sa_column=Column(JSON))  # None where it was never asked
    age_group: str | None = None  # coach.training.AgeGroup; None is taken as adult
    screening: str | None = None  # coach.training.Screening: what the quick check said; None where it was not asked
    screened_on: date | None = None
    protein_check: str | None = None  # coach.protein.Check: whether an exception applies; None where it was not asked
    weight_log: bool = False  # keep each weight with its date
    setup_step: str | None = None  # where the first questions stand; None before and after them
    set_up_at: datetime | None = None
    awaiting: str | None = None
    awaiting_day: date | None = None  # the session that the awaited answer is about
    awaiting_kind: str | None = None  # the kind of reminder that the awaited time is for
    quiet_from: str = Field(default="22:00", sa_column_kwargs={"server_default": "22:00"})  # on the person's clock
    quiet_to: str = Field(default="06:00", sa_column_kwargs={"server_default": "06:00"})  # the same: no quiet hours
    prompt_message_id: int | None = Field(default=None, sa_column=Column(BigInteger))
    plan_start: date | None = None
    planned_on: date | None = None  # their date when the running week was planned; None since its inputs changed
    unreachable: str | None = None  # why nothing can be sent: "blocked", "deactivated", …; None where all is well
    pause_reason: str | None = None  # "safety", "sick", "holiday", …; None where reminders run
    paused_until: datetime | None = None  # None with a reason: until the person says so
    created_at: datetime

    @property
    def weighs_in(self) -> Units | None:
        """The chosen units."""
        return Units(self.units) if self.units else None

    @property
    def goal_set(self) -> frozenset[Goal]:
        """The chosen goals."""
        return frozenset(Goal(goal) for goal in self.goals)

    @property
    def prompt(self) -> str | None:
        """The kind of the question whose answer the coach waits for."""
        return self.awaiting or None

    @property
    def setup_prompt(self) -> str | None:
        """The kind of the question of the set-up that stands open."""
        return self.setup_step or None

    def paused(self, now: datetime) -> bool:
        """Say whether a pause runs; one that has ended is kept until the next, and means nothing."""
        return self.pause_reason is not None and (self.paused_until is None or self.paused_until > now)


_WEEK_INPUTS: Final = frozenset(
    {
        "goals", "experience", "free_days", "minutes", "longest_run", "equipment", "age_group", "screening",
        "screened_on", "plan_start",
    }
)  # fmt: skip


@event.listens_for(User, "before_update")
def _outdate_week(_mapper: object, _connection: object, user: User) -> None:
    """Note that the running week is to be planned anew, where an answer that it is made from has changed."""
    if not _WEEK_INPUTS.isdisjoint(inspect(user).committed_state):
        user.planned_on = None


class Reminder(SQLModel, table=True):
    """One kind of reminder of one person: the truth of what is due."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("user_id", "kind"), Index("reminder_due", "next_due_at"))

    id: int | None = _row_id()
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", sa_type=BigInteger)
    kind: str = ReminderKind.SESSION
    local_time: str  # "07:00", on the person's clock
    days: str = "1234567"  # ISO weekdays
    other_times: dict[str, str] | None = Field(default=None, sa_column=Column(JSON))  # {"6": "09:00"} where they differ
    chosen: bool = True  # the person named the times: they may lie in quiet hours
    on: bool = True
    next_due_at: datetime | None = None  # UTC; None where nothing is due: off, paused, unreachable
    last_day: date | None = None  # the person's date of the last one: never two on one date


class ReminderBackfill(SQLModel, table=True):
    """A kind of reminder, and how far the people who had reminders before it were given their row."""

    __tablename__ = "reminder_backfill"

    kind: str = Field(primary_key=True)
    reached: int = Field(default=0, sa_type=BigInteger)  # people up to this id have their row
    done: bool = False


class TrainingSession(SQLModel, table=True):
    """The stored session of one person and day: the row that PlannedDay is written to and PastSession read from."""

    __tablename__ = "training_session"
    __table_args__ = (UniqueConstraint("user_id", "day"),)

    id: int | None = _row_id()
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", sa_type=BigInteger)
    day: date
    kind: str
    workout: str  # slug of content/<language>/workouts
    rounds: int | None = None
    percent: int | None = None  # of the person's fastest, in sprints and hills
    calf_sets: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    leg_sets: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    run_minutes: int = Field(default=0, sa_column_kwargs={"server_default": "0"})  # without a break
    minutes: int | None = None  # in all; None where nobody planned it
    why: str | None = None  # coach.plan_types.Why: the key of one sentence
    status: str = SessionStatus.PLANNED
    effort: int | None = None  # 1–10, as it felt
    pain: int | None = None  # 0–10, as reported before it
    note: str | None = None
    skip_reason: str | None = None  # coach.profile.SkipReason
    changed_at: datetime | None = None

    @property
    def asks(self) -> SessionKind:
        """The kind of session."""
        return SessionKind(self.kind)


class Absence(SQLModel, table=True):
    """Days without training, both ends included: the planner starts lower after a long one."""

    __tablename__ = "absence"
    __table_args__ = (Index("absence_user", "user_id", "first"),)

    id: int | None = _row_id()
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", sa_type=BigInteger)
    first: date
    last: date | None = None  # None while nobody knows
    reason: str  # coach.training.PauseReason


class PinnedWorkout(SQLModel, table=True):
    """A workout that the person put on a day themselves."""

    __tablename__ = "pinned_workout"
    __table_args__ = (UniqueConstraint("user_id", "day"),)

    id: int | None = _row_id()
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", sa_type=BigInteger)
    day: date
    workout: str  # slug of content/<language>/workouts


class Measurement(SQLModel, table=True):
    """One figure of one day: a calf's girth, a heel-raise test, a weight where the person switched its log on."""

    __tablename__ = "measurement"
    __table_args__ = (UniqueConstraint("user_id", "kind", "side", "day"),)

    id: int | None = _row_id()
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", sa_type=BigInteger)
    kind: str  # coach.measures.Kind
    side: str = ""  # coach.measures.Side; empty where there is but one
    day: date  # the person's date
    value: float  # centimetres, repetitions or kilograms
    at: datetime


class OutboxMessage(SQLModel, table=True):
    """A call to make to Telegram: everything the coach says waits here until it was sent."""

    __tablename__ = "outbox"
    # Ids are never given twice: the sender knows by them what it has sent, and SQLite would give the last one again.
    __table_args__ = (
        Index("outbox_waiting", "bulk", "not_before", "id"),
        Index("outbox_user", "user_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = _row_id()
    user_id: int | None = Field(default=None, foreign_key="user_account.id", ondelete="CASCADE", sa_type=BigInteger)
    chat_id: int = Field(sa_type=BigInteger)
    method: str  # "sendMessage"
    payload: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))  # its parameters, chat_id included
    bulk: bool = False  # False: a reply, sent before bulk
    not_before: datetime | None = None
    useful_until: datetime | None = None  # later than this it is skipped and counted
    due_at: datetime | None = None  # when a reminder was due; None for replies
    late_text: str | None = None  # the text to send instead once it is late
    once_key: str | None = Field(default=None, unique=True)  # "42:session:2026-11-22": at most one message each
    remember: bool = False  # keep the sent message's id as the person's prompt_message_id
    owner: str | None = None  # the replica that sends it; None: whoever leads
    attempts: int = 0
    created_at: datetime


class HandledUpdate(SQLModel, table=True):
    """An update that took effect. Compared by equality: Telegram's ids jump after a quiet week."""

    __tablename__ = "handled_update"
    __table_args__ = (Index("handled_update_at", "at"),)

    update_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    at: datetime
    outcome: str = "done"  # done | dropped | set-aside


class SetAsideUpdate(SQLModel, table=True):
    """An update that failed three times, kept with its error for the operator."""

    __tablename__ = "set_aside_update"

    update_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    user_id: int | None = Field(default=None, sa_type=BigInteger, index=True)
    payload: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    error: str
    at: datetime


class Question(SQLModel, table=True):
    """A question as asked, without the person; kept 90 days for the curator."""

    __tablename__ = "question"
    __table_args__ = (Index("question_asked_at", "asked_at"),)

    id: int | None = _row_id()
    text: str
    language: str = "en"
    outcome: str  # safety | answer | suggest | none
    entry: str | None = None
    verdict: str | None = None  # helpful | not-it | curators
    state: str = "open"  # open | answered | dismissed
    asked_at: datetime


class WaitingAsker(SQLModel, table=True):
    """A person who said "tell me" about a question; gone once told."""

    __tablename__ = "waiting_asker"
    __table_args__ = (UniqueConstraint("question_id", "user_id"),)

    id: int | None = _row_id()
    question_id: int = Field(foreign_key="question.id", ondelete="CASCADE", sa_type=_ROW_ID)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", sa_type=BigInteger)


class Broadcast(SQLModel, table=True):
    """A message of an administrator to everybody."""

    __tablename__ = "broadcast"

    id: int | None = _row_id()
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", sa_type=BigInteger)  # the administrator
    message: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))  # text and entities
    state: str = "draft"  # draft | sending | stopping | over
    message_id: int | None = Field(default=None, sa_column=Column(BigInteger))  # the message that shows the progress
    reached: int | None = Field(default=None, sa_column=Column(BigInteger))  # written for people up to this id
    written: int = 0
    unreachable_before: int = 0
    shown_at: datetime | None = None
    created_at: datetime


class Alarm(SQLModel, table=True):
    """The moment at which administrators were last told of a kind of trouble."""

    __tablename__ = "alarm"

    kind: str = Field(primary_key=True)
    told_at: datetime


class Replica(SQLModel, table=True):
    """A running copy of the bot and when it was last seen: what a dead one left unsent is taken over."""

    __tablename__ = "replica"

    id: str = Field(primary_key=True)
    seen_at: datetime

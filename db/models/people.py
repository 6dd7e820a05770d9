"""People, and what is theirs beside training."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import JSON, BigInteger, Column, Index, UniqueConstraint, event, inspect
from sqlmodel import Field, SQLModel

from coach.profile import Goal, Units
from coach.reminders.kinds import ReminderKind
from db.models.columns import nothing, row_id


class User(SQLModel, table=True):
    """A person, by Telegram's user id. In a private chat that is the chat's id too."""

    __tablename__ = "user_account"

    id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    first_name: str = ""
    language: str = "en"
    units: str | None = None
    weight_kg: float | None = None
    goals: list[str] = Field(default_factory=nothing, sa_column=Column(JSON, nullable=False))
    zone: str | None = None
    experience: str | None = None  # coach.planning.inputs.Experience; None is taken as new
    free_days: str = Field(default="1234567", sa_column_kwargs={"server_default": "1234567"})  # ISO weekdays
    minutes: int | None = None  # for one session
    longest_run: int | None = None  # minutes without a break, in the month before the plan began
    equipment: list[str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))  # None: never asked
    stand_ins: dict[str, str] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True))
    )  # the exercise that is done instead, by the slug of the one that goes
    age_group: str | None = None  # coach.planning.inputs.AgeGroup; None is taken as adult
    decade: str | None = None  # coach.heel_raises.Decade; None where the heel-raise test has not asked
    sex: str | None = None  # coach.heel_raises.Sex; the same
    screening: str | None = None  # coach.planning.inputs.Screening: the quick check; None where it was not asked
    screened_on: date | None = None
    event_day: date | None = None  # a date that the plan leads to; None, or past: there is none
    event_what: str | None = None  # what it is, in the person's own words
    protein_check: str | None = None  # coach.protein.Check: whether an exception applies; None where it was not asked
    weight_log: bool = False  # keep each weight with its date
    setup_step: str | None = None  # where the first questions stand; None before and after them
    set_up_at: datetime | None = None
    anchor: str | None = None  # what training comes after, in their own words
    obstacle: str | None = None  # what gets in the way, the same
    coping: str | None = None  # what they do then, the same
    fallback: str | None = None  # the day's second moment, "18:30" on their clock
    if_then_on: date | None = None  # when they were asked for these; None: not yet
    small_offered_on: date | None = None  # when the small session after a miss was last offered
    awaiting: str | None = None
    awaiting_day: date | None = None  # the session that the awaited answer is about
    awaiting_kind: str | None = None  # of what: a reminder, the slots known, a weight without its unit, a city's name
    quiet_from: str = Field(default="22:00", sa_column_kwargs={"server_default": "22:00"})  # on the person's clock
    quiet_to: str = Field(default="06:00", sa_column_kwargs={"server_default": "06:00"})  # the same: no quiet hours
    prompt_message_id: int | None = Field(default=None, sa_column=Column(BigInteger))
    plan_start: date | None = None
    way_back_since: date | None = None  # their first day on the ladder back; None where they are not on it
    way_back_reason: str | None = None  # coach.planning.way_back.ladder.BackReason
    planned_on: date | None = None  # their date when the running week was planned; None since its inputs changed
    unreachable: str | None = None  # why nothing can be sent: "blocked", "deactivated", …; None where all is well
    pause_reason: str | None = None  # "safety", "sick", "holiday", …; None where reminders run
    paused_until: datetime | None = None  # None with a reason: until the person says so
    shown_kind: str | None = None  # coach.requests.ShownKind: the kind of what the chat showed last
    shown_slug: str | None = None  # of the entry, the exercise or the session's workout
    shown_day: date | None = None  # of the session
    shown_at: datetime | None = None
    # The question that the entry answered, 0 where it was browsed.
    shown_question: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": "0"})
    shown_message_id: int | None = Field(default=None, sa_column=Column(BigInteger))  # of the entry, once it is sent
    guide_voice: str | None = None  # content.guide.voices: the voice of audio guides; None where none was chosen
    misses: int = Field(default=0, sa_column_kwargs={"server_default": "0"})  # messages running that got no answer
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
        "screened_on", "plan_start", "event_day", "way_back_since", "way_back_reason",
    }
)  # fmt: skip


@event.listens_for(User, "before_update")
def _outdate_week(_mapper: object, _connection: object, user: User) -> None:
    """Note that the running week is to be planned anew, where an answer that it is made from has changed."""
    if not _WEEK_INPUTS.isdisjoint(inspect(user).committed_state):
        user.planned_on = None


class LastChange(SQLModel, table=True):
    """The last change that a person asked for in words: what their rows were before it, so that it can be undone."""

    __tablename__ = "last_change"
    # Ids are never given twice: they stand in buttons.
    __table_args__ = (UniqueConstraint("user_id"), {"sqlite_autoincrement": True})

    id: int | None = row_id()
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", sa_type=BigInteger)
    at: datetime
    intents: list[str] = Field(sa_column=Column(JSON, nullable=False))  # coach.requests.Intent, in their order
    slots: str | None = None  # of a change that one request made, as buttons hold them
    rows: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))  # as `db.changes` writes them


class Reminder(SQLModel, table=True):
    """One kind of reminder of one person: the truth of what is due."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("user_id", "kind"), Index("reminder_due", "next_due_at"))

    id: int | None = row_id()
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", sa_type=BigInteger)
    kind: str = ReminderKind.SESSION
    local_time: str  # "07:00", on the person's clock
    days: str = "1234567"  # ISO weekdays
    other_times: dict[str, str] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True))
    )  # {"6": "09:00"}
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


class Measurement(SQLModel, table=True):
    """One figure of one day: a calf's girth, a heel-raise test, a weight where the person switched its log on."""

    __tablename__ = "measurement"
    __table_args__ = (UniqueConstraint("user_id", "kind", "side", "day"),)

    id: int | None = row_id()
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", sa_type=BigInteger)
    kind: str  # coach.parsing.measurements.MeasurementKind
    side: str = ""  # coach.parsing.measurements.Side; empty where there is but one
    day: date  # the person's date
    value: float  # centimetres, repetitions or kilograms
    at: datetime

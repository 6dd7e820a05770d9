"""Messages of reminders: template, values and buttons for a person's day. Every sentence is content."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypeAlias

from markupsafe import Markup

from coach.buttons.account import Change
from coach.buttons.measurements import Measure, ShowProgress
from coach.buttons.plan import ShowWeek, StartSession
from coach.buttons.reminders import FineWeek
from coach.buttons.session import Later, MarkDone, MarkSkipped, ShowSession
from coach.parsing.measurements import MeasurementKind
from coach.planning.pain_gate import asked_before
from coach.profile import PromptKind, SessionKind
from coach.reminders.schedule import Addendum
from content.library import Content, Language
from content.rendering.keyboards import Button, Row, keyboard
from content.rendering.messages import Messages
from content.schema.pages import Workout
from db.queries.due_reminders import RemindedSession

MAX_CACHED: Final = 5_000

_Composed: TypeAlias = dict[str, Any]
_TEMPLATES: Final = {kind: f"reminders/{kind}" for kind in SessionKind}


@dataclass(frozen=True)
class ReminderMessage:
    """A message, and the text that replaces its own where it is late."""

    payload: dict[str, Any]
    late_text: str


class ReminderComposer:
    """Words for reminders. `content` is asked anew for each batch: a reload may have replaced it."""

    def __init__(self, content: Callable[[], Content]) -> None:
        self._content = content
        self._cached_content: Content | None = None
        self._cache: dict[tuple[object, ...], ReminderMessage] = {}

    def messages(self, language: str | None) -> Messages:
        """Return the words of a language; None is English."""
        return self._content().language(language).messages

    def compose(
        self,
        language: str,
        session: RemindedSession,
        due: datetime,
        known: Addendum | None = None,
        streak: int = 0,
        *,
        hurt: bool = False,
    ) -> ReminderMessage:
        """Return the words for `session`, due at `due` on the person's clock; the payload lacks the chat."""
        dose = session.rounds, session.percent, session.minutes
        key = ("session", language, session.day, session.kind, session.workout, *dose, known, streak, hurt)
        return self._cached(
            key, language, due, lambda: _session(self._language(language), session, known, streak, hurt=hurt)
        )

    def evening(
        self, language: str, day: date, due: datetime, grams: int | None, tomorrow: RemindedSession | None
    ) -> ReminderMessage:
        """Return the words for the evening after a hard session."""
        following = tomorrow.workout if tomorrow is not None else None

        def compose() -> _Composed:
            words = self._language(language)
            name = words.workouts[following].name if following else None
            return _composed(words, "reminders/evening", [], grams=grams, tomorrow=name, variant=day.toordinal())

        return self._cached(("evening", language, day, grams, following), language, due, compose)

    def review(
        self, language: str, day: date, due: datetime, done: int, planned: int, *, hurt: bool = False
    ) -> ReminderMessage:
        """Return the words for a look back on a week of which `done` of `planned` sessions happened.

        Who said that something hurts is not asked for more, nor for less.
        """

        def compose() -> _Composed:
            change: list[Row] = [
                [Button("next_week_fine", FineWeek()), Button("easier_please", Change(PromptKind.MINUTES))],
                [Button("more_days", Change(PromptKind.DAYS)), Button("next_week", ShowWeek(1))],
            ]
            after: list[Row] = [[Button("next_week", ShowWeek(1))]] if hurt else change
            rows: list[Row] = [[Button("show_picture", ShowProgress())], *after]
            return _composed(
                self._language(language),
                "reminders/review",
                rows,
                done=done,
                planned=planned,
                hurt=hurt,
                variant=day.toordinal() // 7,
            )

        return self._cached(("review", language, day, done, planned, hurt), language, due, compose)

    def measuring(self, language: str, day: date, due: datetime) -> ReminderMessage:
        """Return the words for the monthly measuring day."""

        def compose() -> _Composed:
            rows: list[Row] = [
                [Button(f"measure_{kind}", Measure(kind)) for kind in (MeasurementKind.GIRTH, MeasurementKind.RAISES)]
            ]
            return _composed(self._language(language), "reminders/measuring", rows, variant=day.month)

        return self._cached(("measuring", language, day), language, due, compose)

    def check(self, language: str, day: date, due: datetime) -> ReminderMessage:
        """Return the words for who gets no session any more because the quick check is over a year old."""

        def compose() -> _Composed:
            return _composed(
                self._language(language),
                "reminders/check",
                [[Button("quick_check", Change(PromptKind.CHECK), style="primary")]],
            )

        return self._cached(("check", language, day), language, due, compose)

    def _language(self, code: str) -> Language:
        return self._content().language(code)

    def _cached(
        self, key: tuple[object, ...], language: str, due: datetime, compose: Callable[[], _Composed]
    ) -> ReminderMessage:
        """Return what was composed for `key` and the time of day it is due.

        Many people have the same day, so it is kept until the content changes or a day has passed.
        """
        content = self._content()
        if content is not self._cached_content or len(self._cache) > MAX_CACHED:
            self._cache, self._cached_content = {}, content
        key = (*key, due.hour, due.minute)
        if key not in self._cache:
            payload = compose()
            text = Markup(payload["text"])  # noqa: S704 - rendered here, its values escaped  # nosec B704
            late = content.language(language).messages.render("reminders/late", text=text, due=due)
            self._cache[key] = ReminderMessage(payload, late)
        return self._cache[key]


def _session(
    language: Language, session: RemindedSession, known: Addendum | None, streak: int, *, hurt: bool
) -> _Composed:
    workout = language.workouts[session.workout]
    rounds = session.rounds or (workout.rounds.default if workout.rounds else 1)
    return _composed(
        language,
        _TEMPLATES[SessionKind(session.kind)],
        _rows(session, hurt=hurt),
        known=known,
        streak=streak,
        workout=workout,
        rounds=rounds,
        repeated=[phase for phase in workout.phases if phase.each_round],
        percent=session.percent,
        minutes=session.minutes or minutes_of(workout, rounds),
        variant=session.day.toordinal(),
    )


def _composed(language: Language, template: str, rows: Sequence[Row], **values: object) -> _Composed:
    payload: _Composed = {
        "text": language.messages.render(template, **values),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    return payload | ({"reply_markup": keyboard(language.messages, rows)} if rows else {})


def minutes_of(workout: Workout, rounds: int) -> int:
    """Return how long the workout takes with so many rounds, to the nearest minute."""
    return round(sum(phase.seconds * (rounds if phase.each_round else 1) for phase in workout.phases) / 60)


def _rows(session: RemindedSession, *, hurt: bool) -> list[Row]:
    day, rests = session.day, session.kind == SessionKind.RECOVERY
    if asked_before(session.workout, hurt=hurt):
        first = [Button("start", StartSession(day), style="primary")]
    else:
        first = [Button("rested" if rests else "done", MarkDone(day), style="success")]
    if not rests:
        first += [Button("later", Later(day)), Button("skip", MarkSkipped(day))]
    return [first, [Button("show_session", ShowSession(day))]]

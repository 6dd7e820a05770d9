"""What a reminder says: template, values and buttons for a person's day. Every sentence is content."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from markupsafe import Markup

from coach.actions import Later, MarkDone, MarkSkipped, ShowSession
from coach.plan_actions import StartSession
from coach.plan_rules import HARD
from coach.profile import SessionKind
from content.keyboards import Button, Row, keyboard
from content.library import Content, Language
from content.pages import Workout
from db.reminders import DaySession

_TEMPLATES: Final = {kind: f"reminders/{kind}" for kind in SessionKind}


@dataclass(frozen=True)
class Reminding:
    """What is sent, and what is sent instead where it is late."""

    payload: dict[str, Any]
    late_text: str


class Wording:
    """Words for reminders. `content` is asked anew for each batch: a reload may have replaced it."""

    def __init__(self, content: Callable[[], Content]) -> None:
        self._content = content
        self._from: Content | None = None
        self._known: dict[tuple[object, ...], Reminding] = {}

    def compose(self, language: str, session: DaySession, due: datetime) -> Reminding:
        """Return the words for `session`, due at `due` on the person's clock; the payload lacks the chat.

        Many people have the same day, so what was composed is kept until the content changes or a day has passed.
        """
        content = self._content()
        if content is not self._from or len(self._known) > 5_000:
            self._known, self._from = {}, content
        dose = session.rounds, session.percent, session.minutes
        key = (language, session.day, session.kind, session.workout, *dose, due.hour, due.minute)
        if key not in self._known:
            self._known[key] = _compose(content.language(language), session, due)
        return self._known[key]


def _compose(language: Language, session: DaySession, due: datetime) -> Reminding:
    workout = language.workouts[session.workout]
    rounds = session.rounds or (workout.rounds.default if workout.rounds else 1)
    text = language.messages.render(
        _TEMPLATES[SessionKind(session.kind)],
        workout=workout,
        rounds=rounds,
        repeated=[phase for phase in workout.phases if phase.each_round],
        percent=session.percent,
        minutes=session.minutes or minutes_of(workout, rounds),
        variant=session.day.toordinal(),
    )
    payload = {
        "text": text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": keyboard(language.messages, _rows(session)),
    }
    return Reminding(payload, language.messages.render("reminders/late", text=Markup(text), due=due))  # noqa: S704


def minutes_of(workout: Workout, rounds: int) -> int:
    """Return how long the workout takes with so many rounds, to the nearest minute."""
    return round(sum(phase.seconds * (rounds if phase.each_round else 1) for phase in workout.phases) / 60)


def _rows(session: DaySession) -> list[Row]:
    day, rests = session.day, session.kind == SessionKind.RECOVERY
    if session.workout in HARD:
        first = [Button("start", StartSession(day), style="primary")]
    else:
        first = [Button("rested" if rests else "done", MarkDone(day), style="success")]
    if not rests:
        first += [Button("later", Later(day)), Button("skip", MarkSkipped(day))]
    return [first, [Button("show_session", ShowSession(day))]]

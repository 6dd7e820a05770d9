"""The offer of a guide: the button below a session, and the guide itself."""

from datetime import date

from coach.buttons.guide import GuideLive, GuideMe
from coach.guide.gate import has_guide, is_held
from coach.profile import SessionStatus
from coach.reminders.local_time import local_day
from content.guide.wish import Guide, guide_to
from content.rendering.keyboards import Button, Row
from content.schema.training_pages import Workout
from db.models import TrainingSession
from db.queries import due_reminders
from handlers.framework.turn import Turn


def is_offered(turn: Turn, session: TrainingSession) -> bool:
    """Say whether a guide through this session may be asked for: it is today's, to be done, and nothing holds it."""
    open_ = session.day == _today(turn) and session.status == SessionStatus.PLANNED
    return open_ and has_guide(session.workout) and not is_held_back(turn, session)


def is_held_back(turn: Turn, session: TrainingSession) -> bool:
    """Say whether something hurts too much to be counted into this session."""
    pains = due_reminders.pains(turn.session, [turn.user.id]).get(turn.user.id, [])
    return is_held(session.workout, pains, _today(turn))


def _today(turn: Turn) -> date:
    return local_day(turn.now, turn.user.zone or "UTC")


def guide_row(turn: Turn, session: TrainingSession) -> Row:
    """Return the buttons that ask for the guide, by sound and in the chat; none where it is not offered."""
    if not is_offered(turn, session):
        return []
    return [Button("guide_me", GuideMe(session.day)), Button("guide_live", GuideLive(session.day))]


def guide(turn: Turn, session: TrainingSession, workout: Workout) -> Guide:
    """Return the guide through a session in the person's voice; `workout` as it was fitted to the day."""
    user = turn.user
    back = user.way_back_since is not None
    return guide_to(turn.language, workout, session.rounds, session.percent, user.guide_voice, back=back)

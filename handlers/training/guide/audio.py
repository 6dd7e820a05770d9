"""The audio guide: one track for today's session, that goes on while the phone is locked."""

from datetime import date

from coach.buttons.guide import GuideLive, GuideMe, OtherVoice
from coach.buttons.plan import StartSession
from coach.buttons.session import MarkDone, ShowSession
from coach.guide.gate import Hold
from coach.profile import SessionStatus
from content.guide.voices import VOICES
from content.rendering.keyboards import Button
from db.models import TrainingSession
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.training import feedback, today
from handlers.training.guide import offer
from handlers.training.today import dosed, find_session, is_asked_first, show_session, stops_at, today_of
from services import plans


def guide_me(turn: Turn, action: GuideMe | OtherVoice) -> None:
    """Send the guide through that day's session, where nothing speaks against doing it now, however old the button."""
    if (session := permitted(turn, action.day)) is not None:
        send(turn, session)


def permitted(turn: Turn, day: date) -> TrainingSession | None:
    """Return the session of a day where nothing speaks against being guided through it now; else say what does."""
    if not may_train(turn):
        return None
    session = find_session(turn, day)
    if session.day != today_of(turn) or session.status != SessionStatus.PLANNED:
        show_session(turn, session)
    elif is_asked_first(turn, session):
        feedback.begin(turn, StartSession(day))
    elif offer.is_held_back(turn, session):
        turn.say("guide/held", [[Button("show_session", ShowSession(session.day))]], why=Hold.HURTS.value, own=False)
    elif not offer.is_offered(turn, session):
        show_session(turn, session)
    else:
        return session
    return None


def may_train(turn: Turn) -> bool:
    """Say whether neither a missing check, nor a red flag, nor a pause holds training; else tell the person."""
    refusal = plans.refused(turn.user, today_of(turn))
    if refusal is not None:
        screening.instead_of_a_plan(turn, refusal)
    elif screening.is_blocked(turn):
        screening.say_blocked(turn)
    elif turn.user.paused(turn.now):
        today.today(turn)
    else:
        return True
    return False


def other_voice(turn: Turn, action: OtherVoice) -> None:
    """Keep the other voice, and send the guide in it."""
    spoken = turn.language.guide.voice(turn.user.guide_voice)
    place = VOICES.index(spoken.name) if spoken is not None else 0
    turn.user.guide_voice = VOICES[(place + 1) % len(VOICES)]
    guide_me(turn, action)


def send(turn: Turn, session: TrainingSession) -> None:
    """Send the guide through a session."""
    workout = dosed(turn, session)
    rows = [[Button("done", MarkDone(session.day), style="success")]]
    if len(turn.language.guide.voices) > 1:
        rows[0].append(Button("other_voice", OtherVoice(session.day)))
    rows.append([Button("guide_live", GuideLive(session.day))])
    found = offer.guide(turn, session, workout)
    turn.send_audio(
        found,
        "guide/caption",
        rows,
        workout=workout,
        rounds=session.rounds,
        minutes=round(found.seconds / 60),
        stops_at=stops_at(turn, session.workout),
    )


def register(application: CoachApplication) -> None:
    """Hook up the buttons."""
    on_button(application, GuideMe, guide_me)
    on_button(application, OtherVoice, other_voice)

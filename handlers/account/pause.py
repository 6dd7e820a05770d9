"""/pause and /resume: no reminders for a while, until a date, or until the person is well or home again."""

from datetime import date, datetime, time, timedelta
from typing import Final

from coach.buttons.account import Change, Dismiss
from coach.buttons.plan import ShowWeek
from coach.buttons.reminders import PauseBecause, PauseFor, PauseUntil, Resume, SayCleared
from coach.buttons.session import ShowToday
from coach.buttons.way_back import ShowWayBack
from coach.parsing.pause_end import ParsedPause, parse_pause, parse_until
from coach.planning.inputs import PauseReason, Screening
from coach.profile import PromptKind
from coach.reminders.local_time import local_day, next_due, to_local
from coach.user_errors import StaleButton
from content.rendering.keyboards import Button
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button, on_command
from handlers.framework.turn import Turn
from handlers.prompts import screening, setup
from handlers.prompts.prompt import Prompt
from handlers.training.guide.halt import halt_where_held
from services import pauses, reminders

DAYS: Final = (3, 7, 14, 0)
REASONS: Final = (PauseReason.SICK, PauseReason.INJURED, PauseReason.TRAVEL)
ASKED: Final = "asked"


class UntilPrompt(Prompt[date]):
    """The day on which reminders come back."""

    kind = PromptKind.UNTIL
    in_settings = False

    def read(self, turn: Turn, text: str) -> date:
        """Take a date to come."""
        return parse_until(text, _today(turn), turn.language.vocabulary)

    def take(self, turn: Turn, value: date) -> None:
        """Pause until then."""
        turn.close_prompt()
        _stop(turn, ASKED, value)


def pause(turn: Turn, words: str) -> None:
    """Ask for how long, or take it from behind the command: "10", "until 12 March", "sick"."""
    setup.leave(turn)
    if words:
        wanted = read_words(turn, words)
        _stop(turn, _reason(wanted.reason), wanted.until)
        return
    stretches = [Button(f"pause_{days}", PauseFor(days)) for days in DAYS]
    reasons = [Button(f"pause_{reason}", PauseBecause(reason)) for reason in REASONS]
    turn.say("pause/how_long", [stretches[:3], [Button("pause_until", PauseUntil()), stretches[3]], reasons])


def read_words(turn: Turn, words: str) -> ParsedPause:
    """Return the pause that the words behind the command ask for. Raises UserError where they ask for none."""
    return parse_pause(words, _today(turn), turn.language.vocabulary)


def pause_for(turn: Turn, action: PauseFor) -> None:
    """Send nothing for that long."""
    if action.days not in DAYS:
        raise StaleButton
    _stop(turn, ASKED, _today(turn) + timedelta(days=action.days) if action.days else None)


def pause_because(turn: Turn, action: PauseBecause) -> None:
    """Send nothing until the person says so."""
    if action.reason not in REASONS:
        raise StaleButton
    _stop(turn, action.reason, None)


def ask_until(turn: Turn, _action: PauseUntil) -> None:
    """Ask for the date."""
    turn.ask(PromptKind.UNTIL, "pause/until_when", [[Button("back", Dismiss())]])


def resume(turn: Turn, _asked: str | Resume = "") -> None:
    """Send reminders again; after a red flag only once somebody who can judge it has said that training is fine."""
    if screening.is_blocked(turn):
        answers = [Button("cleared_yes", SayCleared(1)), Button("cleared_no", SayCleared(0))]
        turn.say("pause/cleared", [answers])  # a message of its own: the warning stays to be read
        turn.let_words_answer(SayCleared(1), SayCleared(0))
        return
    hurt = was_injured(turn)
    values = end(turn)
    week = [Button("today", ShowToday()), Button("my_week", ShowWeek(0))] if turn.user.plan_start is not None else []
    turn.reply("pause/resumed", [week, back_rows(hurt=hurt), *setup.way_on(turn)], **values)


def was_injured(turn: Turn) -> bool:
    """Say whether the pause that runs, or ran last, is for an injury."""
    return turn.user.pause_reason == PauseReason.INJURED


def back_rows(*, hurt: bool) -> list[Button]:
    """Return the button that leads to the way back after an injury."""
    return [Button("way_back", ShowWayBack())] if hurt else []


def end(turn: Turn) -> dict[str, object]:
    """Send reminders again; return the values by which the message says so."""
    was_sick = turn.user.pause_reason in {PauseReason.SICK, PauseReason.INJURED}
    pauses.resume(turn.session, turn.user, turn.now)
    reminder = reminders.of(turn.session, turn.user)
    due = reminder.next_due_at if reminder else None
    return {"due": due, "first": to_local(due, turn.user.zone or "UTC") if due else None, "was_sick": was_sick}


def cleared(turn: Turn, action: SayCleared) -> None:
    """Go on once cleared, with the quick check anew: what was flagged may be one of its lines. Or stay paused."""
    if not screening.is_blocked(turn) or action.yes not in (0, 1):
        raise StaleButton
    if not action.yes:
        screening.say_blocked(turn)
        return
    user = turn.user
    asks_anew = user.screened_on is not None  # else the set-up, or the first look at the week, asks it
    if asks_anew:
        user.screening = Screening.NOT_ASKED
    pauses.resume(turn.session, user, turn.now)
    rows = [[Button("quick_check", Change(PromptKind.CHECK), style="primary")]] if asks_anew else []
    turn.reply("pause/went_on", [*rows, back_rows(hurt=True), *setup.way_on(turn)], check=asks_anew)


def _stop(turn: Turn, reason: str, until: date | None) -> None:
    """Send nothing before the first moment of `until` on the person's clock; what a red flag stopped stays stopped."""
    if screening.is_blocked(turn):
        screening.say_blocked(turn)
        return
    values = stop(turn, reason, until)
    turn.reply("pause/paused", [[Button("resume", Resume())], *setup.way_on(turn)], **values, grieves=False)


def stop(turn: Turn, reason: str, until: date | None) -> dict[str, object]:
    """Send nothing before `until`; return the values by which the message says so."""
    pauses.pause(turn.session, turn.user, reason, _begins(turn, until) if until else None, turn.now)
    halt_where_held(turn)
    return {
        "until": until,
        "other_year": until is not None and until.year != _today(turn).year,
        "reason": reason,
    }


def _begins(turn: Turn, day: date) -> datetime:
    return next_due(time(), turn.user.zone or "UTC", turn.now, last_day=day - timedelta(days=1))


def _reason(reason: PauseReason) -> str:
    return ASKED if reason is PauseReason.OTHER else reason


def _today(turn: Turn) -> date:
    return local_day(turn.now, turn.user.zone or "UTC")


def register(application: CoachApplication) -> None:
    """Hook up the commands and their buttons."""
    on_command(application, "pause", pause)
    on_command(application, "resume", resume)
    on_button(application, PauseFor, pause_for)
    on_button(application, PauseBecause, pause_because)
    on_button(application, PauseUntil, ask_until)
    on_button(application, Resume, resume)
    on_button(application, SayCleared, cleared)

"""The weeks until a date, as blocks on one picture."""

from typing import Any

from coach.buttons.plan import AskEvent, ShowBlocks, ShowWeek
from coach.planning.special_weeks.events import Block, BlockWeek, blocks_until_event
from coach.user_errors import StaleButton
from content.rendering.keyboards import Button, Row
from content.rendering.messages import Messages
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button
from handlers.framework.turn import Turn
from handlers.training.today import today_of
from services.session_rows import profile_of


def is_ahead(turn: Turn) -> bool:
    """Say whether there is a date that is not past."""
    return turn.user.event_day is not None and turn.user.event_day >= today_of(turn)


def date_row(turn: Turn) -> Row:
    """Return the way to the weeks until the date, or to setting one."""
    return [Button("show_blocks", ShowBlocks()) if is_ahead(turn) else Button("set_event", AskEvent())]


def show(turn: Turn, _action: ShowBlocks | None = None) -> None:
    """Show the weeks until the date. Raises StaleButton where there is none ahead."""
    if not is_ahead(turn):
        raise StaleButton
    if not send(turn):
        turn.reply("plan/event_before_plan", _rows(), **_event(turn), start=turn.user.plan_start)


def send(turn: Turn) -> bool:
    """Send the picture, with how long it is until then; return False where the plan begins after it.

    On the way back, whose weeks follow its steps, words alone are sent.
    """
    user, today = turn.user, today_of(turn)
    found = blocks_until_event(profile_of(user, today), today)
    if not found:
        return False
    weeks = [week for block in found for week in block.weeks]
    eases = next((week.monday for week in weeks if week.leads and week.monday > today), None)
    values = {**_event(turn), "eases": eases, "back": user.way_back_since is not None}
    if values["back"]:
        turn.say("plan/blocks", _rows(), **values)
    else:
        turn.send_photo({"draw": "blocks"} | _figures(turn, found), "plan/blocks", _rows(), **values)
    return True


def _rows() -> list[Row]:
    return [[Button("my_week", ShowWeek(0)), Button("change_event", AskEvent())]]


def _event(turn: Turn) -> dict[str, object]:
    """Return the values by which a message tells of the event."""
    day, today = turn.user.event_day, today_of(turn)
    assert day is not None, "there is a date"
    return {
        "what": turn.user.event_what,
        "day": day,
        "other_year": day.year != today.year,
        "days": (day - today).days,
    }


def _figures(turn: Turn, found: tuple[Block, ...]) -> dict[str, Any]:
    messages, user, today = turn.language.messages, turn.user, today_of(turn)
    assert user.event_day is not None, "there is a date"
    what = user.event_what or messages.label("blocks_title")
    return {
        "title": what[:1].upper() + what[1:],
        "day": messages.dated(user.event_day, messages.label("event_date")),
        "legend": [{"mark": mark, "label": messages.label(f"blocks_{mark}")} for mark in ("build", "ease", "day")],
        "rows": [
            {
                "label": messages.label("block", number=number),
                "weeks": [
                    {
                        "label": _date(messages, week),
                        "eased": week.eased,
                        "event": week.holds_event,
                        "past": (today - week.monday).days >= 7,
                        "now": 0 <= (today - week.monday).days < 7,
                    }
                    for week in block.weeks
                ],
            }
            for number, block in enumerate(found, start=1)
        ],
    }


def _date(messages: Messages, week: BlockWeek) -> str:
    return messages.dated(week.monday, messages.label("on_date"))


def register(application: CoachApplication) -> None:
    """Hook up the button."""
    on_button(application, ShowBlocks, show)

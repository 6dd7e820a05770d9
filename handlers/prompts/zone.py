"""Where the person's clock is: by city, by what their clock shows now, or by a location they send."""

import asyncio
from datetime import timedelta
from typing import Final
from zoneinfo import available_timezones

from telegram import Update
from telegram.ext import MessageHandler, filters

from coach.buttons.actions import PickZone
from coach.buttons.reminders import KeepZone, MoveZone, ShowReminders
from coach.parsing.time_of_day import parse_daytime
from coach.profile import PromptKind
from coach.reminders.local_time import offset_of, to_local, zones_with_offset
from coach.user_errors import CityNotFound, StaleButton, TimeNotUnderstood
from content.rendering.keyboards import Button, Titled
from content.understanding.places import Place, Places
from db.models import Reminder
from handlers.framework.application import CoachApplication, Context
from handlers.framework.routing import PRIVATE, on_button
from handlers.framework.turn import Turn
from handlers.prompts import setup
from services import reminders

CHOICES: Final = 6
CLOCK_IS_WRONG_BY: Final = (0, 15, -15, 30, -30, 45, -45, 60, -60)  # minutes; not every quarter of an hour is lived by


def answer(turn: Turn, text: str, places: Places) -> None:
    """Take a city, or the time the person's clock shows."""
    try:
        shown = parse_daytime(text, turn.language.vocabulary)
    except TimeNotUnderstood:
        found = places.find(text, turn.language.vocabulary.places, limit=CHOICES)
        if not found:
            raise CityNotFound from None
        if len(found) == 1:
            _save(turn, found[0].zone)
        else:
            _offer(turn, "setup/which_city", found)
        return
    offset, zones = offset_of(shown, turn.now), sorted(available_timezones())
    for wrong in CLOCK_IS_WRONG_BY:
        found = places.biggest_in(zones_with_offset(offset + timedelta(minutes=wrong), turn.now, zones))
        if found:
            _offer(turn, "setup/which_clock", found)
            return
    raise CityNotFound


def pick(turn: Turn, action: PickZone) -> None:
    """Live by this zone's clock."""
    if turn.user.prompt is not PromptKind.ZONE or action.zone not in available_timezones():
        raise StaleButton
    _save(turn, action.zone)


def _offer(turn: Turn, template: str, found: list[Place]) -> None:
    rows = [[Titled(f"{place.name}, {place.region}", PickZone(place.zone))] for place in found]
    turn.ask(PromptKind.ZONE, template, [*rows, *setup.skip_rows(turn, PromptKind.ZONE)])


def keep(turn: Turn, _action: KeepZone) -> None:
    """Leave the reminders on the clock they follow."""
    if turn.user.zone is None:
        raise StaleButton
    _saved(turn)


def move(turn: Turn, action: MoveZone) -> None:
    """Let the reminders follow the new clock."""
    if action.zone not in available_timezones():
        raise StaleButton
    reminders.move(turn.session, turn.user, action.zone, turn.now)
    _saved(turn)


async def location(update: Update, context: Context) -> None:
    """Take the clock of the place that was sent; the place itself is not kept."""
    place = update.effective_message.location if update.effective_message else None
    assert place is not None, "the filter lets nothing else through"
    zone = await asyncio.to_thread(context.services.places.zone_at, place.latitude, place.longitude)
    await context.turn(update, lambda turn: _take(turn, zone))


def _take(turn: Turn, zone: str | None) -> None:
    if zone is None:
        raise CityNotFound
    _save(turn, zone)


def _save(turn: Turn, zone: str) -> None:
    """Live by the clock of `zone`; who has reminders by another one is asked whether they move."""
    reminder = reminders.of(turn.session, turn.user)
    in_setup = turn.user.setup_prompt is PromptKind.ZONE
    if turn.user.zone not in {None, zone} and reminder is not None and not in_setup:
        _ask_whether_to_move(turn, zone, reminder)
        return
    reminders.move(turn.session, turn.user, zone, turn.now)
    if setup.answered(turn, PromptKind.ZONE):
        return
    if reminder is None:
        setup.open_question(turn, PromptKind.TIME)
    else:
        _saved(turn)


def _ask_whether_to_move(turn: Turn, zone: str, reminder: Reminder) -> None:
    home = turn.user.zone
    assert home is not None
    turn.close_prompt()
    at = reminder.local_time
    rows = [
        [Button("keep_zone", KeepZone(), {"time": at, "city": city_of(home)})],
        [Button("move_zone", MoveZone(zone), {"time": at, "city": city_of(zone)})],
    ]
    turn.reply("zone/keep_or_move", rows, new=city_of(zone), clock=to_local(turn.now, zone), home=city_of(home))


def _saved(turn: Turn) -> None:
    assert turn.user.zone is not None
    due = reminders.next_due(turn.session, turn.user)
    turn.reply(
        "zone/saved",
        [[Button("reminders", ShowReminders())], *setup.way_on(turn)],
        zone=turn.user.zone,
        clock=to_local(turn.now, turn.user.zone),
        due=due,
        first=due and to_local(due, turn.user.zone),
    )


def city_of(zone: str) -> str:
    """Return the city that an IANA zone is named after."""
    return zone.rpartition("/")[2].replace("_", " ")


def register(application: CoachApplication) -> None:
    """Hook up the buttons and the location."""
    on_button(application, PickZone, pick)
    on_button(application, KeepZone, keep)
    on_button(application, MoveZone, move)
    application.add_handler(MessageHandler(PRIVATE & filters.LOCATION, location))

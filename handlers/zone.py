"""Where the person's clock is: by city, or by what their clock shows now."""

from typing import Final
from zoneinfo import available_timezones

from coach.actions import PickZone
from coach.daytime import parse_daytime
from coach.mistakes import CityNotFound, OldButton, TimeNotUnderstood
from coach.profile import Awaiting
from coach.zones import offset_of, to_local, zones_with_offset
from content.keyboards import Titled
from content.places import Place, Places
from db import daily
from handlers import setup
from handlers.application import Coach
from handlers.registering import on_button
from handlers.turn import Turn

CHOICES: Final = 6


def answer(turn: Turn, text: str, places: Places) -> None:
    """Take a city, or the time the person's clock shows."""
    try:
        shown = parse_daytime(text)
    except TimeNotUnderstood:
        found = places.find(text, limit=CHOICES)
        if not found:
            raise CityNotFound from None
        if len(found) == 1:
            _save(turn, found[0].zone)
        else:
            _offer(turn, "setup/which_city", found)
        return
    offset = offset_of(shown, turn.now)
    _offer(
        turn, "setup/which_clock", places.biggest_in(zones_with_offset(offset, turn.now, sorted(available_timezones())))
    )


def pick(turn: Turn, action: PickZone) -> None:
    """Live by this zone's clock."""
    if turn.user.asked is not Awaiting.ZONE or action.zone not in available_timezones():
        raise OldButton
    _save(turn, action.zone)


def _offer(turn: Turn, template: str, found: list[Place]) -> None:
    rows = [[Titled(f"{place.name}, {place.region}", PickZone(place.zone))] for place in found]
    turn.ask(Awaiting.ZONE, template, [*rows, *setup.skip_rows(turn, Awaiting.ZONE)])


def _save(turn: Turn, zone: str) -> None:
    turn.user.zone = zone
    daily.arm_all(turn.session, turn.user, turn.now)
    if setup.answered(turn, Awaiting.ZONE):
        return
    if daily.of(turn.session, turn.user) is None:
        setup.open_question(turn, Awaiting.TIME)
    else:
        turn.reply("zone/saved", zone=zone, clock=to_local(turn.now, zone))


def register(application: Coach) -> None:
    """Hook up the button."""
    on_button(application, PickZone, pick)

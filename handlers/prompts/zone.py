"""The person's time zone: by city, by the time on their clock, or by a location they send."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from telegram import Update
from telegram.ext import MessageHandler, filters

from coach.buttons.reminders import KeepZone, MoveZone, ShowReminders
from coach.buttons.setup import PickZone
from coach.parsing.time_of_day import parse_daytime
from coach.parsing.utc_offset import parse_offset
from coach.profile import PromptKind
from coach.reminders.local_time import city_of, offset_of, to_local, zone_names, zones_ahead_by, zones_with_offset
from coach.user_errors import CityNotFound, StaleButton, TimeNotUnderstood
from content.rendering.keyboards import Button, Titled
from content.understanding.gazetteer import Place
from content.understanding.requests.replies import Reply, reply_of
from content.understanding.smalltalk.phrases import Phrase, words_of
from db.models import Reminder
from handlers.framework.application import CoachApplication, Context
from handlers.framework.routing import PRIVATE, on_button
from handlers.framework.turn import Turn
from handlers.prompts import setup
from handlers.prompts.prompt import StoredPrompt
from services import reminders

WHICH_CITY: Final = "setup/which_city"
CHOICES: Final = 6
CHOOSING_WORDS: Final = 6  # at most, of a message that chooses one of the places
ALIKE: Final = 5  # letters that a region and a word for it begin with: "Austria", "Austrian"
LONGEST_ABBREVIATION: Final = 5
CLOCK_IS_WRONG_BY: Final = (0, 15, -15, 30, -30, 45, -45, 60, -60)  # minutes; not every quarter of an hour is lived by


@dataclass(frozen=True)
class Offer:
    """Places to choose from, and the message that asks which one is meant."""

    template: str
    places: list[Place]


class ZonePrompt(StoredPrompt[str | Offer]):
    """The IANA zone whose clock the person lives by."""

    kind = PromptKind.ZONE
    in_setup = True

    def read(self, turn: Turn, text: str) -> str | Offer:
        """Take a city, a zone or an offset by name, or the time the person's clock shows.

        Of an offset or an abbreviation the cities are offered: those who write it rarely mean it in summer and winter.
        """
        places = turn.places
        assert places is not None, "only the turn of an update is answered"
        words = turn.language.vocabulary.places
        if (ahead := parse_offset(text, words)) is not None:
            found = places.in_zones(zones_ahead_by(ahead, turn.now, sorted(zone_names())))
            if not found:
                raise CityNotFound
            return Offer("setup/which_clock", found)
        if named := places.in_words(text, words)[:CHOICES]:
            if self._named_again(turn, named):
                return named[0].zone
            is_short = len(text.strip()) <= LONGEST_ABBREVIATION
            return Offer(WHICH_CITY, named) if is_short or len(named) > 1 else named[0].zone
        try:
            shown = parse_daytime(text, turn.language.vocabulary)
        except TimeNotUnderstood:
            found = self._chosen(turn, text) or places.find(text, words, limit=CHOICES)
            if not found:
                raise CityNotFound from None
            settled = len(found) == 1 or self._named_again(turn, found)
            return found[0].zone if settled else Offer(WHICH_CITY, found)
        offset, zones = offset_of(shown, turn.now), sorted(zone_names())
        for wrong in CLOCK_IS_WRONG_BY:
            found = places.biggest_in(zones_with_offset(offset + timedelta(minutes=wrong), turn.now, zones))
            if found:
                return Offer("setup/which_clock", found)
        raise CityNotFound

    def _named_again(self, turn: Turn, found: list[Place]) -> bool:
        """Say whether a name is said again behind the question which place it is: the biggest one is meant."""
        return turn.user.awaiting_kind == found[0].name and turn.user.setup_prompt != self.kind

    def _chosen(self, turn: Turn, text: str) -> list[Place]:
        """Return the place of the last question that a few words choose, "the Austrian one"; all where they agree."""
        asked, places = turn.user.awaiting_kind, turn.places
        offered = places.find(asked, turn.language.vocabulary.places, limit=CHOICES) if asked and places else []
        said = words_of(text)
        if not offered or len(said) > CHOOSING_WORDS:
            return []
        ordinals = turn.language.vocabulary.dates.ordinals
        named = [each for place, each in zip(ordinals, offered, strict=False) if place in said]
        fits = {place: _fits_region(said, each) for place, each in enumerate(offered)}
        named = named or [offered[place] for place, fit in fits.items() if fit and fit == max(fits.values())]
        if asked and places and not named:  # "the one in Scotland"
            ends = (f"{asked}, {' '.join(said[start:])}" for start in range(1, len(said)))
            found = [places.find(each, turn.language.vocabulary.places, limit=CHOICES) for each in ends]
            named = next((each for each in found if len(each) == 1 and each[0] in offered), [])
        agrees = bool(said) and reply_of(said[0], turn.language.reply_words) in {Reply.YES, Reply.AGREE}
        return named or (offered[:1] if agrees else [])

    def take(self, turn: Turn, value: str | Offer) -> None:
        """Live by that clock; who has reminders by another one is asked whether they move."""
        if isinstance(value, Offer):
            rows = [[Titled(f"{place.name}, {place.region}", PickZone(place.zone))] for place in value.places]
            turn.ask(self.kind, value.template, [*rows, *setup.skip_rows(turn, self.kind)])
            turn.user.awaiting_kind = value.places[0].name if value.template == WHICH_CITY else None
            return
        reminder = reminders.of(turn.session, turn.user)
        in_setup = turn.user.setup_prompt == self.kind
        if turn.user.zone not in {None, value} and reminder is not None and not in_setup:
            _ask_whether_to_move(turn, value, reminder)
            return
        super().take(turn, value)

    def store(self, turn: Turn, value: str | Offer) -> None:
        """Move to the zone, the reminders too; an offer keeps nothing."""
        if isinstance(value, str):
            reminders.move(turn.session, turn.user, value, turn.now)

    def saved(self, turn: Turn, value: str | Offer) -> None:
        """Say when the next reminder comes, or ask for its time."""
        if reminders.of(turn.session, turn.user) is None:
            turn.open_prompt(PromptKind.TIME)
        else:
            _say_saved(turn)

    def stored(self, turn: Turn) -> Mapping[str, object]:
        """Return the zone."""
        return {"zone": city_of(turn.user.zone) if turn.user.zone else None}

    def register(self, application: CoachApplication) -> None:
        """Hook up the buttons and the location."""
        self.on_pick(application, PickZone, _picked, completes=True)
        on_button(application, KeepZone, _keep)
        on_button(application, MoveZone, _move)
        application.add_handler(MessageHandler(PRIVATE & filters.LOCATION, self.location))

    async def location(self, update: Update, context: Context) -> None:
        """Take the clock of the place that was sent; the place itself is not kept."""
        place = update.effective_message.location if update.effective_message else None
        assert place is not None, "the filter lets nothing else through"
        zone = await asyncio.to_thread(context.services.places.zone_at, place.latitude, place.longitude)

        def work(turn: Turn) -> None:
            if zone is None:
                raise CityNotFound
            self.take(turn, zone)

        await context.turn(update, work)


def _fits_region(said: Phrase, place: Place) -> int:
    """Return how many of the words are of the region of a place, or begin as one of them does."""
    regions = {word[:ALIKE] for word in words_of(place.region) if len(word) >= ALIKE}
    return sum(word[:ALIKE] in regions for word in said)


def _picked(action: PickZone) -> str:
    if action.zone not in zone_names():
        raise StaleButton
    return action.zone


def _keep(turn: Turn, _action: KeepZone) -> None:
    """Leave the reminders on the clock they follow."""
    if turn.user.zone is None:
        raise StaleButton
    _say_saved(turn)


def _move(turn: Turn, action: MoveZone) -> None:
    """Let the reminders follow the new clock."""
    if action.zone not in zone_names():
        raise StaleButton
    reminders.move(turn.session, turn.user, action.zone, turn.now)
    _say_saved(turn)


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
    turn.let_words_answer(MoveZone(zone), KeepZone())


def _say_saved(turn: Turn) -> None:
    assert turn.user.zone is not None
    due = reminders.next_due(turn.session, turn.user)
    turn.reply(
        "zone/saved",
        [[Button("reminders", ShowReminders())], *setup.way_on(turn)],
        zone=city_of(turn.user.zone),
        clock=to_local(turn.now, turn.user.zone),
        due=due,
        first=due and to_local(due, turn.user.zone),
        days_off=(due - turn.now).days if due else 0,
    )

"""What the week is made from: experience, days, minutes, longest run, equipment and age; all can be skipped."""

import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final, TypeVar

from coach.buttons.plan import (
    DaysChosen,
    EquipmentChosen,
    PickAge,
    PickExperience,
    PickLongest,
    PickMinutes,
    ToggleDay,
    ToggleEquipment,
)
from coach.parsing.vocabulary import Vocabulary, Words, any_of
from coach.parsing.weekdays import parse_days
from coach.planning.inputs import EVERY_WEEKDAY, AgeGroup, Equipment, Experience
from coach.profile import PromptKind
from coach.reminders.local_time import local_day
from coach.user_errors import (
    AgeNotUnderstood,
    EquipmentNotUnderstood,
    ExperienceNotUnderstood,
    MinutesNotUnderstood,
    StaleButton,
)
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button
from handlers.framework.turn import Turn
from handlers.prompts import setup
from services import plans

WEEKS_ASKED: Final = 8
REGULAR_FROM: Final = 3
EXPERIENCED_FROM: Final = 7
"""Weeks of the last eight with two runs: 0–2 is new, 3–6 regular, 7–8 experienced."""

LEAST_MINUTES: Final = 10
MOST_MINUTES: Final = 240
PLAIN: Final = re.compile(r"[\w\s,~’']{1,60}")  # words and numbers; a sign, a point or markup is no whole number
NUMBER: Final = re.compile(r"\b\d{1,4}\b")
_RANGE: Final = re.compile(r"(?<=\d) ?[-–] ?(?=\d)")

C = TypeVar("C", bound=StrEnum)


def pick_experience(turn: Turn, action: PickExperience) -> None:
    """Take how much they ran lately."""
    _expect(turn, PromptKind.EXPERIENCE)
    turn.user.experience = action.experience
    _saved(turn, PromptKind.EXPERIENCE)


def answer_experience(turn: Turn, text: str) -> None:
    """Take a number of weeks, two that mean the same ("7-8"), or a word for it."""
    text = _RANGE.sub(" ", text)
    numbers = [int(found) for found in NUMBER.findall(text)]
    if not PLAIN.fullmatch(text):
        raise ExperienceNotUnderstood
    meant = {_experience(weeks) for weeks in numbers}
    if len(meant) == 1 and max(numbers) <= WEEKS_ASKED:
        turn.user.experience = meant.pop()
    elif not numbers and (named := _named(turn.language.vocabulary.choices.experience, text)):
        turn.user.experience = named[0]
    else:
        raise ExperienceNotUnderstood
    _saved(turn, PromptKind.EXPERIENCE)


def _experience(weeks: int) -> Experience:
    """Return what so many weeks with running mean."""
    new = Experience.NEW if weeks < REGULAR_FROM else Experience.REGULAR
    return Experience.EXPERIENCED if weeks >= EXPERIENCED_FROM else new


def toggle_day(turn: Turn, action: ToggleDay) -> None:
    """Tick a day, or take the tick away; only the buttons change."""
    _expect(turn, PromptKind.DAYS)
    if action.weekday not in EVERY_WEEKDAY:
        raise StaleButton
    _keep_days(turn, _days(turn) ^ {action.weekday})
    turn.edit_buttons(setup.day_rows(turn) + setup.skip_rows(turn, PromptKind.DAYS))


def days_chosen(turn: Turn, _action: DaysChosen) -> None:
    """Those are my days; none means any."""
    _expect(turn, PromptKind.DAYS)
    _saved(turn, PromptKind.DAYS)


def answer_days(turn: Turn, text: str) -> None:
    """Take days in words: their names, "Mon-Fri", weekdays, weekends, or all of them but some."""
    _keep_days(turn, parse_days(text, turn.language.vocabulary.days))
    _saved(turn, PromptKind.DAYS)


def pick_minutes(turn: Turn, action: PickMinutes) -> None:
    """Take how long a session may take, from its button."""
    _expect(turn, PromptKind.MINUTES)
    _keep_minutes(turn, action.minutes)


def answer_minutes(turn: Turn, text: str) -> None:
    """Take how long a session may take."""
    _keep_minutes(turn, _minutes(text, turn.language.vocabulary))


def pick_longest(turn: Turn, action: PickLongest) -> None:
    """Take the longest run of the last month, from its button."""
    _expect(turn, PromptKind.LONGEST)
    _keep_longest(turn, action.minutes)


def answer_longest(turn: Turn, text: str) -> None:
    """Take the longest run of the last month."""
    _keep_longest(turn, _minutes(text, turn.language.vocabulary))


def toggle_equipment(turn: Turn, action: ToggleEquipment) -> None:
    """Tick something to train with, or take the tick away; only the buttons change."""
    _expect(turn, PromptKind.EQUIPMENT)
    chosen = frozenset(turn.user.equipment or ()) ^ {action.equipment}
    turn.user.equipment = [thing for thing in Equipment if thing in chosen]
    turn.edit_buttons(setup.equipment_rows(turn) + setup.skip_rows(turn, PromptKind.EQUIPMENT))


def equipment_chosen(turn: Turn, _action: EquipmentChosen) -> None:
    """That is what I have; nothing is an answer too."""
    _expect(turn, PromptKind.EQUIPMENT)
    turn.user.equipment = turn.user.equipment or []
    _saved(turn, PromptKind.EQUIPMENT)


def answer_equipment(turn: Turn, text: str) -> None:
    """Take what there is to train with in words; "no dumbbells" takes the tick away from them."""
    known = turn.language.vocabulary.choices
    words = text.casefold().replace("’", "'")
    had, *denied = [_named(known.equipment, part) for part in re.split(rf"\b{any_of(known.without)}\b", words)]
    if any(len(things) > 1 for things in denied):
        raise EquipmentNotUnderstood  # of "no dumbbells but a step" and "no dumbbells or step" one has a step
    without = {thing for things in denied for thing in things}
    if not had and not without and not known.nothing.intersection(words.split()):
        raise EquipmentNotUnderstood
    if without and not had:
        had = [Equipment(thing) for thing in turn.user.equipment or ()]
    turn.user.equipment = [thing for thing in Equipment if thing in had and thing not in without]
    _saved(turn, PromptKind.EQUIPMENT)


def pick_age(turn: Turn, action: PickAge) -> None:
    """Take whether somebody is fifty or more; who is under 18 says so in the quick check."""
    _expect(turn, PromptKind.AGE)
    turn.user.age_group = action.age
    _saved(turn, PromptKind.AGE)


def answer_age(turn: Turn, text: str) -> None:
    """Take an age in years."""
    numbers = [int(found) for found in NUMBER.findall(text)]
    if not PLAIN.fullmatch(text) or len(numbers) != 1 or not 18 <= numbers[0] <= 120:
        raise AgeNotUnderstood
    turn.user.age_group = AgeGroup.FIFTY_PLUS if numbers[0] >= 50 else AgeGroup.ADULT
    _saved(turn, PromptKind.AGE)


def _expect(turn: Turn, step: PromptKind) -> None:
    if turn.user.prompt is not step:
        raise StaleButton


def _saved(turn: Turn, step: PromptKind) -> None:
    """Go on with the set-up, or say what changed and plan the week anew."""
    if setup.answered(turn, step):
        return
    plans.renew(turn.session, turn.user, local_day(turn.now, turn.user.zone or "UTC"))
    user = turn.user
    turn.reply(
        "profile/saved",
        setup.week_rows(turn),
        step=step,
        experience=user.experience,
        days=sorted(_days(turn)),
        minutes=user.minutes or plans.MINUTES,
        longest=user.longest_run,
        equipment=user.equipment or [],
        age=user.age_group,
    )


def _days(turn: Turn) -> set[int]:
    return set(map(int, turn.user.free_days))


def _keep_days(turn: Turn, days: Collection[int]) -> None:
    turn.user.free_days = "".join(map(str, sorted(days)))


def _keep_minutes(turn: Turn, minutes: int) -> None:
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise MinutesNotUnderstood
    turn.user.minutes = minutes
    _saved(turn, PromptKind.MINUTES)


def _keep_longest(turn: Turn, minutes: int) -> None:
    if not 0 <= minutes <= MOST_MINUTES:
        raise MinutesNotUnderstood
    turn.user.longest_run = minutes
    _saved(turn, PromptKind.LONGEST)


def _minutes(text: str, words: Vocabulary) -> int:
    """Return the minutes that a text says. Raises MinutesNotUnderstood."""
    hour = rf"\b(\d)\s*{any_of(words.clock.hour)}"
    hours = re.search(hour, text.casefold())
    numbers = NUMBER.findall(re.sub(hour, " ", text.casefold(), count=1))
    if len(numbers) > 1 or (not numbers and hours is None) or not PLAIN.fullmatch(text):
        raise MinutesNotUnderstood
    return int(hours[1] if hours else 0) * 60 + int(numbers[0] if numbers else 0)


def _named(choices: Mapping[C, Words], text: str) -> list[C]:
    """Return the choices that a text names, by how their words begin."""
    folded = text.casefold()
    return [kind for kind, words in choices.items() if re.search(rf"\b{any_of(words)}", folded)]


def register(application: CoachApplication) -> None:
    """Hook up the buttons."""
    on_button(application, PickExperience, pick_experience)
    on_button(application, ToggleDay, toggle_day)
    on_button(application, DaysChosen, days_chosen)
    on_button(application, PickMinutes, pick_minutes)
    on_button(application, PickLongest, pick_longest)
    on_button(application, ToggleEquipment, toggle_equipment)
    on_button(application, EquipmentChosen, equipment_chosen)
    on_button(application, PickAge, pick_age)

"""Prompts that the week is made from: experience, days, equipment and age; all can be skipped."""

import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final, TypeVar

from coach.buttons.plan import (
    DaysChosen,
    EquipmentChosen,
    PickAge,
    PickExperience,
    ToggleDay,
    ToggleEquipment,
)
from coach.parsing.mentions.mention import spoken
from coach.parsing.vocabulary import any_of
from coach.parsing.weekdays import parse_days
from coach.parsing.words import Words
from coach.planning.inputs import DEFAULT_MINUTES, EVERY_WEEKDAY, AgeGroup, Equipment, Experience
from coach.profile import PromptKind
from coach.user_errors import AnswerNotUnderstood, StaleButton
from content.rendering.keyboards import Button, Row
from handlers.framework.application import CoachApplication
from handlers.framework.turn import Turn
from handlers.prompts.prompt import PlanPrompt

MOST_WEEKS: Final = 8  # typed in answer to an older message, which asked about two months
ASKED_WEEKS: Final = 6
REGULAR_FROM: Final = 4
EXPERIENCED_FROM: Final = ASKED_WEEKS
"""Weeks of the last six with two runs: 0–3 is new or coming back, 4–5 regular, all six experienced."""

BARE_WORDS: Final = 8  # at most, of an answer that there is no equipment at all

WEEKDAYS: Final = (1, 2, 3, 4, 5, 6, 7)
PLAIN: Final = re.compile(r"[\w\s,~’']{1,60}")  # words and numbers; a sign, a point or markup is no whole number
NUMBER: Final = re.compile(r"\b\d{1,4}\b")
_RANGE: Final = re.compile(r"(?<=\d) ?[-–] ?(?=\d)")

C = TypeVar("C", bound=StrEnum)


class ExperiencePrompt(PlanPrompt[Experience]):
    """Experience: the number of weeks of the last six with two runs or more."""

    kind = PromptKind.EXPERIENCE
    in_setup = True

    def choices(self, turn: Turn) -> list[Row]:
        """Return a button for each range of weeks."""
        return [[Button(f"experience_{experience}", PickExperience(experience)) for experience in Experience]]

    def read(self, turn: Turn, text: str) -> Experience:
        """Take a number of weeks, two that mean the same ("7-8"), one of the six ("five out of the six"), or a word."""
        words = turn.language.vocabulary
        text = _RANGE.sub(" ", text)
        if not PLAIN.fullmatch(text):
            raise AnswerNotUnderstood(self.kind)
        if not NUMBER.search(text) and (named := _named(words.choices.experience, text)):
            return named[0]
        said = re.sub(rf"\d+ ?{any_of(words.spans.times)}\b", " ", spoken(text, words))  # "3 times a week" are no weeks
        numbers = [int(found) for found in NUMBER.findall(said)]
        if len(numbers) > 1 and numbers[-1] == ASKED_WEEKS:
            numbers.pop()
        meant = {_experience(weeks) for weeks in numbers}
        if len(meant) == 1 and max(numbers) <= MOST_WEEKS:
            return meant.pop()
        raise AnswerNotUnderstood(self.kind)

    def store(self, turn: Turn, value: Experience) -> None:
        """Keep it."""
        turn.user.experience = value

    def stored(self, turn: Turn) -> Mapping[str, object]:
        """Return it, and the longest run, which shares its line."""
        return {"experience": turn.user.experience, "longest": turn.user.longest_run}

    def register(self, application: CoachApplication) -> None:
        """Hook up the buttons."""
        self.on_pick(application, PickExperience, lambda action: action.experience)


class DaysPrompt(PlanPrompt[Collection[int]]):
    """The weekdays that are free for training; none means any."""

    kind = PromptKind.DAYS
    in_setup = True

    def choices(self, turn: Turn) -> list[Row]:
        """Return a button for each day of the week, ticked where chosen, and the one that says those are all."""
        chosen = turn.user.free_days
        days = [Button(f"day_{day}_{'on' if str(day) in chosen else 'off'}", ToggleDay(day)) for day in WEEKDAYS]
        return [days[:4], days[4:], [Button("days_done", DaysChosen(), style="primary")]]

    def read(self, turn: Turn, text: str) -> Collection[int]:
        """Take days in words: their names, "Mon-Fri", weekdays, weekends, or all of them but some."""
        return parse_days(text, turn.language.vocabulary.days)

    def store(self, turn: Turn, value: Collection[int]) -> None:
        """Keep them."""
        turn.user.free_days = "".join(map(str, sorted(value)))

    def confirm(self, turn: Turn) -> None:
        """Take the ticked days."""
        self.take(turn, _days(turn))

    def stored(self, turn: Turn) -> Mapping[str, object]:
        """Return them, and the minutes, which share their line."""
        return {"days": sorted(_days(turn)), "minutes": turn.user.minutes or DEFAULT_MINUTES}

    def register(self, application: CoachApplication) -> None:
        """Hook up the buttons."""
        self.on_toggle(application, ToggleDay, self._toggle)
        self.on_open(application, DaysChosen, lambda turn, _action: self.confirm(turn))

    def _toggle(self, turn: Turn, action: ToggleDay) -> None:
        if action.weekday not in EVERY_WEEKDAY:
            raise StaleButton
        self.store(turn, _days(turn) ^ {action.weekday})


class EquipmentPrompt(PlanPrompt[list[Equipment]]):
    """Equipment; nothing is an answer too."""

    kind = PromptKind.EQUIPMENT
    in_setup = True

    def choices(self, turn: Turn) -> list[Row]:
        """Return a button for each thing, ticked where there is one, and the one that says that is all."""
        chosen = frozenset(turn.user.equipment or ())
        things = [
            Button(f"equipment_{thing}_{'on' if thing in chosen else 'off'}", ToggleEquipment(thing))
            for thing in Equipment
        ]
        label = "equipment_done" if chosen else "equipment_none"
        return [things[:3], things[3:], [Button(label, EquipmentChosen(), style="primary")]]

    def read(self, turn: Turn, text: str) -> list[Equipment]:
        """Take things in words; "no dumbbells" takes the tick away from them."""
        known, words = turn.language.vocabulary.choices, text.casefold().replace("’", "'")
        had, *denied = [_named(known.equipment, part) for part in re.split(rf"\b{any_of(known.without)}\b", words)]
        if any(len(things) > 1 for things in denied):  # of "no dumbbells but a step" and "… or step" one has a step
            raise AnswerNotUnderstood(self.kind)
        without = {thing for things in denied for thing in things}
        bare = len(words.split()) <= BARE_WORDS and known.nothing.intersection(words.split())
        if not had and not without and not bare:  # "choir on wednesday, no getting out of it"
            raise AnswerNotUnderstood(self.kind)
        if without and not had:
            had = [Equipment(thing) for thing in turn.user.equipment or ()]
        return [thing for thing in Equipment if thing in had and thing not in without]

    def store(self, turn: Turn, value: list[Equipment]) -> None:
        """Keep them."""
        turn.user.equipment = list(value)

    def confirm(self, turn: Turn) -> None:
        """Take the ticked things."""
        self.take(turn, [Equipment(thing) for thing in turn.user.equipment or ()])

    def stored(self, turn: Turn) -> Mapping[str, object]:
        """Return them, None where it was never asked."""
        return {"equipment": turn.user.equipment}

    def register(self, application: CoachApplication) -> None:
        """Hook up the buttons."""
        self.on_toggle(application, ToggleEquipment, self._toggle)
        self.on_open(application, EquipmentChosen, lambda turn, _action: self.confirm(turn))

    def _toggle(self, turn: Turn, action: ToggleEquipment) -> None:
        chosen = frozenset(turn.user.equipment or ()) ^ {action.equipment}
        self.store(turn, [thing for thing in Equipment if thing in chosen])


class AgePrompt(PlanPrompt[AgeGroup]):
    """Fifty or more, or less; who is under 18 says so in the quick check."""

    kind = PromptKind.AGE
    in_setup = True
    summed_up_before = PromptKind.CHECK

    def choices(self, turn: Turn) -> list[Row]:
        """Return a button for each group."""
        return [[Button(f"age_{age}", PickAge(age)) for age in AgeGroup]]

    def read(self, turn: Turn, text: str) -> AgeGroup:
        """Take an age in years."""
        numbers = [int(found) for found in NUMBER.findall(text)]
        if not PLAIN.fullmatch(text) or len(numbers) != 1 or not 18 <= numbers[0] <= 120:
            raise AnswerNotUnderstood(self.kind)
        return AgeGroup.FIFTY_PLUS if numbers[0] >= 50 else AgeGroup.ADULT

    def store(self, turn: Turn, value: AgeGroup) -> None:
        """Keep it."""
        turn.user.age_group = value

    def stored(self, turn: Turn) -> Mapping[str, object]:
        """Return it."""
        return {"age": turn.user.age_group}

    def register(self, application: CoachApplication) -> None:
        """Hook up the buttons."""
        self.on_pick(application, PickAge, lambda action: action.age)


def _experience(weeks: int) -> Experience:
    """Return what so many weeks with running mean."""
    new = Experience.NEW if weeks < REGULAR_FROM else Experience.REGULAR
    return Experience.EXPERIENCED if weeks >= EXPERIENCED_FROM else new


def _days(turn: Turn) -> set[int]:
    return set(map(int, turn.user.free_days))


def _named(choices: Mapping[C, Words], text: str) -> list[C]:
    """Return the choices that a text names, by how their words begin."""
    folded = text.casefold()
    return [kind for kind, words in choices.items() if re.search(rf"\b{any_of(words)}", folded)]

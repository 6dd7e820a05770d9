"""Slots as people tell them: days of a move, ends of a pause, reasons, swaps, goals, events, times and places."""

from datetime import date, datetime

import pytest

from coach.profile import Units
from coach.requests import BACK, Intent, ShownItem
from content.library import Content, Language
from content.understanding.places import Places
from content.understanding.requests.slots.context import with_shown
from content.understanding.requests.slots.heard import Heard, Moment
from content.understanding.requests.slots.readers import read_slots

THURSDAY = datetime(2026, 11, 26, 18, 10)  # noqa: DTZ001 - the person's own clock
PLACES = Places()


@pytest.fixture(scope="module")
def language(content: Content) -> Language:
    """The default language."""
    return content.language(None)


def slots(language: Language, intent: Intent, text: str, after: ShownItem | None = None) -> dict[str, object]:
    moment = Moment(THURSDAY, Units.KILOGRAMS, after, PLACES)
    said = Heard(text, moment, language.vocabulary, language.exercise_names, language.goal_words, language.person_words)
    return dict(with_shown(intent, read_slots(intent, said), moment).said())


@pytest.mark.parametrize(
    ("text", "origin", "target"),
    [
        ("could the session on the saturday be exchanged with that of sunday", "2026-11-28", "2026-11-29"),
        ("i'd do friday on saturday and saturday on friday", "2026-11-27", "2026-11-28"),
        ("choir has landed on friday. would saturday do for what you had planned then?", "2026-11-27", "2026-11-28"),
        ("the raises on saturday, they can go on monday instead? sunday i will not exist", "2026-11-28", "2026-11-30"),
        ("what i have on sunday please to put on monday week", "2026-11-29", "2026-12-07"),
        ("my training of today, i want to make it in two days", "2026-11-26", "2026-11-28"),
        ("the 27th is no good for me, could i train on the 28th instead?", "2026-11-27", "2026-11-28"),
        ("sister's wedding on saturday, so have the run on sunday", "2026-11-28", "2026-11-29"),
        ("shift tomorrow's session one day later", "2026-11-27", "2026-11-28"),
        ("can it wait till tuesday, no, wednesday", None, "2026-12-02"),
    ],
)
def test_a_session_moves_from_the_day_that_is_told_of_it(
    language: Language, text: str, origin: str | None, target: str
) -> None:
    found = slots(language, Intent.MOVE, text)
    assert (found.get("from"), found.get("to")) == (origin, target)


def test_the_day_after_is_that_after_the_session_that_was_shown(language: Language) -> None:
    shown = ShownItem(session=date(2026, 12, 1))
    assert slots(language, Intent.SHOW_DAY, "and the day after?", shown) == {"day": "2026-12-02"}
    assert slots(language, Intent.MOVE, "rather the day after", shown) == {"from": "2026-12-01", "to": "2026-12-02"}


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("hols from tomorrow, back training on the 2nd of january", "2027-01-02"),
        ("we land back on friday the 4th, i'd pick it up again on the saturday", "2026-11-28"),
        ("off until new year, we start up again on the 4th of january", "2027-01-04"),
        ("see yous in february", "2027-02-01"),
        ("pausing it all january", "2027-02-01"),
        ("no training over christmas, resume on the day after boxing day", "2026-12-27"),
        ("i am not training, on the eighth of december i begin again", "2026-12-08"),
        ("stop the plan until monday the 30th", "2026-11-30"),
        ("pick up again on monday week", "2026-12-07"),
        ("happy new year! pause me", None),
    ],
)
def test_a_pause_ends_where_training_begins_again(language: Language, text: str, until: str | None) -> None:
    assert slots(language, Intent.PAUSE, text).get("until") == until


@pytest.mark.parametrize(
    ("intent", "text", "reason"),
    [
        (Intent.PAUSE, "freeze it until monday, work trip", "other"),
        (Intent.PAUSE, "i'm not ill and i'm not hurt, just stop it for a while", None),
        (Intent.PAUSE, "i need to step away from this for a bit", None),
        (Intent.SKIP, "38 degrees out there, no run", "weather"),
        (Intent.SKIP, "my heel is giving me gyp, no run", "hurts"),
        (Intent.SKIP, "i have not got a spare minute", "time"),
        (Intent.SKIP, "this time i'm not doing it", None),
    ],
)
def test_a_reason_is_given_or_not(language: Language, intent: Intent, text: str, reason: str | None) -> None:
    assert slots(language, intent, text).get("reason") == reason


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("monday is parents evening. let us drop the tuesday training", "2026-12-01"),
        ("he told me only today, so friday training is not possible", "2026-11-27"),
        ("on thursday i mind the baby, so skip it on that day", "2026-11-26"),
    ],
)
def test_the_day_is_the_one_of_which_training_is_told(language: Language, text: str, day: str) -> None:
    assert slots(language, Intent.SKIP, text)["day"] == day


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("swap the standing raises for the seated kind", {"exercise": "standing-calf-raise"}),
        ("replace the romanian thing with something my back prefers", {"exercise": "romanian-deadlift"}),
        ("i don't have a rope, something in place of it", {"exercise": "jump-rope"}),
        ("something instead of the hops, there's a baby asleep", {"exercise": "pogo-hops"}),
        ("something other than rolling", {"exercise": "calf-foam-rolling"}),
        ("my knee hurts, give me another", {}),
        ("pogo hops again. something else in their place", {"exercise": "pogo-hops"}),
        ("i miss my lunges, put them back", {"exercise": "forward-lunge", "what": BACK}),
    ],
)
def test_what_is_swapped_for_something_else(language: Language, text: str, said: dict[str, object]) -> None:
    assert slots(language, Intent.SWAP, text) == said


@pytest.mark.parametrize(
    ("text", "exercise"),
    [
        ("show us the seated one", "seated-calf-raise"),
        ("let me see the one on the step", "step-calf-raise"),
        ("the version with bent knees", "bent-knee-calf-raise"),
    ],
)
def test_a_word_of_its_own_tells_an_exercise(language: Language, text: str, exercise: str) -> None:
    assert slots(language, Intent.EXERCISE, text) == {"exercise": exercise}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("20 raises by hogmanay", {"what": "raises", "number": 20, "by": "2026-12-31"}),
        ("a dozen sessions by the end of the year", {"what": "sessions", "number": 12, "by": "2026-12-31"}),
        ("my calves to 39.5 in time for 21 aug", {"what": "girth", "number": 39.5, "by": "2027-08-21"}),
        ("new year thing: 25 raises by the end of february", {"what": "raises", "number": 25, "by": "2027-02-28"}),
        ("three sessions every week, who's laughing in december", {"what": "sessions", "number": 3}),
        ("10 sessions until end of march, 31", {"what": "sessions", "number": 10, "by": "2027-03-31"}),
        ("thirty on one leg by mid january", {"what": "raises", "number": 30, "by": "2027-01-15"}),
        ("25 left and 25 right is what i want", {"what": "raises", "number": 25}),
    ],
)
def test_goals_have_a_figure_of_a_kind_and_a_day(language: Language, text: str, said: dict[str, object]) -> None:
    assert slots(language, Intent.TARGET, text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("turkey trot's gone but i've a 15k on march 7", {"day": "2027-03-07", "what": "15k"}),
        ("race day is valentine's, ten kilometres", {"day": "2027-02-14", "what": "10k"}),
        ("there's a mud run on jan 16", {"day": "2027-01-16", "what": "mud run"}),
        ("i've a mountain race on the first saturday in april", {"day": "2027-04-03", "what": "mountain race"}),
        ("a marathon in the autumn, they haven't given out the day", {"what": "marathon"}),
        ("a 10k three weeks on sunday", {"day": "2026-12-20", "what": "10k"}),
    ],
)
def test_an_event_is_what_stands_beside_its_day(language: Language, text: str, said: dict[str, object]) -> None:
    assert slots(language, Intent.EVENT, text) == said


@pytest.mark.parametrize(
    ("intent", "text", "said"),
    [
        (Intent.REMIND, "every day at 19h30", {"at": "19:30"}),
        (Intent.REMIND, "two things. mute the reminders", {"switch": "off"}),
        (Intent.REMIND, "make it 11 pls, mornings are hard", {"at": "11:00"}),
        (Intent.REMIND, "i want those messages back", {"switch": "on"}),
        (Intent.REMIND, "no pings on my phone", {"switch": "off"}),
        (Intent.MINUTES, "sessions can be 45", {"minutes": 45}),
        (Intent.MINUTES, "i've a full hour for every session now", {"minutes": 60}),
        (Intent.MINUTES, "i only have a quarter of an hour, instead of the fifty minutes", {"minutes": 15}),
        (Intent.MINUTES, "where i used to have a good hour i've now forty minutes", {"minutes": 40}),
        (Intent.DONE, "up at 5 before the kids, 25 mins", {"minutes": 25}),
        (Intent.DONE, "went out for 40, effort 6 no wait 7", {"minutes": 40, "effort": 7}),
        (Intent.DONE, "finished. whats tomorrow?", {}),
        (Intent.PAIN, "i would give one", {"level": 1}),
        (Intent.PAIN, "between a 3 and a 5, so put 4", {"level": 4}),
        (Intent.UNITS, "kilo please, i don't understand this pounds", {"units": "kg"}),
        (Intent.ZONE, "I live in Recife, not in London", {"place": "Recife"}),
        (Intent.DAYS, "make it every weekday, leave the weekend out", {"days": [1, 2, 3, 4, 5]}),
        (Intent.DAYS, "just saturdays, that's all i can do", {"days": [6]}),
        (Intent.DAYS, "every day but never sunday", {"days": [1, 2, 3, 4, 5, 6]}),
        (Intent.DAYS, "oh wait no, mon and fri. not sunday", {"days": [1, 5]}),
        (Intent.DAYS, "no, wed and sat. not thursday", {"days": [3, 6]}),
        (Intent.EQUIPMENT, "sold the treadmill, then bought a treadmill again", {"add": ["treadmill"]}),
        (Intent.EQUIPMENT, "my brother took his barbell", {"remove": ["barbell"]}),
        (Intent.GOALS, "i'm not after big legs any more, only my health", {"add": ["healthy"], "remove": ["legs"]}),
        (Intent.SETS, "10/10/9/9 and the weight was 18", {"reps": [10, 10, 9, 9], "kg": 18.0}),
        (Intent.SETS, "12@30, 12@30, 10@32.5", {"reps": [12, 12, 10], "kg": 32.5}),
    ],
)
def test_times_levels_and_choices(language: Language, intent: Intent, text: str, said: dict[str, object]) -> None:
    assert slots(language, intent, text) == said

"""Slots of requests as people say them in a long or a careless message: each kind in several wordings."""

from datetime import date, datetime

import pytest

from coach.profile import Units
from coach.requests import Intent, ShownItem
from content.library import Content, Language
from content.understanding.requests.doubts.plausible import is_plausible
from content.understanding.requests.slots.context import with_shown
from content.understanding.requests.slots.heard import Heard, Moment
from content.understanding.requests.slots.readers import read_slots
from content.understanding.requests.slots.weekdays import tells_training_days

THURSDAY = datetime(2026, 11, 26, 18, 10)  # noqa: DTZ001 - the person's own clock
SUNDAY = datetime(2026, 11, 29, 18, 10)  # noqa: DTZ001
JANUARY = datetime(2027, 1, 3, 18, 10)  # noqa: DTZ001


@pytest.fixture(scope="module")
def language(content: Content) -> Language:
    """The default language."""
    return content.language(None)


def heard(language: Language, text: str, now: datetime = THURSDAY, after: ShownItem | None = None) -> Heard:
    moment = Moment(now, Units.KILOGRAMS, after)
    return Heard(text, moment, language.vocabulary, language.exercise_names, language.goal_words)


def slots(
    language: Language, intent: Intent, text: str, now: datetime = THURSDAY, after: ShownItem | None = None
) -> dict[str, object]:
    said = heard(language, text, now, after)
    return dict(with_shown(intent, read_slots(intent, said), said.moment).said())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("did it. 6/10", {"effort": 6}),
        ("done. 3/10.", {"effort": 3}),
        ("done. 3/10. my grandmother would call that a warm up", {"effort": 3}),
        ("finished, 7/10 today", {"day": "2026-11-26", "effort": 7}),
        ("on 6/10 I ran", {"day": "2026-10-06"}),
        ("did it on the 20/11, 6/10", {"day": "2026-11-20", "effort": 6}),
        ("done, ate out of ten", {"effort": 8}),
        ("for out of tenn", {"effort": 4}),
        ("won out of ten lol", {"effort": 1}),
        ("too out of ten", {"effort": 2}),
        ("that was a sicks out of 10", {"effort": 6}),
        ("ran for over ten minutes", {"minutes": 10}),
        ("did the session in two goes", {}),
    ],
)
def test_a_figure_out_of_ten_is_an_effort_however_it_is_spelt(
    language: Language, text: str, said: dict[str, object]
) -> None:
    assert slots(language, Intent.DONE, text) == said


@pytest.mark.parametrize(
    ("text", "effort", "level"),
    [
        ("effort 8, calf hurts", 8, None),
        ("rpe 8/10, my calf hurts", 8, None),
        ("8 for effort, calf hurts", 8, None),
        ("effort 8, pain 3", 8, 3),
        ("pain 3, effort 8", 8, 3),
        ("effort was an 8, calf hurts, a 3", 8, 3),
        ("effort 8/10, pain 3/10", 8, 3),
        ("done, pain 3", None, 3),
        ("calf hurts, level six", 6, 6),
    ],
)
def test_an_effort_is_no_pain_and_a_pain_no_effort(
    language: Language, text: str, effort: int | None, level: int | None
) -> None:
    assert slots(language, Intent.DONE, text).get("effort") == effort
    assert slots(language, Intent.PAIN, text).get("level") == level


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("100 sessions by 31 December", "2027-12-31"),
        ("100 sessions by the end of December", "2027-12-31"),
        ("30 per leg by the end of March", "2027-03-31"),
        ("30 per leg by March", "2027-03-01"),
    ],
)
def test_the_end_of_a_month_is_its_last_day(language: Language, text: str, by: str) -> None:
    assert slots(language, Intent.TARGET, text, JANUARY)["by"] == by


@pytest.mark.parametrize(
    ("text", "rounds", "work", "rest"),
    [
        ("eight of them, twenty seconds on and forty seconds off", 8, 20, 40),
        ("Five goes, forty seconds work and two minutes rest", 5, 40, 120),
        ("six bursts of 30 seconds, 90 seconds rest", 6, 30, 90),
        ("30 secs work 60 rest 5 times", 5, 30, 60),
        ("i can't count to forty, so forty on, twenty off, five rounds", 5, 40, 20),
        ("30 on 30 off. Hmm, no, 30 on and 45 off, eight rounds", 8, 30, 45),
    ],
)
def test_rounds_have_many_names_and_come_first_or_last(
    language: Language, text: str, rounds: int, work: int, rest: int
) -> None:
    assert slots(language, Intent.TIMER, text) == {"rounds": rounds, "work_s": work, "rest_s": rest}


@pytest.mark.parametrize(
    ("text", "reps", "kg"),
    [
        ("First I managed ten, then nine, and at the last one eight, holding 16 kg", [10, 9, 8], 16),
        ("got fifteen then thirteen then eleven", [15, 13, 11], None),
        ("fourteen, fourteen and twelve on that one", [14, 14, 12], None),
        ("two sets of twelve holding 8kg", [12, 12], 8),
        ("three lots of fifteen", [15, 15, 15], None),
        ("twenty, then eighteen, then fifteen.", [20, 18, 15], None),
    ],
)
def test_sets_are_told_one_after_another(language: Language, text: str, reps: list[int], kg: float | None) -> None:
    found = slots(language, Intent.SETS, text)
    assert (found["reps"], found.get("kg")) == (reps, kg)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Monday till Thursday, all four. Fridays are for beer.", [1, 2, 3, 4]),
        ("Mondays belong to bowls from here on: Tue, Thu, Fri for you", [2, 4, 5]),
        ("tuesdays don't suit, wednesdays and fridays do", [3, 5]),
        ("mondays don't work for me any more", [2, 3, 4, 5, 6, 7]),
        ("tuesdays and thursdays are for training", [2, 4]),
        ("Wednesday, Friday and Saturday every week, other days lab is there", [3, 5, 6]),
        ("no more sundays please, church, other days all fine", [1, 2, 3, 4, 5, 6]),
        ("Nothing on Fridays or Saturdays for me ever, but all the others will do", [1, 2, 3, 4, 7]),
        ("Mondays are for bridge and Thursdays for whist, so use the other days every week", [2, 3, 5, 6, 7]),
        (
            "I get the kids every monday and wednesday and then every weekend, so my training days from now on are"
            " tuesday thursday and friday",
            [2, 4, 5],
        ),
        ("my training days should be mon and thu, saturdays are for football", [1, 4]),
        ("weekdays suit me better than weekends, change my training days to those", [1, 2, 3, 4, 5]),
        ("tuesday instead of monday, always", [2]),
        ("can't do wednesdays any more", [1, 2, 4, 5, 6, 7]),
        ("i can't do mondays any more, tuesday and friday instead", [2, 5]),
        ("tuesday and friday instead, i can't do mondays any more", [2, 5]),
        ("no mondays, tuesdays or fridays", [3, 4, 6, 7]),
        ("every day but friday", [1, 2, 3, 4, 6, 7]),
        ("work is mon tue wed, so only the other days", [4, 5, 6, 7]),
        ("mon tue wed is work so only other days please", [4, 5, 6, 7]),
    ],
)
def test_days_to_train_are_told_from_those_of_something_else(language: Language, text: str, days: list[int]) -> None:
    assert slots(language, Intent.DAYS, text) == {"days": days}


def test_training_days_are_told_by_name(language: Language) -> None:
    assert tells_training_days(heard(language, "I work mondays, so my training days from now on are tue and fri"))
    assert not tells_training_days(heard(language, "I train when I can, and I work mondays"))


@pytest.mark.parametrize(
    ("text", "now", "shown", "said"),
    [
        (
            "The training of tomorrow, I wish to make it the day after",
            THURSDAY,
            None,
            {"from": "2026-11-27", "to": "2026-11-28"},
        ),
        ("can saturday's be on the day before", THURSDAY, None, {"from": "2026-11-28", "to": "2026-11-27"}),
        ("move it to the day after tomorrow", THURSDAY, None, {"to": "2026-11-28"}),
        ("put tuesday's session on the monday", SUNDAY, None, {"from": "2026-12-01", "to": "2026-11-30"}),
        ("could u put it on friday, i got nothing friday", THURSDAY, None, {"to": "2026-11-27"}),
        (
            "could u put it on friday, i got nothing friday",
            THURSDAY,
            date(2026, 11, 26),
            {"from": "2026-11-26", "to": "2026-11-27"},
        ),
        (
            "it's tomorrow. I'd do tomorrow's workout on friday",
            SUNDAY,
            None,
            {"from": "2026-11-30", "to": "2026-12-04"},
        ),
    ],
)
def test_days_from_and_to_which_a_session_moves(
    language: Language, text: str, now: datetime, shown: date | None, said: dict[str, object]
) -> None:
    after = ShownItem(session=shown) if shown is not None else None
    assert slots(language, Intent.MOVE, text, now, after) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("my calf is grumbling a bit", {"reason": "hurts"}),
        ("just grumbly when I push off", {"reason": "hurts"}),
        (
            "been working late, and I'm shattered, no way I'm doing the workout today",
            {"reason": "tired", "day": "2026-11-26"},
        ),
        ("can't do today, 12 hour shift and then I'm dead", {"reason": "tired", "day": "2026-11-26"}),
        ("nae run for me the day", {"day": "2026-11-26"}),
        ("no the night, pal", {"day": "2026-11-26"}),
        ("no the morra pal", {"day": "2026-11-27"}),
        ("cannae manage the morn's morn", {"day": "2026-11-27"}),
        ("can't make the day after tomorrow", {"day": "2026-11-28"}),
    ],
)
def test_reasons_and_days_of_a_skip(language: Language, text: str, said: dict[str, object]) -> None:
    assert slots(language, Intent.SKIP, text) == said


@pytest.mark.parametrize(
    ("intent", "text", "said"),
    [
        (Intent.GIRTH, "rite one 35.5cm left won 35", {"left_cm": 35, "right_cm": 35.5}),
        (Intent.GIRTH, "lft 37.5 rt 38", {"left_cm": 37.5, "right_cm": 38}),
        (Intent.RAISES, "got past twelve at last, nineteen on each leg, same both sides", {"left": 19, "right": 19}),
        (Intent.RAISES, "19 on each leg, finally past 12", {"left": 19, "right": 19}),
        (Intent.RAISES, "12 last time, both 19 now", {"left": 19, "right": 19}),
        (Intent.RAISES, "right 20 today, left not tested", {"right": 20}),
    ],
)
def test_figures_belong_to_the_leg_beside_them(
    language: Language, intent: Intent, text: str, said: dict[str, object]
) -> None:
    assert slots(language, intent, text) == said


@pytest.mark.parametrize(
    ("text", "add", "remove"),
    [
        ("The calves I do not care any longer, stronger legs I want", ["legs"], ["calves"]),
        ("no sprints any more, distance I'd like", ["distance"], ["sprints"]),
        ("no sprints, no distance", None, ["distance", "sprints"]),
        ("not bothered about running far anymore", None, ["distance"]),
        ("take sprints off what i'm aiming at and put distance on instead", ["distance"], ["sprints"]),
        ("scrap the calf thing, get me running further instead", ["distance"], ["calves"]),
        ("I want stronger legs all over, not just calves", ["legs"], None),
        ("it should be running far not running fast", ["distance"], ["sprints"]),
        ("calves i don't want", None, ["calves"]),
        ("not just this week, for good: no sprint goal", None, ["sprints"]),
    ],
)
def test_goals_that_are_wished_for_and_given_up(
    language: Language, text: str, add: list[str] | None, remove: list[str] | None
) -> None:
    found = slots(language, Intent.GOALS, text)
    assert (found.get("add"), found.get("remove")) == (add, remove)


@pytest.mark.parametrize(
    "text",
    [
        "the coming week",
        "what I am doing from Monday to Sunday coming, the week after this one",
        "wk after this one",
        "the upcoming week pls",
    ],
)
def test_the_coming_week_is_the_next(language: Language, text: str) -> None:
    assert slots(language, Intent.SHOW_WEEK, text) == {"week": "next"}


@pytest.mark.parametrize(
    ("text", "exercise"),
    [
        ("the calf raise with the bended knee", "bent-knee-calf-raise"),
        ("bent nee rases", "bent-knee-calf-raise"),
        ("demo the bent knee one", "bent-knee-calf-raise"),
        ("the version on one leg", "single-leg-calf-raise"),
        ("the foam roll one for calves", "calf-foam-rolling"),
        ("calf raises", "standing-calf-raise"),
    ],
)
def test_exercises_are_called_by_what_tells_them_apart(language: Language, text: str, exercise: str) -> None:
    assert slots(language, Intent.EXERCISE, text) == {"exercise": exercise}


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("can the reminder be at 1:30 when he naps", "13:30"),
        ("remind me at 2", "14:00"),
        ("remind me at 3 am, I'm on nights", "03:00"),
        ("reminder at 03:30 please", "03:30"),
        ("remind me at 5:45", "05:45"),
    ],
)
def test_nobody_is_reminded_at_night_who_does_not_say_so(language: Language, text: str, at: str) -> None:
    assert slots(language, Intent.REMIND, text)["at"] == at


@pytest.mark.parametrize(
    ("text", "plausible"),
    [
        ("remind me to buy milk at 6", False),
        ("remind me to call my mum at 7", False),
        ("set a reminder to water the plants at 9", False),
        ("remind me to train at 6", True),
        ("remind me to do my stretches at 7", True),
        ("remind me to stand on one leg at 6", True),
        ("remind me to keep at it at 6", True),
        ("remind me to work on this at 6", True),
        ("remind me about it at 6", True),
        ("remind me at 6:45", True),
        ("change my reminder to 18:00", True),
    ],
)
def test_reminders_are_of_training(language: Language, text: str, *, plausible: bool) -> None:
    assert is_plausible(Intent.REMIND, heard(language, text)) is plausible


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "booked Tenerife, flights and all, put everything on hold till 8 March",
            {"until": "2027-03-08", "reason": "holiday"},
        ),
        ("at the airport, back on the 9th", {"until": "2026-12-09", "reason": "holiday"}),
        ("fully booked until monday", {"until": "2026-11-30", "reason": "other"}),
    ],
)
def test_reasons_of_a_pause(language: Language, text: str, said: dict[str, object]) -> None:
    assert slots(language, Intent.PAUSE, text) == said


@pytest.mark.parametrize(
    ("text", "level"), [("calf's a 3 this morning", 3), ("pain's gone, zero now", 0), ("it's an 8 this morning", 8)]
)
def test_a_pain_of_this_morning_is_no_time(language: Language, text: str, level: int) -> None:
    assert slots(language, Intent.PAIN, text)["level"] == level


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("ping me at 5pm not 7am", "17:00"),
        ("nudge me at quarter to seven instead of half six", "06:45"),
        ("remind me at 6 rather than at 7", "06:00"),
        ("not 7 any more, 8 please", "08:00"),
    ],
)
def test_a_time_that_is_not_wanted_is_not_set(language: Language, text: str, at: str) -> None:
    assert slots(language, Intent.REMIND, text)["at"] == at


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("measured em btw 35.5 left n 36", 35.5, 36.0),
        ("38 on the left and 39", 38.0, 39.0),
        ("38 left, 39 right", 38.0, 39.0),
        ("36.5 right and 36", 36.0, 36.5),
    ],
)
def test_the_second_figure_is_of_the_other_leg(language: Language, text: str, left: float, right: float) -> None:
    found = slots(language, Intent.GIRTH, text)
    assert (found["left_cm"], found["right_cm"]) == (left, right)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("aff tae tenerife fae the 14th fur a week", "2027-01-21"),
        ("off from the 14th for ten days", "2027-01-24"),
        ("Please make break to the 20th", "2027-01-20"),
        ("away for a week", "2027-01-10"),
    ],
)
def test_a_pause_ends_behind_its_length_from_where_it_begins(language: Language, text: str, until: str) -> None:
    assert slots(language, Intent.PAUSE, text, JANUARY)["until"] == until


@pytest.mark.parametrize(
    ("intent", "text", "plausible"),
    [
        (Intent.EQUIPMENT, "What if I didn't have a step?", False),
        (Intent.EQUIPMENT, "what if i sell the barbell, can you drop it?", False),
        (Intent.EQUIPMENT, "I have no step", True),
        (Intent.SKIP, "No pain thank God", False),
        (Intent.SKIP, "not sore at all", False),
        (Intent.SKIP, "no run, my knee is sore", True),
        (Intent.SKIP, "my calf hurts, skip it", True),
        (Intent.EVENT, "Log: 2026-03-01, 5.2 km, RPE 6", False),
        (Intent.EVENT, "10 km on 2027-03-01", True),
        (Intent.EVENT, "10 km on 3 May", True),
    ],
)
def test_what_is_not_so_or_is_over_changes_nothing(
    language: Language, intent: Intent, text: str, plausible: bool
) -> None:
    assert is_plausible(intent, heard(language, text)) is plausible


@pytest.mark.parametrize("text", ["i wrote my weight wrong, its 97 not 79", "97 kg, not 79 kg", "97 kg instead of 79"])
def test_a_weight_that_is_not_so_is_not_taken(language: Language, text: str) -> None:
    assert slots(language, Intent.WEIGHT, text)["kg"] == 97

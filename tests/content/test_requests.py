"""Requests: what people say about themselves is understood, with its slots; what only looks like it is left alone."""

from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.profile import Units
from coach.requests import Intent, ShownItem, Slots
from content.library import Content
from content.schema.problems import Problem
from content.understanding.as_json import as_json
from content.understanding.meanings import Requests, SmallTalk, Understood
from content.understanding.places import Places
from content.understanding.requests.doubts.plausible import is_named, is_plausible
from content.understanding.requests.examples import read_examples
from content.understanding.requests.request import Request
from content.understanding.requests.slots.context import likelier_after
from content.understanding.requests.slots.heard import Heard, Moment
from content.understanding.requests.slots.readers import read_slots
from content.understanding.smalltalk.phrases import SmallTalkKind
from content.understanding.understand import understand
from tests.support.vocabularies import ENGLISH

THURSDAY = datetime(2026, 11, 26, 18, 10)  # noqa: DTZ001 - the person's own clock


def understood(content: Content, text: str, after: ShownItem | None = None) -> Understood:
    language = content.language("en")
    moment = Moment(THURSDAY, Units.KILOGRAMS, after)
    return understand(text, language.finder.find(text), language, moment=moment)


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("what's on for friday?", Request(Intent.SHOW_DAY, Slots(day=date(2026, 11, 27)))),
        ("just finished, 35 minutes, rpe 7", Request(Intent.DONE, Slots(effort=7, minutes=35))),
        (
            "move friday's session to sunday",
            Request(Intent.MOVE, Slots(from_day=date(2026, 11, 27), to_day=date(2026, 11, 29))),
        ),
        ("remind me at 6:45", Request(Intent.REMIND, Slots(at=time(6, 45)))),
        ("i sold my treadmill", Request(Intent.EQUIPMENT, Slots(remove=frozenset({"treadmill"})))),
        ("i weigh 73.5 now", Request(Intent.WEIGHT, Slots(kg=73.5))),
        ("i see. i weighed 71.4 this morning.", Request(Intent.WEIGHT, Slots(kg=71.4))),
        ("done mate, 25 min, call it a 6", Request(Intent.DONE, Slots(effort=6, minutes=25))),
        ("undo that please", Request(Intent.UNDO)),
    ],
)
def test_a_request_is_understood_with_its_slots(content: Content, text: str, request_: Request) -> None:
    assert understood(content, text) == Requests((request_,))


def test_the_reason_for_an_undo_is_no_request_of_its_own(content: Content) -> None:
    found = understood(content, "Sorry, fat fingers. I haven't run at all today. Take it back please")
    assert found == Requests((Request(Intent.UNDO),))


@pytest.mark.parametrize("text", ["I'm 76 and new to this. How do I use you?", "I'm 71. Something gentler, please."])
def test_an_age_is_no_weight(content: Content, text: str) -> None:
    found = understood(content, text)
    assert not isinstance(found, Requests) or all(each.intent is not Intent.WEIGHT for each in found.all)


def test_several_requests_are_carried_out_in_their_order(content: Content) -> None:
    found = understood(content, "did it, effort 8; move tomorrow's session to saturday")
    assert isinstance(found, Requests)
    assert [each.intent for each in found.all] == [Intent.DONE, Intent.MOVE]
    assert found.all[0].slots == Slots(effort=8)
    assert found.all[1].slots == Slots(from_day=date(2026, 11, 27), to_day=date(2026, 11, 28))


def test_a_red_flag_goes_before_a_request(content: Content) -> None:
    assert as_json(understood(content, "done, but my chest hurts and my arm is numb"))["outcome"] == "safety"


def test_a_flag_that_stops_training_goes_before_a_request_though_it_is_no_hurry(content: Content) -> None:
    assert as_json(understood(content, "I'm pregnant"))["outcome"] == "safety"


@pytest.mark.parametrize("text", ["how often should i train calves", "my sister did 40 raises", "is it going to rain"])
def test_questions_and_stories_of_others_are_no_requests(content: Content, text: str) -> None:
    assert not isinstance(understood(content, text), Requests)


def heard(content: Content, text: str) -> Heard:
    language = content.language("en")
    names, goals, people = language.exercise_names, language.goal_words, language.person_words
    return Heard(text, Moment(THURSDAY, Units.KILOGRAMS), language.vocabulary, names, goals, people)


@pytest.mark.parametrize(
    ("intent", "story", "asked"),
    [
        (
            Intent.PAUSE,
            "my neighbour's away until the 9th, poor hens",
            "my neighbour's away until the 9th, pause me",
        ),
        (Intent.PAUSE, "wife is off till Monday", "wife is in labour, hold everything till Monday"),
        (Intent.EVENT, "ma sister has a marathon on Sunday", "ma sister has us both down for a marathon on Sunday"),
        (Intent.ZONE, "me cousin moved to Oslo", "I moved to Oslo"),
        (Intent.WEIGHT, "my dad's 95 kilos and quicker than me", "my dad's scales say I'm 95 kilos"),
        (Intent.EQUIPMENT, "if I had a treadmill I'd hang shirts on it", "I had a treadmill, it's gone"),
        (Intent.SKIP, "if it weren't for the rain I'd be out today", "it's raining, I'm not going out today"),
        (Intent.EQUIPMENT, "saw a barbell, will sleep on it", "bought a barbell, I'll sleep beside it"),
        (Intent.MOVE, "couldn't decide whether to swap Friday and Saturday", "decided: swap Friday and Saturday"),
        (Intent.UNDO, "if I'd known I could take it back", "I know I can take it back, so do"),
        (Intent.WEIGHT, "new laptop, 1.3 kg", "new figure, 71.3 kg"),
        (Intent.DONE, "no, 6", "no, effort 6"),
        (Intent.SKIP, "i didnt do todays yet.. is it too late", "i didn't do today's, it was too late"),
        (Intent.SKIP, "a curry tonight, will that ruin tomorrow", "a curry tonight, so drop tomorrow"),
        (Intent.MOVE, "can I run today if I lifted this morning", "can I run today instead of tomorrow"),
        (Intent.TIMER, "when I was in the navy we did it 8 times a minute", "8 times a minute"),
        (Intent.UNITS, "I used to be twelve stone", "I never got used to kilos, use stone"),
        (Intent.GOALS, "I used to be so fast", "I used to be so fast. I want sprints"),
        (Intent.WEIGHT, "I was 95 kilos the day I got married", "I was 95 kilos this morning"),
        (Intent.EVENT, "my cousin has a marathon on Sunday, I'm holding the coat", "I have a marathon on Sunday"),
        (Intent.EVENT, "do I get to run on the 29th or is it rest", "do I get a medal for the 10k on the 29th"),
        (
            Intent.EVENT,
            "in 2009 I ran the Dublin half on the 3rd of August",
            "I run the Dublin half on the 3rd of August",
        ),
        (
            Intent.EQUIPMENT,
            "the barbell in the shed belongs to my flatmate",
            "the barbell in the shed belongs to me now",
        ),
        (Intent.EQUIPMENT, "our Kev bought himself a barbell", "our Kev bought me a barbell"),
        (Intent.RAISES, "back in '91 I could do fifty raises", "I can do fifty raises now"),
        (Intent.WEIGHT, "I once weighed fourteen stone", "I weighed fourteen stone this morning"),
        (Intent.MY_DATA, "the bank lost all my data last week", "erase all my data"),
        (Intent.DONE, "hang on, have I even told you I trained", "hang on, I trained today"),
        (Intent.PROTEIN, "my mum needs 80 g of protein a day", "how much protein do I need a day"),
    ],
)
def test_what_others_do_and_what_is_not_so_asks_for_nothing(
    content: Content, intent: Intent, story: str, asked: str
) -> None:
    assert not is_plausible(intent, heard(content, story))
    assert is_plausible(intent, heard(content, asked))


@pytest.mark.parametrize(
    ("intent", "part", "named"),
    [
        (Intent.WEIGHT, "I'm 68, not 28", "I'm 68 this morning"),
        (Intent.WEIGHT, "I am 71 and came for the legs", "I am 71 kilos"),
        (Intent.PAIN, "barely a 3", "calf barely a 3"),
        (Intent.REMIND, "the train goes at half past six", "remind me at half past six"),
        (Intent.MINUTES, "had a lovely run last night, 35 minutes", "35 minutes a session"),
    ],
)
def test_a_part_that_names_nothing_of_the_kind_tells_none(
    content: Content, intent: Intent, part: str, named: str
) -> None:
    assert not is_named(intent, heard(content, part))
    assert is_named(intent, heard(content, named))


def test_what_is_usually_said_of_what_was_shown_is_likelier_then() -> None:
    likely = [(Intent.SWAP, 0.4), (Intent.SKIP, 0.3)]
    after_session, after_exercise = ShownItem(session=THURSDAY.date()), ShownItem(exercise="pogo-hops")
    assert likelier_after(likely, after_session)[0][0] is Intent.SKIP
    assert likelier_after(likely, after_exercise)[0][0] is Intent.SWAP
    assert likelier_after(likely, None) == likely
    for after in (after_session, after_exercise):
        assert sum(each for _, each in likelier_after(likely, after)) <= 1


def test_the_illness_of_somebody_else_skips_nothing_by_itself(content: Content) -> None:
    after = ShownItem(session=THURSDAY.date(), workout="sprint-intervals")
    assert understood(content, "my dad was taken to hospital last night", after) == SmallTalk(SmallTalkKind.WORRIED)
    skipped = understood(content, "my dad was taken to hospital last night, no training today", after)
    assert isinstance(skipped, Requests)
    assert [each.intent for each in skipped.all] == [Intent.SKIP]


def test_sources_are_of_what_was_shown(content: Content) -> None:
    assert as_json(understood(content, "says who?", ShownItem(entry="creatine")))["intent"] == "sources"
    assert not isinstance(understood(content, "says who?"), Requests)


def in_context(content: Content, text: str, after: ShownItem) -> Understood:
    language = content.language("en")
    moment = Moment(THURSDAY, Units.KILOGRAMS, after)
    return understand(text, language.finder.find(text, after), language, moment=moment)


def test_behind_an_answer_when_to_run_again_is_no_question_about_the_plan(content: Content) -> None:
    found = in_context(content, "so when can I run with it again", ShownItem(entry="calf-strain"))
    assert not isinstance(found, Requests)
    shown = in_context(content, "and what do I have on tomorrow?", ShownItem(entry="calf-strain"))
    assert shown == Requests((Request(Intent.SHOW_DAY, Slots(day=date(2026, 11, 27))),))


def test_behind_a_session_what_is_told_is_of_the_session(content: Content) -> None:
    after = ShownItem(session=THURSDAY.date(), workout="leg-strength")
    found = in_context(content, "I'm dead on my feet, not doing that one", after)
    assert isinstance(found, Requests)
    assert found.all[0].intent is Intent.SKIP


def test_a_range_of_seven_days_is_the_week(content: Content) -> None:
    found = understood(content, "hit me with monday to sunday")
    assert not isinstance(found, Requests) or [each.intent for each in found.all] == [Intent.SHOW_WEEK]


def test_sets_of_an_exercise_by_name_need_no_session(content: Content) -> None:
    found = understood(content, "jump squats 6 6 6")
    assert isinstance(found, Requests)
    assert found.all == (Request(Intent.SETS, Slots(reps=(6, 6, 6), exercise="jump-squat")),)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=80) | st.text("0123456789 /:.,-'lr stkgcm", max_size=40))
def test_no_text_breaks_the_reading_of_slots(text: str) -> None:
    heard = Heard(text, Moment(THURSDAY, Units.KILOGRAMS), ENGLISH, {"calf-raise": ("calf raise",)})
    for intent in Intent:
        said = read_slots(intent, heard).said()
        assert None not in said.values()


def test_each_mistake_in_examples_is_reported(tmp_path: Path) -> None:
    folder = tmp_path / "requests"
    folder.mkdir()
    (folder / "done.txt").write_text("finished\n", "utf-8")
    (folder / "skip.txt").write_text("Finished!\n", "utf-8")
    (folder / "coffee.txt").write_text("coffee\n", "utf-8")
    faults: list[Problem] = []
    examples = read_examples(tmp_path, tmp_path, faults)
    assert [str(fault).partition(";")[0] for fault in faults] == [
        "requests/coffee.txt:1 unknown intent 'coffee'",
        "requests/skip.txt:1 'Finished!' is already an example of 'done'",
    ]
    assert examples.requests[Intent.DONE] == ("finished",)


@pytest.mark.parametrize(
    ("intent", "text", "slots"),
    [
        (Intent.MOVE, "push today's back a day", Slots(from_day=date(2026, 11, 26), to_day=date(2026, 11, 27))),
        (Intent.MOVE, "bring sunday's forward two days", Slots(from_day=date(2026, 11, 29), to_day=date(2026, 11, 27))),
        (Intent.MOVE, "delay sunday by one day", Slots(from_day=date(2026, 11, 29), to_day=date(2026, 11, 30))),
        (Intent.UNITS, "stones and pounds please, I'm too old for kilos", Slots(units=Units.STONE)),
        (Intent.DAYS, "any day but friday from now on", Slots(days=frozenset({1, 2, 3, 4, 6, 7}))),
        (Intent.ZONE, "im in new york til thursday", Slots(place="New York")),
        (Intent.WEIGHT, "weight 77.2, left calf 38", Slots(kg=77.2)),
        (Intent.WEIGHT, "scales say 92.5, I was hoping for under 90", Slots(kg=92.5)),
        (
            Intent.MOVE,
            "rather tomorrow, today I have the dentist",
            Slots(from_day=date(2026, 11, 26), to_day=date(2026, 11, 27)),
        ),
    ],
)
def test_slots_are_read_as_people_say_them(content: Content, intent: Intent, text: str, slots: Slots) -> None:
    language = content.language("en")
    moment = Moment(THURSDAY, Units.KILOGRAMS, None, Places())
    told = Heard(text, moment, language.vocabulary, language.exercise_names, language.goal_words)
    assert read_slots(intent, told) == slots

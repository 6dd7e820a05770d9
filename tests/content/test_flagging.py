"""Red flags as people tell them: of others, in the middle of a story, by the way; and what only sounds like one."""

import json
from pathlib import Path
from typing import Final

import pytest

from benchmarks.safety import judged
from content.library import Content, FaqSearch
from content.schema.pages import URGENCIES
from content.understanding.red_flags.told import STOPPING

ROOT: Final = Path(__file__).parents[2]
DOUBTED_AT_MOST: Final = 0.03
STORY = (
    "Did the whole session today, weather was lovely, the hills went well and I even said hello to the neighbours. "
    "{} "
    "Anyway, the new shoes are great and I wanted to ask whether I should move the long run to Sunday."
)


@pytest.fixture(scope="module")
def finder(content: Content) -> FaqSearch:
    return content.language("en").finder


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("my running buddy just collapsed", "faint"),
        ("effort 8, chest went tight in the last one", "chest"),
        ("half of my face is drooping", "stroke"),
        ("worst headache of my life, out of nowhere, while lifting", "headache"),
        ("my throat is swelling after a bee sting", "allergy"),
        ("I'm having an asthma attack", "asthma"),
        ("my blood sugar was 2.9 after the run", "hypoglycaemia"),
        ("I take cipro and my Achilles hurts", "medicine-tendon"),
        ("cramp in my calf every 200 m, it stops when I stop", "circulation"),
        ("I have not had my period for 5 months", "period"),
        ("I rolled my ankle and can't put weight on it", "sprain"),
        ("deep groin pain when I hop on one leg", "hip-stress-fracture"),
    ],
)
def test_each_gets_its_own_message(finder: FaqSearch, text: str, kind: str) -> None:
    assert finder.find(text).safety == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("skip today please, passed out in the shower", "faint"),
        ("fainded on the treadmill this morning, log it", "faint"),
        ("concussed on saturday, back running today?", "head-injury"),
        ("sugar's 3.1 and I've got two more reps", "hypoglycaemia"),
    ],
)
def test_words_that_leave_no_doubt_need_no_like_example(finder: FaqSearch, text: str, kind: str) -> None:
    assert finder.find(text).safety == kind


def test_such_words_stand_in_no_ordinary_talk(finder: FaqSearch) -> None:
    detector = finder._recogniser._detector
    ordinary = (ROOT / "content/en/safety/harmless.txt").read_text("utf-8").splitlines()
    requests = (ROOT / "tests/content/requests/own_requests.jsonl").read_text("utf-8").splitlines()
    ordinary += [json.loads(line)["question"] for line in requests]
    assert [text for text in ordinary if detector.ruled(text).sure] == []


@pytest.mark.parametrize(
    "text",
    ["should my dad with asthma run", "my sister has asthma, which week suits her", "i have asthma, how do i begin"],
)
def test_living_with_asthma_is_no_attack(finder: FaqSearch, text: str) -> None:
    found = finder.find(text)
    assert (found.safety, found.urgency) == ("conditions", "care")


@pytest.mark.parametrize("text", ["no asthma", "none of that, no chest pain", "not pregnant, not ill, just lazy today"])
def test_an_illness_that_is_denied_is_none(finder: FaqSearch, text: str) -> None:
    assert finder.find(text).safety is None


@pytest.mark.parametrize(
    "flag",
    [
        "On the third hill my chest got really tight and my left arm ached.",
        "My calf has been swollen, red and warm since the flight on Monday.",
        "Since then my wee is the colour of cola.",
    ],
)
def test_a_red_flag_in_the_middle_of_a_story_is_seen(finder: FaqSearch, flag: str) -> None:
    assert finder.find(STORY.format(flag)).safety is not None
    assert finder.find(STORY.format("")).safety is None


@pytest.mark.parametrize(
    "text",
    [
        "there is a massive hill on my route, should i persevere",
        "my calves are tight but my breathing is fine",
        "i am at my wits end with my calves",
        "aching shins in my first week of running, both sides",
        "we had a stroke of luck with the weather",
        "what is a concussion protocol, just curious",
    ],
)
def test_a_single_alarming_word_is_no_red_flag(finder: FaqSearch, text: str) -> None:
    assert finder.find(text).safety is None


@pytest.mark.parametrize(
    ("flag", "kind"),
    [
        ("Stiff neck, hot, and my head splits, light is a knife, so no run?", "headache"),
        ("If I don't hit 25k steps I don't deserve supper. That's my rule, it keeps me tidy", "eating"),
    ],
)
def test_a_greeting_hides_no_red_flag(finder: FaqSearch, flag: str, kind: str) -> None:
    assert finder.find(f"Good evening. {flag}").safety == kind


@pytest.mark.parametrize(
    "text",
    [
        "a lady at the office takes warfarin, my aunt's warfarin makes her bruise, me I only run",
        "our cleaner has epilepsy and cycles to work, I only run",
        "my lad is 8 and holds the stopwatch for my laps",
        "what's claudication? it came up in a crossword",
        "the projector blacked out in the meeting, so I ran at noon",
        "coach, what's the point of life without hills",
        "had cellulitis in 2016, gone after one course, my legs are fine",
    ],
)
def test_what_is_only_mentioned_is_no_red_flag(finder: FaqSearch, text: str) -> None:
    assert finder.find(text).safety is None


@pytest.mark.parametrize(
    ("usual", "more"),
    [
        ("one calf is swollen and warm since the flight", "and i cant breathe"),
        ("my foot drops and i trip over my toes", "both legs are weak and i cant pee"),
        ("i hit my head on the rack and have a headache", "i threw up and keep forgetting things"),
        ("i feel so low and see no point in anything", "i have the pills here and am going to end my life"),
    ],
)  # fmt: skip
def test_what_a_message_says_makes_it_more_urgent(finder: FaqSearch, content: Content, usual: str, more: str) -> None:
    before, after = finder.find(usual), finder.find(f"{usual}, {more}")
    assert before.safety is not None
    assert after.urgency == "now"
    assert before.urgency == content.language("en").safety[before.safety].urgency


def test_nothing_makes_it_less_urgent(finder: FaqSearch, content: Content) -> None:
    safety = content.language("en").safety
    for path_kind in safety:
        for text in ("it is fine now, no hurry", "not urgent at all", "years ago, all good"):
            usual = safety[path_kind].urgency
            raised = finder._recogniser._detector.urgency(text, path_kind, usual)
            assert URGENCIES.index(raised) <= URGENCIES.index(usual)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("i want to delete everything about me, there is no point any more", "despair"),
        ("wipe the lot please, nobody will miss me", "despair"),
        ("mate from the club texted goodbye, he's on the bridge", "despair"),
        ("left calf 36, right calf 40, the right one is tender and warm", "dvt"),
        ("I get as far as the bakery, the calf cramps, I lean on the wall, then the same by the bank", "circulation"),
        ("there was never one like this headache, it came out of the blue ten minutes ago", "headache"),
        ("turned it on the kerb, just a wee twist, but it won't take my weight", "sprain"),
        ("pain 8, hobbled home, same as last week", "pain"),
        ("three weeks late and the test came up positive, keep going?", "pregnancy"),
        ("squeezing across my chest and my left arm is heavy", "chest"),
    ],
)  # fmt: skip
def test_told_in_passing_and_by_other_words(finder: FaqSearch, text: str, kind: str) -> None:
    assert finder.find(text).safety == kind


@pytest.mark.parametrize(
    "text",
    [
        "wipe my stats please, I've joined a club with an app of its own",
        "my heart skipped a beat when I saw the results",
        "I dreamt my achilles ruptured on the start line",
        "concussion at uni, years ago, signed off, no trouble since",
        "twelve years free of bulimia, off to celebrate with a run",
        "I nurse on a stroke unit, patients all night, so mornings suit me",
        "the vet says our hamster had a seizure, so I am late",
    ],
)
def test_old_stories_jokes_and_the_troubles_of_others_are_none(finder: FaqSearch, text: str) -> None:
    assert finder.find(text).safety is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("concussion at uni, signed off, no trouble since, but yesterday I hit my head and feel sick", "head-injury"),
        ("twelve years free of bulimia, and now the voice is back and I skip meals", "eating"),
        ("I work on a ward with heart patients, and now my chest is tight and I'm sweating", "chest"),
        ("the vet was bitten and so was I: my calf is hot, red and swollen, with pus", "infection"),
    ],
)  # fmt: skip
def test_what_is_told_beside_them_is_seen(finder: FaqSearch, text: str, kind: str) -> None:
    assert finder.find(text).safety == kind


@pytest.mark.parametrize(
    "text",
    [
        "will all of it be gone if I go on skipping days",
        "I keep missing sessions, am I losing my muscle",
        "a bit of a cough and a runny nose, nothing in the chest. run or not?",
        "sneezing and a stuffy nose, only above the neck, can I train",
        "no reminders please until the doctor says ok",
        "dont message me till the physio clears me",
        "cancel my plan",
        "partial tear in the calf, six weeks in a boot",
        "did mine, effort 6. how much should I drink by the way",
    ],
)
def test_missed_training_a_head_cold_and_an_injury_are_no_other_kind(finder: FaqSearch, text: str) -> None:
    assert finder.find(text).safety is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I keep skipping my period since the marathon block", "period"),
        ("skipping meals to lose size", "eating"),
        ("a bit of a cough and a temperature of 38.5, can I run", "illness"),
        ("stop the reminders, I won't be here next week", "despair"),
        ("I'm expecting and rolled my ankle", "pregnancy"),
    ],
)
def test_and_what_is_one_of_it_is_seen(finder: FaqSearch, text: str, kind: str) -> None:
    assert finder.find(text).safety == kind


@pytest.mark.parametrize("name", ["hidden", "many_voices"])
def test_nearly_all_urgent_ones_are_sure_enough_to_hold_training(content: Content, name: str) -> None:
    flags, _ = judged(content.language("en"), name)
    urgent = [one for one in flags if one.caught and one.usual in STOPPING]
    doubted = [one.text for one in urgent if one.found.doubted]
    assert len(doubted) <= DOUBTED_AT_MOST * len(urgent), doubted


def test_what_a_rule_sees_is_never_doubted(finder: FaqSearch) -> None:
    assert not finder.find("I have chest pain when I run").doubted
    assert not finder.detect_red_flags("I have chest pain when I run").doubted

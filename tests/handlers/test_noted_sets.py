"""Reps and loads of single exercises: noted in words or by a button, aimed at next time, undone; always optional."""

from sqlmodel import Session, select

from coach.requests import Intent
from db.models import NotedSets
from tests.support.bot_harness import BotHarness, Person, Said
from tests.support.onboarding import set_up
from tests.support.requests import asked, requests, rows_of

LIGHT = {"sets_planned", "sets_more", "sets_fewer"}


async def noted(coach: BotHarness) -> list[tuple[str, list[int], float | None, str | None]]:
    def read(session: Session) -> list[tuple[str, list[int], float | None, str | None]]:
        rows = session.exec(select(NotedSets).order_by(NotedSets.day, NotedSets.exercise))  # type: ignore[arg-type]
        return [(row.exercise, row.reps, row.load_kg, row.result) for row in rows]

    return await coach.running.db.run(read)


async def next_strength(coach: BotHarness, ann: Person) -> Said:
    """Go on to the next day with a strength session; return its page."""
    for _ in range(10):
        coach.clock.forward(days=1)
        said = await ann.says("/today")
        if said.template == "today/session" and said.values["workout"].kind == "strength":
            return said
    raise AssertionError("no strength session in ten days")


async def test_after_the_effort_one_line_offers_to_note_and_done_stays_one_press(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await next_strength(coach, ann)
    said = await ann.presses("done")
    assert said.shows("today/done", load=None), "one question at a time: first how hard it was"
    assert not ann.offers("sets_planned")
    said = await ann.presses("number", number=6)
    assert said.shows("today/rated", "15/14/12", "12 at 10 kg")
    assert {key for key in LIGHT if ann.offers(key)} >= LIGHT
    assert await noted(coach) == []


async def test_a_run_offers_nothing_to_note(coach: BotHarness) -> None:
    ann = await set_up(coach)
    for _ in range(10):
        coach.clock.forward(days=1)
        said = await ann.says("/today")
        if said.values["workout"].kind == "interval":
            break
    if ann.offers("start"):
        await ann.presses("start")
        await ann.presses("pain_0")
    said = await ann.presses("done")
    assert said.shows("today/done", load=None)
    assert not ann.offers("sets_planned")


async def test_figures_are_asked_for_their_exercise_and_undone(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await next_strength(coach, ann)
    await ann.presses("done")
    before = await rows_of(coach, 1)
    assert (await ann.says("15/14/12")).shows("requests/sets_which", "15/14/12")
    assert (await ann.presses("Bodyweight squat")).shows("requests/sets", "bodyweight squat, 15/14/12")
    assert await noted(coach) == [("bodyweight-squat", [15, 14, 12], None, None)]
    assert (await ann.presses("undo")).shows("requests/undone", "the sets")
    assert await noted(coach) == []
    assert await rows_of(coach, 1) == before


async def test_the_most_sets_are_asked_for_their_exercise(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await next_strength(coach, ann)
    await ann.presses("done")
    reps = [100, 99, 98, 97, 96, 95, 94, 93, 92, 91]
    said = await ann.says("/".join(map(str, reps)) + " at 102.5 kg")
    assert said.shows("requests/sets_which"), said
    assert (await ann.presses("Standing calf raise")).shows("requests/sets")
    assert await noted(coach) == [("standing-calf-raise", reps, 102.5, None)]


async def test_many_sets_are_of_the_exercise_that_is_typed(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await next_strength(coach, ann)
    await ann.presses("done")
    reps = [100, 99, 98, 97, 96, 95, 94, 93, 92, 91]
    assert (await ann.says("/".join(map(str, reps)) + " at 102.5 kg")).shows("requests/sets_which")
    assert (await ann.says("standing calf raise")).shows("requests/sets")
    assert await noted(coach) == [("standing-calf-raise", reps, 102.5, None)]


async def test_a_named_exercise_is_noted_at_once_and_corrected(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await next_strength(coach, ann)
    assert (await requests(ann, asked(Intent.SETS, reps=(12, 12), exercise="bodyweight-squat"))).shows("requests/sets")
    assert ann.offers("done"), "sets can be noted before the session is done"
    said = await requests(ann, asked(Intent.SETS, reps=(12, 11), kg=10.0, exercise="bodyweight-squat"))
    assert said.shows("requests/sets", "12/11 at 10 kg")
    assert await noted(coach) == [("bodyweight-squat", [12, 11], 10.0, None)]
    assert (await requests(ann, asked(Intent.SETS, reps=(12, 11), kg=10.0, exercise="bodyweight-squat"))).shows(
        "requests/sets"
    )
    assert not ann.offers("undo"), "nothing has changed"


async def test_a_shown_exercise_is_meant(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await next_strength(coach, ann)
    await ann.presses("Glute bridge")
    assert (await ann.says("15, 15")).shows("requests/sets", "glute bridge, 15/15")


async def test_a_whole_session_in_one_message_has_one_undo(coach: BotHarness) -> None:
    ann = await set_up(coach)
    page = await next_strength(coach, ann)
    names = [exercise.name.lower() for _, exercise in page.values["exercises"]][-2:]
    before = await rows_of(coach, 1)
    said = await ann.says(f"{names[0]} 12/11/10, {names[1]} 15/15/14")
    assert said.template == "requests/several"
    assert len(await noted(coach)) == 2
    assert (await ann.presses("undo")).shows("requests/undone", "the sets")
    assert await rows_of(coach, 1) == before


async def test_the_next_session_says_what_to_aim_at(coach: BotHarness) -> None:
    ann = await set_up(coach, equipment=["dumbbells"])
    page = await next_strength(coach, ann)
    reps = len(page.values["exercises"])
    assert reps >= 3
    await ann.presses("done")
    await requests(ann, asked(Intent.SETS, reps=(12, 12), kg=10.0, exercise="bodyweight-squat"))
    assert "Next time, aim for 8/8 at 11 kg" in ann.sees
    for _ in range(4):
        page = await next_strength(coach, ann)
        if "Bodyweight squat" in page:
            break
        await ann.presses("done")
    assert "Last time 12/12 at 10 kg." in page
    assert "at 11 kg" in page
    await ann.says("squats 8 8 with 11 kg")
    assert "You did 8/8 at 11 kg" in await ann.says("/today")


async def test_a_button_notes_every_exercise(coach: BotHarness) -> None:
    ann = await set_up(coach)
    page = await next_strength(coach, ann)
    await ann.presses("done")
    await ann.presses("number", number=6)
    before = await rows_of(coach, 1)
    assert (await ann.presses("sets_more")).shows("requests/sets_in_a_word", result="more")
    assert {result for *_, result in await noted(coach)} == {"more"}
    assert len(await noted(coach)) == len(page.values["exercises"])
    assert (await ann.presses("undo")).shows("requests/undone")
    assert await noted(coach) == []
    assert await rows_of(coach, 1) == before


async def test_the_effort_can_still_be_said_after_the_sets(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await next_strength(coach, ann)
    await ann.presses("done")
    assert (await requests(ann, asked(Intent.SETS, what="planned"))).shows("requests/sets_in_a_word", effort=False)
    assert (await ann.presses("number", number=6)).template == "today/rated"
    assert not ann.offers("sets_planned"), "it is noted already"


async def test_a_word_about_a_session_that_is_not_done_counts_for_nothing(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await next_strength(coach, ann)
    await ann.presses("done")
    await ann.presses("number", number=6)
    await ann.presses("sets_more")
    await requests(ann, asked(Intent.UNDO))
    await requests(ann, asked(Intent.SETS, what="more"))
    await ann.says("/today")
    await ann.presses("undo")  # not done after all
    for _ in range(3):
        page = await next_strength(coach, ann)
        assert page.values["aims"] == {}


async def test_pounds_are_shown_in_pounds(coach: BotHarness) -> None:
    ann = await set_up(coach, equipment=["dumbbells"])
    await ann.says("/weight 158 lb")
    await next_strength(coach, ann)
    await ann.presses("done")
    assert "12 at 20 lb" in await ann.presses("number", number=6)
    assert "12/12 at 25 lb" in await ann.says("squats 12, 12 at 25 lb")
    assert "aim for 8/8 at 27.5 lb" in ann.sees or "aim for" in ann.sees
    assert (await noted(coach))[0][2] == 11.3


async def test_a_load_is_never_the_weight_of_the_body(coach: BotHarness) -> None:
    ann = await set_up(coach)
    for text in ("12 at 10 kg", "12 at 60 kg", "3x12 with 70kg", "10 reps with 80 kilos"):
        await ann.says(text)  # a day without strength, or with it
        assert (await coach.stored()).weight_kg is None, text
    await next_strength(coach, ann)
    await ann.says("/weight")
    await ann.presses("units_kg")
    assert ann.sees.template == "setup/weight"
    for text in ("12 at 60 kg", "12 x 70 kg", "11 at 10 kg", "15/14/12"):
        await ann.says(text)
        assert (await coach.stored()).weight_kg is None, text
    await ann.says("I weigh 70 kg")
    assert (await coach.stored()).weight_kg == 70.0


async def test_figures_that_cannot_be_are_asked_anew(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await next_strength(coach, ann)
    for slots in ({"reps": (101,)}, {"reps": (10,) * 11}, {"reps": (10,), "kg": 301.0}, {}):
        said = await requests(ann, asked(Intent.SETS, exercise="bodyweight-squat", **slots))
        assert said.template == "requests/sets_how", slots
    assert await noted(coach) == []


async def test_a_word_for_a_session_needs_one(coach: BotHarness) -> None:
    ann = await set_up(coach)
    coach.clock.forward(days=1)
    for _ in range(14):
        said = await ann.says("/today")
        if said.values["workout"].kind != "strength":
            found = await requests(ann, asked(Intent.SETS, what="planned"))
            if found.template == "requests/no_sets":
                return
        coach.clock.forward(days=1)
    raise AssertionError("never a day without strength on it or before it")

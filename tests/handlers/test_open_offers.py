"""Replies to the coach's own question or offer: a yes in other words, a choice, a no that ends a sentence."""

from datetime import timedelta

import pytest

from coach.requests import Intent, Slots
from content.understanding.meanings import Between, NoAnswer, Requests, SmallTalk, Suggest
from content.understanding.requests.request import Request
from content.understanding.smalltalk.phrases import SmallTalkKind
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up
from tests.support.requests import asked, requests, rows_of, understood_as

LIFE = SmallTalk(SmallTalkKind.LIFE)


async def is_asked(coach: BotHarness) -> Person:
    """Set somebody up who was just asked whether sessions are to be shorter from now on."""
    ann = await set_up(coach)
    assert (await requests(ann, asked(Intent.MINUTES, minutes=20))).template == "requests/lasting"
    return ann


@pytest.mark.parametrize(
    "said", ["Yes, that", "yeah that one", "bet", "aight bet", "yes exactly", "that's it", "count me in"]
)
async def test_a_yes_has_many_words(coach: BotHarness, said: str) -> None:
    ann = await is_asked(coach)
    assert (await ann.says(said)).template == "profile/saved"


@pytest.mark.parametrize(
    "said", ["stick that in for us", "yeah lock that in", "ok put it in then", "yes set that please"]
)
async def test_a_wish_that_names_nothing_is_a_yes(coach: BotHarness, said: str) -> None:
    ann = await is_asked(coach)
    assert (await ann.says(said)).template == "profile/saved"


async def test_other_units_are_offered_where_one_has_these(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await requests(ann, asked(Intent.UNITS, units="kg"))
    assert (await requests(ann, asked(Intent.UNITS, units="kg"))).shows("requests/units", other="lb")
    assert (await ann.says("yeah switch me")).shows("requests/units", units="lb", same=False)


@pytest.mark.parametrize(
    "said", ["yes but my cousin laughs at me", "yes, even if the boss complains", "yeah lol my wife won"]
)
async def test_a_yes_with_a_remark_behind_it_is_one(coach: BotHarness, said: str) -> None:
    ann = await is_asked(coach)
    assert (await understood_as(ann, LIFE, said)).template == "profile/saved"


async def test_a_yes_with_what_is_like_a_wish_behind_it_is_one(coach: BotHarness) -> None:
    ann = await is_asked(coach)
    like_undo = Between((Request(Intent.UNDO), Request(Intent.RESUME)))
    assert (await understood_as(ann, like_undo, "yes but he wants it back one day")).template == "profile/saved"


@pytest.mark.parametrize(
    "said", ["yes but only on mondays", "yes but 25", "yes but can it wait?", "yes but only today"]
)
async def test_a_yes_with_a_condition_is_none(coach: BotHarness, said: str) -> None:
    ann = await is_asked(coach)
    before = await rows_of(coach, 1)
    await understood_as(ann, NoAnswer(), said)
    assert await rows_of(coach, 1) == before


@pytest.mark.parametrize("said", ["bet", "say less", "aight", "word"])
async def test_nothing_is_asked_and_all_is_well(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach)
    assert (await ann.says(said)).template == "smalltalk/okay"


@pytest.mark.parametrize("said", ["yes", "Yes, please.", "yeah"])
async def test_a_yes_to_one_offer_takes_it(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach, experience="regular", days="mon wed fri")
    day = coach.clock.now.date() + timedelta(days=2)
    offer = Between((Request(Intent.SKIP, Slots(day=day)),))
    assert (await understood_as(ann, offer, "hm wednesday")).shows("requests/between", only=True)
    assert ann.offers("not_this")
    assert (await ann.says(said)).shows("requests/rest_instead", day=day)


async def test_a_yes_to_what_leaves_something_open_asks_for_that(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await understood_as(ann, Between((Request(Intent.EVENT, Slots()),)), "hm trials")
    assert (await ann.says("yes")).template == "requests/event_when"


async def test_a_yes_to_several_offers_asks_which(coach: BotHarness) -> None:
    ann = await set_up(coach)
    offer = Between((Request(Intent.EASIER), Request(Intent.PROGRESS)))
    await understood_as(ann, offer, "hm the week")
    assert (await ann.says("yes please")).template == "requests/which_one"
    assert (await ann.presses("request_progress")).template == "progress/weeks"


@pytest.mark.parametrize(
    "said", ["same time there, isn't it. leave it", "yeah nah no time for that. leave it as it is"]
)
async def test_a_no_at_the_end_is_one_whatever_went_before(coach: BotHarness, said: str) -> None:
    ann = await is_asked(coach)
    before = await rows_of(coach, 1)
    skip = Requests((Request(Intent.SKIP, Slots(reason="time")),))
    assert (await understood_as(ann, skip, said)).template == "settings/unchanged"
    assert await rows_of(coach, 1) == before


@pytest.mark.parametrize(
    "said", ["Leave it so until easter", "keep it like that till christmas", "leave everything as it is until june"]
)
async def test_what_stays_until_a_day_is_no_pause(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach)
    pause = Requests((Request(Intent.PAUSE, Slots()),))
    assert (await understood_as(ann, pause, said)).template == "smalltalk/left"


@pytest.mark.parametrize("said", ["never mind, my watch does it", "forget it, I found one", "nvm, the gym has it"])
async def test_what_is_let_go_stays_as_it_is(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach)
    assert (await understood_as(ann, LIFE, said)).template == "smalltalk/left"


@pytest.mark.parametrize(
    "said",
    [
        "Right. Thanks for everything, see you on the 20th",
        "cheers for all that, talk on sunday the 8th",
        "ta for the help, speak on the 4th",
        "see you on monday the 9th, thanks for all this",
    ],
)
async def test_a_goodbye_may_name_a_day(coach: BotHarness, said: str) -> None:
    ann = await set_up(coach)
    before = await rows_of(coach, 1)
    assert (await ann.says(said)).template == "smalltalk/farewell"
    assert await rows_of(coach, 1) == before


async def test_a_date_that_was_named_is_offered_and_not_forgotten(coach: BotHarness) -> None:
    ann = await set_up(coach)
    day = coach.clock.now.date() + timedelta(days=12)
    offer = Between((Request(Intent.EVENT, Slots(day=day)),))
    assert (await understood_as(ann, offer, "the show is in twelve days, so nervous")).shows(
        "requests/event_offered", day=day, worried=True, before=False
    )
    less = Requests((Request(Intent.EASIER),))
    assert (await understood_as(ann, less, "can it be less that week")).shows(
        "requests/event_offered", day=day, worried=False, before=True
    )
    assert (await ann.says("yes")).template == "plan/blocks"
    again = Requests((Request(Intent.EVENT, Slots(switch="off")),))
    assert (await understood_as(ann, again, "can it be less that week")).template == "requests/event_drop"


async def test_a_yes_to_whether_somebody_trains_for_something_asks_for_the_day(coach: BotHarness) -> None:
    ann = await set_up(coach)
    assert (await requests(ann, asked(Intent.EVENT, switch="off"))).template == "requests/event_none"
    assert (await ann.says("yes")).template == "requests/event_when"


async def test_a_remark_behind_an_answer_gets_no_reading(coach: BotHarness) -> None:
    ann = await set_up(coach)
    await ann.says("is cycling better than running for legs")
    assert (await ann.says("honestly i just like being outside")).template == "smalltalk/life"
    await ann.says("why are my legs heavy in the first minutes?")
    assert (await ann.says("ah well it's probably the way i stand")).template == "smalltalk/life"
    assert (await understood_as(ann, Suggest(("tight-calves",)), "what about that?")).template == "ask/suggest"

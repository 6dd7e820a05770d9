"""The audio guide as a person gets it: asked for by a button or in words, held back where it would be unwise."""

import io
from typing import Any

import pytest
from mutagen.mp3 import MP3

from content.guide import wish
from content.guide.track import encode
from telegram_local.api.faults import Refuse
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import on_a_sprint_day, set_up


def sent(coach: BotHarness) -> list[dict[str, Any]]:
    """Return the parameters of every track that was sent."""
    return [call.params for call in coach.telegram.calls if call.method == "sendAudio"]


async def on_an_interval_day(coach: BotHarness) -> Person:
    ann = await set_up(coach)
    await coach.jump()
    return ann


async def test_a_reminder_offers_a_track_that_names_and_covers_the_session(
    coach: BotHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wish, "encode", encode)  # in other conversations none is encoded
    ann = await on_an_interval_day(coach)
    assert (await ann.presses("guide_me")).shows("guide/caption", "Walk–jog intervals", "5 rounds")
    (call,) = sent(coach)
    assert (call["title"], call["performer"]) == ("Walk–jog intervals", "Calf Coach")
    data = coach.telegram.core.state.files[ann.user.last["audio"]["file_id"]].data
    found: Any = MP3(io.BytesIO(data))  # type: ignore[no-untyped-call]
    tags = found.tags
    assert (str(tags["TIT2"]), str(tags["TPE1"])) == ("Walk–jog intervals", "Calf Coach")
    assert tags["APIC:"].data.startswith(b"\xff\xd8")
    assert abs(found.info.length - call["duration"]) < 1
    assert call["duration"] > 5 * (60 + 90) + 600
    assert ann.user.last["audio"]["thumbnail"]["width"] == 320
    assert ann.offers("done")
    assert ann.offers("other_voice")


async def test_the_same_session_is_made_and_uploaded_once(coach: BotHarness) -> None:
    bob = await set_up(coach, person=coach.person(2, "Bob"))
    ann = await on_an_interval_day(coach)
    await ann.presses("guide_me")
    first = ann.user.last["audio"]["file_id"]
    assert (await bob.says("guide me")).shows("guide/caption", "Walk–jog intervals", "5 rounds")
    assert [(call["chat_id"], call["audio"]) for call in sent(coach)][1:] == [(bob.user.id, first)]
    assert "thumbnail" not in sent(coach)[1]
    assert bob.user.last["audio"]["file_id"] == first


async def test_an_id_that_telegram_no_longer_knows_is_made_anew(coach: BotHarness) -> None:
    ann = await on_an_interval_day(coach)
    await ann.presses("guide_me")
    coach.telegram.faults.next("sendAudio", Refuse(400, "Bad Request: wrong file identifier/HTTP URL specified"))
    await ann.says("guide me")
    coach.clock.forward(minutes=1)
    coach.running.sender.wake()
    await coach.settle()
    assert len(sent(coach)) == 3
    assert ann.user.last["audio"]["file_id"] != sent(coach)[1]["audio"]


async def test_words_show_the_session_and_send_its_guide(coach: BotHarness) -> None:
    ann = await on_an_interval_day(coach)
    assert (await ann.says("guide me through it")).template == "guide/caption"
    assert any(message.text.startswith("Today: ") for message in ann.user.received)


async def test_the_other_voice_is_kept(coach: BotHarness) -> None:
    ann = await on_an_interval_day(coach)
    await ann.presses("guide_me")
    await ann.presses("other_voice")
    await ann.says("guide me")
    first, second, third = (call["audio"] for call in sent(coach))
    assert second != first
    assert third == ann.user.last["audio"]["file_id"]


async def test_sprints_ask_what_hurts_before_anybody_is_counted_in(coach: BotHarness) -> None:
    ann = await on_a_sprint_day(coach)
    assert (await ann.presses("guide_me")).template == "today/pain"
    assert sent(coach) == []
    assert (await ann.presses("pain_0")).template == "today/session"
    assert (await ann.presses("guide_me")).shows("guide/caption", "Sprint intervals")


@pytest.mark.parametrize("pain", ["pain_3", "pain_5"])
async def test_no_guide_to_sprints_where_something_hurts_however_old_the_button(coach: BotHarness, pain: str) -> None:
    ann = await on_a_sprint_day(coach)
    page = next(message for message in reversed(ann.user.received) if message.buttons)
    await ann.presses("start")
    await ann.presses(pain)
    assert not ann.offers("guide_me")
    data = next(button["callback_data"] for button in page.buttons if button["text"] == coach.labels["guide_me"])
    ann.user.press_data(data, page)
    await coach.settle()
    tracks = [call["title"] for call in sent(coach)]
    assert "Sprint intervals" not in tracks
    assert pain == "pain_5" or ann.sees.template == "guide/held"


async def test_no_guide_after_a_red_flag(coach: BotHarness) -> None:
    ann = await on_an_interval_day(coach)
    reminder = ann.user.last
    await ann.says("I have chest pain when I run")
    data = next(button["callback_data"] for button in reminder.buttons if button["text"] == coach.labels["guide_me"])
    ann.user.press_data(data, reminder)
    await coach.settle()
    (changed,) = (each for each in ann.user.received if each.message_id == reminder.message_id)
    assert coach.rendered.said(changed.text).template == "pause/not_yet"
    assert sent(coach) == []


async def test_a_button_of_another_day_shows_what_became_of_it(coach: BotHarness) -> None:
    ann = await on_an_interval_day(coach)
    reminder = ann.user.last
    coach.clock.forward(days=1)
    data = next(button["callback_data"] for button in reminder.buttons if button["text"] == coach.labels["guide_me"])
    ann.user.press_data(data, reminder)
    await coach.settle()
    assert ann.sees.shows("today/session", is_today=False)
    assert sent(coach) == []


async def test_a_day_of_rest_has_no_guide(coach: BotHarness) -> None:
    ann = await on_an_interval_day(coach)
    await ann.presses("done")
    await coach.jump()
    assert not ann.offers("guide_me")

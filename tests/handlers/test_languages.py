"""A second language is a folder: the whole bot is walked in one that nobody speaks, and no English may be seen."""

import html
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

import pytest

from app.runtime import CONTENT, next_due_at
from coach.buttons.account import PickLanguage
from coach.buttons.measurements import PickDecade, ShowChart
from coach.buttons.plan import ShowBlocks
from coach.buttons.requests import DoRequest
from coach.heel_raises import Decade
from coach.parsing.measurements import MeasurementKind
from coach.profile import Goal
from coach.reminders.kinds import ReminderKind
from coach.reminders.local_time import show_daytime
from coach.requests import BACK, INTENT_OF, Fact, Intent, Slots
from content.library import Content, Language, load
from content.rendering.file_renderers import FileRenderers
from content.rendering.messages import Messages
from content.understanding.meanings import SmallTalk
from content.understanding.requests.request import Request
from content.understanding.smalltalk.phrases import SmallTalkKind
from db.engine import Database
from db.models import User
from db.queries import users
from db.queries.figures import measurements
from handlers.account import help_menu
from services import reminders
from tests.support import pseudo_language
from tests.support.bot_harness import BotHarness, Person, running_bot
from tests.support.fake_search import finding
from tests.support.onboarding import EXPERIENCE
from tests.support.pseudo_language import CODE, typed, wide
from tests.support.requests import requests, understood_as

pytestmark = pytest.mark.timeout(400)
"""A language of its own is fitted anew, which takes a minute and more on a busy machine."""

ADMIN = 9
SEEN = frozenset(
    {"text", "caption", "title", "description", "short_description", "message_text", "name", "unit", "label", "done"}
    | {"days", "legend"}
)
"""Under these names stands what a user reads, in calls and in the figures of what is drawn."""
SAME = {
    "kg", "lb", "st", "cm", "in",  # units
    "Ann", "Bob", "Adam", "Berlin", "Europe", "Germany", "Lisbon", "Portugal", "Pyongyang", "local", "bot", "UTC",
    "English",
    "inform", "Scotland",  # of a source's name
    "purple", "Purple", "elephants", "nothing", "nonsense", "stilts", "on", "hello", "runners",  # what was typed
    "hmm", "whatever", "bananas", "are",
}  # fmt: skip
NEVER_PRESSED = frozenset({"erase:", "erase", "language:en"})
OFTEN = {"change": 20}
QUESTIONS = ("are ankle weights a good idea?", "my calf is hot and swollen", "purple elephants on stilts?")

SMALL_TALK = (
    "hi", "thanks", "bye", "okay", "who are you", "how are you", "what can you do", "it's raining", "i feel old",
    "i'm proud of myself", "tell me a joke", "yes", "no", "who do I call?", "I'll ring the doctor",
)  # fmt: skip
MISUNDERSTOOD = (
    "/calf 900 cm", "/calf 150", "/calf 36", "/raises 900", "/raises 20",
    "/remind 25:99", "/remind off", "/pause nonsense",
    "/pause 9999", "/weight 9999 kg", "/weight 150", "/goals nothing", "/weight log", "/pause until 12 March",
    "/pause sick", "/resume", "/pause injured", "/resume", "/protein",
)  # fmt: skip


REQUESTS = (
    "what's on today", "why?", "tell me more", "says who?", "skip it, i'm too tired", "undo that",
    f"move it to {typed('saturday')}", "undo", f"skip {typed('monday')}", "make it easier", "done", "undo that please",
    f"my calf hurts {typed('6')} {typed('out of')} 10", "swap it for something else", "too long, make it shorter",
    f"i weigh {typed('73 kg')}", "undo that", f"pause until {typed('friday')}", "i'm back",
    "how much protein do i need", "how long until my calves grow", "should i train today", "why are rest days needed",
    "how am i doing", "how many calf raises did i log", "that's wrong", "that was wrong", "can i talk to a human",
    "what do you know about me", f"remind me at {typed('8 pm')}", "switch to pounds", "show my week",
    f"what about {typed('next sunday')}", "hmm whatever purple", "bananas are purple", "purple elephants",
    f"i am in {typed('Tokyo')} now", "how much protein do i need a day", "tell me more", "says who?",
    "how often should i sprint", "how often should i train my calves", "how long until my calves grow",
    "do i need rest days", "should i train when i'm sore", "i use pounds", f"i use {typed('pounds')}",
    f"i have {typed('dumbbells')} now", f"i can train {typed('monday and friday')}", f"{typed('15')} raises",
    f"skip {typed('sunday')} and move it to {typed('next month')}",
)  # fmt: skip
"""Lines whose meaning is found as in English; the days, times and figures in them are typed in the other language."""


NOTED = (
    (Intent.SETS, Slots()),
    (Intent.SETS, Slots(reps=(12, 11))),
    (Intent.SETS, Slots(reps=(12, 11), kg=10.0, exercise="bodyweight-squat")),
    (Intent.SETS, Slots(what="more")),
)
SINGLE_EXERCISES = (
    *((Intent.SWAP, Slots(exercise=slug)) for slug in ("bodyweight-squat", "bodyweight-squat", "glute-bridge")),
    *((Intent.SWAP, Slots(what=BACK, exercise=slug)) for slug in (None, "bodyweight-squat", "glute-bridge", None)),
    *(
        (Intent.SWAP, Slots(exercise=slug))
        for slug in ("jump-squat", "bent-knee-calf-raise", "seated-calf-raise", None)
    ),
    *NOTED,
    (Intent.UNITS, Slots(units="lb")),
    (Intent.MOVE, Slots()),
    (Intent.DONE, Slots()),
    (Intent.DONE, Slots()),
    (Intent.SKIP, Slots()),
    (Intent.PAIN, Slots()),
    (Intent.PAIN, Slots(level=1)),
    (Intent.RESUME, Slots()),
    (Intent.DAYS, Slots(days=frozenset({1, 3}))),
    (Intent.ZONE, Slots()),
    (Intent.TARGET, Slots(what="raises", number=30)),
    (Intent.EVENT, Slots(switch="off")),
    (Intent.MOVE, Slots(from_day=date(2026, 9, 1), to_day=date(2026, 9, 2))),
    (Intent.GOALS, Slots(add=frozenset({Goal.SPRINTS}))),
)
"""Requests about single exercises and some that nothing else asks for, as their buttons hold them."""
AIMED_AT: Final = (
    (Intent.TARGET, Slots(switch="off")),
    (Intent.TARGET, Slots()),
    (Intent.TARGET, Slots(what="raises")),
    (Intent.TARGET, Slots(what="sessions", number=900, by=date(2026, 6, 1))),
    (Intent.TARGET, Slots(what="raises", number=90, by=date(2026, 4, 20))),
    (Intent.TARGET, Slots(what="raises", number=26, by=date(2026, 12, 1))),
    (Intent.TARGET, Slots(what="raises", number=5, by=date(2026, 12, 1))),
    (Intent.TARGET, Slots(what="sessions", number=20, by=date(2026, 12, 1))),
    (Intent.TARGET, Slots(switch="off")),
    (Intent.EVENT, Slots(switch="off")),
    (Intent.EVENT, Slots()),
    (Intent.EVENT, Slots(day=date(2026, 8, 1))),
    (Intent.EVENT, Slots(switch="off")),
)
"""Goals and dates, wished for, doubtful and given up."""


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, content: Content) -> Content:
    """English, and the language that nobody speaks; it is asked in as English is, which spares fitting it."""
    root = tmp_path_factory.mktemp("content")
    (root / "en").symlink_to(CONTENT / "en")
    pseudo_language.write(CONTENT / "en", root / CODE)
    foreign = load(root).languages[CODE]
    assert [
        name
        for name in foreign.borrowed
        if not name.endswith((".txt", ".tsv", ".patterns.yaml", "words.yaml", "urgency.yaml", "follow_ups"))
    ] == []
    foreign = replace(foreign, finder=content.language(None).finder)
    return Content(MappingProxyType({**content.languages, CODE: foreign}))


@pytest.fixture
async def coach(database: Database, both: Content) -> AsyncIterator[BotHarness]:
    async with running_bot(database, both, admins=frozenset({ADMIN}), read_content=lambda: both) as running:
        yield running


def typed_command(line: str) -> str:
    """Return a command whose words are typed in the language that nobody speaks."""
    name, _, words = line.partition(" ")
    return f"{name} {typed(words)}"


def shown(value: Any, name: str = "") -> Iterator[str]:
    """Yield every string that a user reads."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from shown(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from shown(inner, name)
    elif isinstance(value, str) and name in SEEN:
        yield value


def english(text: str, cited: list[str]) -> list[str]:
    """Return the words of a text that are not in wide letters, and have no reason to be so."""
    text = html.unescape(re.sub(r"<[^<>]*>", "", text))
    for words in cited:
        text = text.replace(words, "")
    text = re.sub(r"https?://\S+|(?<!\w)/[a-z]+|@\w+", "", text)
    return [word for word in re.findall("[A-Za-z]+", text) if word not in SAME and len(word) > 1]


class Walker:
    """Somebody who presses every button and answers every question wrong at first."""

    def __init__(self, coach: BotHarness, person: Person) -> None:
        self.coach, self.person = coach, person
        self.pressed: Counter[str] = Counter()
        self._done: set[str] = set()

    async def wander(self, most: int = 60, each: int = 2) -> None:
        """Press what has not been pressed, so many times at most and each kind of button a few times."""
        for _ in range(most):
            found = self._fresh(each)
            if found is None:
                return
            message, data = found
            self._done.add(data)
            self.pressed[data.partition(":")[0]] += 1
            self.person.user.press_data(data, message)
            await self.coach.settle()
            user = await self.coach.running.db.run(lambda session: users.find(session, self.person.user.id))
            if user is not None and user.awaiting is not None:
                await self.person.says("purple")

    async def explore(self, command: str) -> None:
        """Follow each button that stands under the answer to a command: what it leads to may take their place."""
        for _ in range(20):
            await self.person.says(command)
            found = self._fresh(2)
            if found is None or found[0] != self.person.user.last:
                return
            await self.wander(3)

    def _fresh(self, each: int) -> tuple[Any, str] | None:
        for message in reversed(self.person.user.received):
            for button in message.buttons:
                data = button.get("callback_data", "")
                code = data.partition(":")[0]
                if (
                    data
                    and data not in self._done
                    and data not in NEVER_PRESSED
                    and self.pressed[code] < OFTEN.get(code, each)
                ):
                    return message, data
        return None


async def test_nobody_reads_english_in_another_language(coach: BotHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Any] = []
    rendered: set[str] = set()
    draw, render = FileRenderers.__call__, Messages.render

    async def drawing(self: FileRenderers, figures: Any) -> bytes:
        drawn.append(dict(figures))
        return await draw(self, figures)

    def rendering(self: Messages, name: str, /, **values: object) -> str:
        rendered.add(name)
        return render(self, name, **values)

    monkeypatch.setattr(FileRenderers, "__call__", drawing)
    monkeypatch.setattr(Messages, "render", rendering)
    ann = coach.person(language=f"{CODE}-XX")
    walker = Walker(coach, ann)
    await set_up(ann)
    newcomer = coach.person(2, "Bob", language=CODE)
    await newcomer.says("/start")
    await Walker(coach, newcomer).wander()
    for line in ("/cancel", "/cancel", "/start", "/help", *QUESTIONS):
        await newcomer.says(line)
    hesitant = coach.person(3, "Bob", language=CODE)
    for line in ("/start", wide("Just answer my question"), "/start", wide("Set me up"), "/start", "/cancel"):
        await (hesitant.says(line) if line.startswith("/") else hesitant.presses(line))
    for line in ("/protein", "/remind", "/progress", "/calendar", "/plan", "/today", "/calf", "/cancel", "/weight",
                 typed("purple elephants"), "/cancel", "/calf 36", "/remind 7", "/weight 72",
                 "/cancel", "/weight 150", "/cancel", "/pause", "/start"):  # fmt: skip
        await hesitant.says(line)
    for command in help_menu.COMMANDS:
        if command != "delete":
            await walker.explore(f"/{command}")
    for line in (
        *QUESTIONS,
        *SMALL_TALK,
        "/nonsense",
        "/ask",
        typed_command("/weight 44 kg"),
        typed_command("/weight 72.5 kg"),
        "/calf 38 38.5",
        "/raises 20 21",
    ):
        await ann.says(line)
        await walker.wander(18)
    await ann.user.sticker()
    await coach.settle()
    ann.user.press_data("forged", ann.user.last)
    await coach.settle()
    # Days go by
    await ann.says("my calf is hot and swollen")  # anew: the walker has pressed that it meant none
    for line in ("the doctors are ringing", "call which number?", "they put me in a cast", "when can I start again"):
        await ann.says(line)
    await ann.says("/resume")
    await ann.presses(wide("Yes, I'm cleared"))
    await ann.says("/check")
    await ann.presses(wide("None apply"))
    await ann.says(typed_command("/remind weekdays 6:45, weekends 9"))
    await walker.wander()
    for day in range(12):
        if await next_due_at(coach.running.db) is None:  # the walker has paused them
            await ann.says("/resume")
        await coach.jump()
        await walker.wander(6, each=8)
        if day % 8 == 0:
            await ann.says("/calf 39 39.5")
            await ann.says("/raises 22 23")
        if day % 7 == 0:
            await ann.says("/progress")
            await walker.wander(6, each=8)
            await ann.says("/plan")
            await walker.wander(6, each=8)
    for line in ("6", "0", *REQUESTS):
        await ann.says(line)
        await walker.wander(4)
    for kind in MeasurementKind:
        ann.user.press_data(ShowChart(kind).pack(), ann.user.last)
        await coach.settle()
    for day in range(4):
        coach.clock.forward(days=1)
        for intent, slots in SINGLE_EXERCISES if day == 0 else NOTED:
            ann.user.press_data(DoRequest.of(intent, slots).pack(), ann.user.last)
            await coach.settle()
    for intent, slots in AIMED_AT:
        ann.user.press_data(DoRequest.of(intent, slots).pack(), ann.user.last)
        await coach.settle()
        if slots.day is not None:
            ann.user.press_data(ShowBlocks().pack(), ann.user.last)
            await coach.settle()
        await walker.wander(3, each=8)
    for line in ("/timer 0x0", typed_command("/timer purple"), "/timer 8x20/40", "/return"):
        await ann.says(line)
        await walker.wander(4, each=8)
    ann.user.press_data(PickDecade(Decade.UNSAID).pack(), ann.user.last)
    await coach.settle()
    for line in MISUNDERSTOOD:
        await ann.says(typed_command(line))
    coach.clock.forward(days=2)
    await coach.tick()  # late
    # In a group, in another chat, and as an administrator
    coach.telegram.group(-5, "Runners")
    for line in (
        "/ask@local_bot",
        "/ask@local_bot are ankle weights a good idea?",
        "/ask@local_bot purple elephants?",
        "/today@local_bot",
    ):
        await ann.user.send(line, -5)
        await coach.settle()
    for query in ("", "ankle weights", "my calf is hot and swollen"):
        ann.user.inline(query)
    await coach.settle()
    admin = coach.person(ADMIN, "Adam", language=CODE)
    for line in ("/start", "/stats", "/unanswered", "/reload", "/broadcast", "/broadcast hello runners"):
        await admin.says(line)
    await admin.presses(wide("Send to everybody"))
    for _ in range(2):
        coach.clock.forward(seconds=11)
        await coach.tick()
    older = await ann.user.send("😂")
    await coach.settle()
    await ann.says("/raises 20 22")
    await ann.says("/start faq-protein-amount")
    for intent in (Intent.MORE, Intent.SOURCES, Intent.ZONE, Intent.DONE, Intent.SETS, Intent.RESUME):
        ann.user.press_data(DoRequest.of(intent, Slots()).pack(), ann.user.last)
        await coach.settle()
    for fact in Fact:
        await requests(ann, Request(INTENT_OF[fact], Slots(), fact))
    await requests(ann, Request(INTENT_OF[Fact.MINUTES], Slots(), Fact.MINUTES), Request(Intent.SOURCES))
    for talk in (
        SmallTalkKind.JOKE,
        SmallTalkKind.JOINING,
        SmallTalkKind.TREATED,
        SmallTalkKind.WELL,
        SmallTalkKind.WORRIED,
    ):
        await understood_as(ann, SmallTalk(talk))
    await ann.edits("💪")
    await ann.edits("👀", older)
    await ann.user.forward("/today")
    await coach.settle()
    await ann.says("/delete")
    await ann.presses(wide("Erase everything"))
    language = coach.running.services.content.languages[CODE]
    assert found_english(coach, drawn, language) == []
    names = {name for name in language.messages.names() if "/_" not in name and not name.startswith("about_me/")}
    # the others are parts of messages
    assert len(rendered & names) > 0.62 * len(names), f"the walk is short: {sorted(names - rendered)}"


def test_english_is_seen_where_there_is_some() -> None:
    assert english(f"{wide('Well done')}, Ann: 72.5 kg &amp; <b>/help</b>", []) == []
    assert english(f"{wide('Well')} done", []) == ["done"]


def found_english(coach: BotHarness, drawn: list[Any], language: Language) -> list[str]:
    """Return every text in which English is seen."""
    cited = sorted({source.citation for source in language.sources.values()}, key=len, reverse=True)
    cited += [source.authors for source in language.sources.values()]
    calls = [call for call in coach.telegram.calls if call.params.get("language_code", CODE) == CODE]
    calls = [call for call in calls if not (call.method.startswith("setMy") and "language_code" not in call.params)]
    texts = [text for call in calls for text in shown(call.params)] + [text for each in drawn for text in shown(each)]
    assert len(texts) > 500
    return [f"{found}: {text}" for text in dict.fromkeys(texts) if (found := english(text, cited))]


async def set_up(ann: Person) -> None:
    """Answer every question."""
    await ann.says("/start")
    await ann.presses(wide("Set me up"))
    await ann.presses(wide("Bigger calves"))
    for label in (wide("Done →"), EXPERIENCE["regular"], wide("Done →"), wide("None of these →")):
        await ann.presses(label)
    await ann.presses(wide("None apply"))
    await ann.presses(wide("18–49"))
    await ann.says(typed("72 kg"))
    await ann.says("Berlin")
    await ann.presses("07:00")


ANSWERS = (
    ("bigger calves and stronger legs", "experience"),
    ("beginner", "days"),
    ("not on Fridays and Sundays", "equipment"),
    ("none of these, but a step", "check"),
    ("none of these, thanks", "age"),
    ("43", "units"),
    ("I weigh about 11 stone 4 pounds", "zone"),
    ("i live in Berlin", "time"),
    ("half past seven in the evening", None),
)
"""Lines to type, and the question that follows each; the town is named alike in both languages."""


async def test_the_set_up_is_typed_in_the_words_of_a_language(coach: BotHarness) -> None:
    ann = coach.person(language=CODE)

    async def stored() -> User:
        found = await coach.running.db.run(lambda session: users.find(session, ann.user.id))
        assert found is not None
        return found

    await ann.says("/start")
    await ann.presses(wide("Set me up"))
    for said, following in ANSWERS:
        await ann.says(typed(said).replace(typed("Berlin"), "Berlin"))
        assert (await stored()).setup_step == following, said
    user = await stored()
    assert (user.goals, user.experience, user.free_days) == (["calves", "legs"], "new", "12346")
    assert (user.equipment, user.screening, user.units, user.zone) == (["step"], "clear", "st", "Europe/Berlin")
    assert user.weight_kg == pytest.approx(71.67, abs=0.01)

    async def times(kind: ReminderKind) -> dict[int, str]:
        found = await coach.running.db.run(lambda session: reminders.of(session, user, kind))
        assert found is not None
        return {day: show_daytime(at) for day, at in reminders.schedule(found).times.items()} if found.on else {}

    assert set((await times(ReminderKind.SESSION)).values()) == {"19:30"}
    await ann.says(typed_command("/remind mon-thu quarter to seven, weekend noon"))
    assert await times(ReminderKind.SESSION) == {
        **dict.fromkeys(range(1, 5), "06:45"),
        5: "19:30",
        6: "12:00",
        7: "12:00",
    }
    await ann.says(typed_command("/remind evening off"))
    assert await times(ReminderKind.RECOVERY) == {}
    await ann.says(typed_command("/remind quiet from 10 pm to 6"))
    assert ((await stored()).quiet_from, (await stored()).quiet_to) == ("22:00", "06:00")
    await ann.says(typed_command("/calf both 15 1/4 inches"))
    await ann.says(typed_command("/raises left 20, right 21 reps"))
    kinds = await coach.running.db.run(lambda session: measurements.kinds(session, user))
    assert {MeasurementKind.GIRTH, MeasurementKind.RAISES} <= set(kinds)
    await ann.says(typed_command("/pause sick until friday"))
    paused = await stored()
    assert (paused.pause_reason, paused.paused_until and paused.paused_until.weekday()) == ("sick", 3)
    await ann.says(typed_command("/remind off"))
    assert await times(ReminderKind.SESSION) == {}


async def test_a_question_is_skipped_in_the_words_of_a_language(coach: BotHarness) -> None:
    ann = coach.person(language=CODE)
    await ann.says("/start")
    await ann.presses(wide("Set me up"))
    await ann.says(typed("skip"))
    found = await coach.running.db.run(lambda session: users.find(session, ann.user.id))
    assert found is not None
    assert (found.setup_step, found.goals) == ("experience", [])


async def test_a_newcomer_is_met_in_the_language_of_their_telegram_and_can_choose_another(coach: BotHarness) -> None:
    ann, bob = coach.person(language=f"{CODE}-XX"), coach.person(2, "Bob", language="zz")
    assert wide("Hello") in await ann.says("/start")
    assert "Hello Bob" in await bob.says("/start")
    await ann.says("/settings")
    await ann.presses(wide("Language"))
    assert "What I know about you" in await ann.presses("English")
    assert "Welcome" in await ann.says("/start") or "Hello" in ann.sees
    ann.user.press_data(PickLanguage("zz").pack(), ann.user.last)
    await coach.settle()
    assert ann.toast.template == "mistakes/old_button"


async def test_each_asks_in_their_own_language(database: Database, both: Content) -> None:
    """Answers are those of the language: two finders that find different things tell which one was asked."""
    content = finding(both, "answer", "ankle-weights")
    foreign = finding(both, "answer", "weighted-vest").language(None).finder
    languages = {**content.languages, CODE: replace(both.languages[CODE], finder=foreign)}
    async with running_bot(database, Content(MappingProxyType(languages))) as coach:
        assert "ankle weights" in await coach.person().says("what about it?")
        assert wide("vest") in await coach.person(2, "Bob", language=CODE).says("what about it?")
        menus = {call.params.get("language_code") for call in coach.telegram.called("setMyCommands")}
        assert menus == {None, CODE}
        coach.person().user.inline("weights")
        await coach.settle()
        assert coach.telegram.called("answerInlineQuery")[-1].params["is_personal"] is True


async def test_one_language_is_no_choice(database: Database, content: Content) -> None:
    async with running_bot(database, content) as coach:
        ann = coach.person(language=CODE)
        assert "Language" not in await ann.says("/settings")
        assert "Language" not in ann.buttons

"""Updates of every kind in the Bot API, as published and as nobody would send them; the same for the same seed.

What they are made of comes from `update_types.json`. Half are whole; in the others fields are missing, of another
type, enormous, or full of what text can hold. Nobody in them ever speaks for `VICTIM`, though they name her.
"""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path
from typing import Any, Final

from coach.buttons.callback_data import CallbackData
from handlers.account.help_menu import COMMANDS

Json = dict[str, Any]

VICTIM: Final = 424_242
PEOPLE: Final = range(1, 61)
GROUPS: Final = (-100, -1001, -1_000_000_000_123)
HUGE: Final = (2**31, 2**53 + 1, 2**63 - 1, 2**63, -(2**63) - 1, 10**30, -1, 0)
TEXTS: Final = (
    "", " ", "\x00", "\ud800", "x\udfff", "\u202eevlac ym", "مرحبا كيف أكبر عضلة الساق", "🦵🏽" * 50, "a" * 5000,
    "\n\n\n", "why are calves hard to grow?", "/ask", "/ask\u00a0x",
    "<b>", "</a>&lt;", "{{ 7 * 7 }}", "{% for %}", "'; DROP TABLE user_account; --", "%s %n {0}", "../../etc/passwd",
    "72.5", "72,5 kg", "-1", "1e999", "NaN", "7:30", "25:99", "Berlin", "Kiritimati", "tomorrow",
    "my calf is hot and swollen and I cannot breathe", "@bench_bot", "/", "//", "/start@other_bot",
    "off", "weekdays 6:45, weekends 9", "yes", "36.5 / 36", "next friday", "12 st 4 lb",
)  # fmt: skip
_COMMON: Final = ("message", "callback_query", "edited_message", "inline_query", "my_chat_member")
_STATUS: Final = {
    "ChatMemberOwner": "creator",
    "ChatMemberAdministrator": "administrator",
    "ChatMemberMember": "member",
    "ChatMemberRestricted": "restricted",
    "ChatMemberLeft": "left",
    "ChatMemberBanned": "kicked",
}


@cache
def published() -> dict[str, Json]:
    """The types by name."""
    found: dict[str, Json] = json.loads(Path(__file__).with_name("update_types.json").read_text())["types"]
    return found


class Anything:
    """`update(number)` makes the next update."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.wild = 0.0

    def update(self, number: int) -> Json:
        """Return an update with this id; every kind comes, the common ones more often."""
        chance = self.chance
        self.wild = chance.choice((0.0, 0.0, 0.0, 0.01, 0.2))
        kinds = [name for name in published()["Update"]["fields"] if name != "update_id"]
        kind = chance.choice(_COMMON) if chance.random() < 0.6 else chance.choice(kinds)
        (type_of, _) = published()["Update"]["fields"][kind]
        made = {"update_id": number, kind: self._value(type_of[0], kind, 0)}
        if chance.random() < 0.02:
            made[chance.choice(kinds)] = self._odd()
        return _without_victim(made)

    def _value(self, kind: str, name: str, depth: int) -> Any:
        if self.chance.random() < self.wild:
            return self._odd()
        if kind.startswith("Array of "):
            inner = kind.removeprefix("Array of ")
            return [self._value(inner, name, depth + 1) for _ in range(self.chance.randint(0, 2))]
        match kind:
            case "Integer":
                return self._number(name)
            case "Float":
                return self.chance.choice((0.0, 52.52, -180.0, 1e308, -1e-300))
            case "Boolean" | "True":
                return self.chance.random() < 0.5 if kind == "Boolean" else True
            case "String" | "InputFile":
                return self._text(name)
        node = published().get(kind)
        if node is None:
            return self._odd()
        if "one_of" in node:
            return self._value(self.chance.choice(node["one_of"]), name, depth + 1)
        return self._object(kind, node["fields"], name, depth)

    def _object(self, kind: str, fields: Json, name: str, depth: int) -> Any:
        if kind == "Chat":
            return self._chat()
        if kind == "User":
            return {"id": self._person(), "is_bot": False, "first_name": self._text("first_name")}
        found: Json = {}
        if kind in _STATUS:
            fields = fields | {"status": [["String"], False]}
        for field, (kinds, needed) in fields.items():
            likely = 0.6 if field in {"text", "data", "entities", "from"} else 0.12 / (depth + 1)
            if needed or self.chance.random() < likely:
                if self.chance.random() < self.wild:
                    continue
                if depth > 6 and not needed:
                    continue
                if depth > 9:
                    found[field] = self._odd()
                    continue
                found[field] = self._value(self.chance.choice(kinds), field, depth + 1)
        if kind in _STATUS and self.wild == 0.0:
            found["status"] = _STATUS[kind]
        return self._believable(found, name, depth)

    def _believable(self, found: Json, name: str, depth: int) -> Json:
        """Let most of what people write come from their own chat, and commands be marked as such."""
        if name == "message" and depth <= 1 and self.chance.random() < 0.8:
            person = self._person()
            found["from"] = {"id": person, "is_bot": False, "first_name": "Ann"}
            found["chat"] = {"id": person, "type": "private", "first_name": "Ann"}
            found["date"] = self.chance.choice((0, 1_780_000_000, 2**31 - 1))
            text = found.get("text")
            if isinstance(text, str) and text.startswith("/"):
                found["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(" ")[0])}]
        return found

    def _chat(self) -> Json:
        kind = self.chance.choice(("private", "private", "group", "supergroup", "channel", "secret"))
        number = self._person() if kind == "private" else self.chance.choice(GROUPS)
        if self.chance.random() < 0.05:
            number = self.chance.choice(HUGE)
        return {"id": number, "type": kind, "title": self._text("title")}

    def _person(self) -> int:
        return self.chance.choice(PEOPLE)

    def _number(self, name: str) -> int:
        if name == "message_id":
            return self.chance.randint(1, 50)
        if "date" in name:
            return 1_780_000_000
        if self.wild == 0.0 and not name.endswith("id"):
            return self.chance.randint(0, 10_000)
        return self.chance.choice((*HUGE, VICTIM, self.chance.randint(-10, 10_000)))

    def _text(self, name: str) -> str:
        if name == "data":
            return forged(self.chance)
        if name == "type":
            return self.chance.choice(("private", "group", "bot_command", "mention", "spoiler", "quiz", "x"))
        if name == "status":
            return self.chance.choice(("member", "kicked", "left", "administrator", "x"))
        if self.chance.random() < 0.3:
            words = self.chance.choice(TEXTS)
            return f"/{self.chance.choice((*COMMANDS, 'stats', 'unanswered', 'reload', 'broadcast'))} {words}".strip()
        return self.chance.choice(TEXTS)

    def _odd(self) -> Any:
        odd: list[Any] = [
            None,
            True,
            -1,
            1.5,
            "",
            "7",
            [],
            {},
            [[]],
            {"id": VICTIM},
            {"id": "1"},
            *HUGE[:4],
            *TEXTS[:6],
        ]
        return self.chance.choice(odd)


def whole(value: Any, kind: str = "Update") -> bool:
    """Tell whether a value is what the Bot API publishes: every needed field is there, and each of its type."""
    if kind.startswith("Array of "):
        return isinstance(value, list) and all(whole(item, kind.removeprefix("Array of ")) for item in value)
    match kind:
        case "Integer":
            return isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63
        case "Float":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "Boolean" | "True":
            return isinstance(value, bool)
        case "String" | "InputFile":
            return isinstance(value, str)
    node = published().get(kind)
    if node is None:
        return True  # left out of the file: nothing that we read
    if "one_of" in node:
        return any(whole(value, other) for other in node["one_of"])
    return isinstance(value, dict) and all(
        any(whole(value[field], other) for other in kinds) if field in value else not needed
        for field, (kinds, needed) in node["fields"].items()
    )


def forged(chance: random.Random) -> str:
    """Return a button's data: mostly of a known action, its fields anything."""
    if chance.random() < 0.1:
        return chance.choice(TEXTS)
    action = chance.choice(CallbackData.__subclasses__())
    return ":".join([action.code, *(_field(chance) for _ in action.__dataclass_fields__)])


def _field(chance: random.Random) -> str:
    words = ("kg", "goals", "weight", "calves", "session", "on", "off", "Europe/Berlin", "Nowhere/At_all", "0700",
             "9999", "sick", "soleus", "2026-03-02", "0001-01-01", "9999-12-31", "", "x" * 60, "-1")  # fmt: skip
    return chance.choice((*words, str(chance.choice(HUGE))[:12], str(chance.randint(0, 12)), str(VICTIM)))


def _without_victim(update: Json) -> Json:
    """Take care that nothing in the update comes from the victim herself, or from her chat."""

    def cleaned(value: Any, name: str) -> Any:
        if isinstance(value, dict):
            spoken = name in {"from", "user", "chat", "sender_chat", "voter_chat", "actor_chat", "message"}
            return {
                key: 1 if spoken and key == "id" and inner in (VICTIM, str(VICTIM)) else cleaned(inner, key)
                for key, inner in value.items()
            }
        if isinstance(value, list):
            return [cleaned(inner, name) for inner in value]
        return value

    found: Json = cleaned(update, "")
    return found

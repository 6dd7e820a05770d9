"""Telegram's own parser: every message of the bot must be one that it takes (TDLib, by the `tdjson` wheel)."""

from __future__ import annotations

import json
from typing import Any

from tdjson import td_execute

Json = dict[str, Any]


class Refused(ValueError):
    """TDLib refuses the markup; the message is its own."""


def execute(request: Json) -> Json:
    """One of TDLib's synchronous functions. Raises Refused for an error."""
    answer = td_execute(json.dumps(request).encode())
    assert answer is not None
    # an address can carry half a character, and TDLib hands it on as it is
    found: Json = json.loads(answer.decode("utf-8", "surrogatepass"))
    if found["@type"] == "error":
        raise Refused(found["message"])
    return found


def parse_html(text: str) -> tuple[str, list[Json]]:
    """Plain text and entities (TDLib's JSON, offsets in UTF-16 units) of Telegram's HTML. Raises Refused."""
    parsed = execute({"@type": "parseTextEntities", "text": text, "parse_mode": {"@type": "textParseModeHTML"}})
    return parsed["text"], parsed["entities"]


execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})

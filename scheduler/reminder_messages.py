"""Messages of reminders: rendered, given their buttons, and kept for the many people who have the same day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from markupsafe import Markup

from content.library import Content, Language
from content.rendering.keyboards import Row, keyboard
from content.rendering.messages import Messages
from db.payload_names import MAKES

MAX_CACHED: Final = 5_000


@dataclass(frozen=True)
class ReminderMessage:
    """A message without its chat, and the text that replaces it where it is late."""

    payload: dict[str, Any]
    late_text: str


@dataclass(frozen=True)
class Draft:
    """A template with its values, and buttons; every sentence is content. `makes` is a file that it offers."""

    template: str
    rows: Sequence[Row] = ()
    values: Mapping[str, object] = field(default_factory=dict)
    makes: Mapping[str, Any] | None = None


class ReminderComposer:
    """Renders reminders. `content` is called for each: a reload may have replaced it."""

    def __init__(self, content: Callable[[], Content]) -> None:
        self._content = content
        self._cached_content: Content | None = None
        self._cache: dict[tuple[object, ...], ReminderMessage] = {}

    def messages(self, language: str | None) -> Messages:
        """Return the words of a language; None is English."""
        return self._content().language(language).messages

    def compose(
        self, language: str, due: datetime, key: tuple[object, ...] | None, draft: Callable[[Language], Draft]
    ) -> ReminderMessage:
        """Return the message of a draft, due at `due` on the person's clock.

        It is kept by `key`, which names everything that the draft depends on besides the language, until the content
        changes or too many are kept. What holds a person's own words has no key, and is not kept.
        """
        content = self._content()
        if key is None:
            return _rendered(content.language(language), draft, due)
        if content is not self._cached_content or len(self._cache) > MAX_CACHED:
            self._cache, self._cached_content = {}, content
        whole = (*key, language, due.hour, due.minute)
        if whole not in self._cache:
            self._cache[whole] = _rendered(content.language(language), draft, due)
        return self._cache[whole]


def _rendered(language: Language, draft: Callable[[Language], Draft], due: datetime) -> ReminderMessage:
    drafted, messages = draft(language), language.messages
    rendered = messages.render(drafted.template, **drafted.values)
    payload = {"text": rendered, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    if drafted.rows:
        payload["reply_markup"] = keyboard(messages, drafted.rows)
    if drafted.makes is not None:
        payload[MAKES] = drafted.makes
    text = Markup(rendered)  # noqa: S704 - rendered here, its values escaped  # nosec B704
    return ReminderMessage(payload, messages.render("reminders/late", text=text, due=due))

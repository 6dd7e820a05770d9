"""Telegram's HTML: markup in, plain text and entities out, or the refusal that Telegram would give.

The words of a refusal carry byte offsets into the UTF-8 text, as Telegram's do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from telegram_local.text.entities import Entity, EntityError, date_format
from telegram_local.text.links import checked_link, lower, mentioned_user

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = frozenset(_KINDS) | {"a", "code", "pre", "blockquote", "tg-emoji", "tg-time"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPACE = frozenset(" \t\r\n\0\v")
_REFERENCE = re.compile(r"&(?:#(?:x([0-9A-Fa-f]*)|([0-9]*))|([A-Za-z]*));?")


@dataclass
class _Open:
    """A tag that waits for its end."""

    tag: str
    argument: str
    date: int
    offset: int
    start: int


def parse_html(text: str) -> tuple[str, list[Entity]]:
    """Plain text and entities, not yet tidied (see `tidy.py`). Raises EntityError where Telegram refuses."""
    return _HtmlParser(text).parse()


class _HtmlParser:
    """One pass over the text, with the open tags on a stack."""

    def __init__(self, text: str) -> None:
        self.source = text
        self.at = 0
        self.plain: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.found: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            character = self.source[self.at]
            if character == "<":
                if self._peek(1) == "/":
                    self._end_tag()
                else:
                    self._start_tag()
            elif character == "&":
                self._emit(self._reference())
            else:
                self._emit(character)
                self.at += 1
        if self.open:
            raise EntityError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        plain = "".join(self.plain)
        if any("\ud800" <= character <= "\udfff" for character in plain):
            raise EntityError(
                "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate "
                "code units"
            )
        # the language of a code element only matters inside a pre element
        entities = [replace(entity, value="") if entity.kind == "code" else entity for entity in self.found]
        return plain, sorted(entities, key=lambda entity: entity.order)

    def _peek(self, ahead: int = 0) -> str:
        """A coming character; NUL past the end, which ends every search for a closing mark."""
        position = self.at + ahead
        return self.source[position] if position < len(self.source) else "\0"

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def _emit(self, character: str) -> None:
        self.plain.append(character)
        self.offset += 2 if character > "\uffff" else 1

    def _reference(self) -> str:
        """The character that a reference at the cursor stands for; a bare ampersand if it is none."""
        found = _REFERENCE.match(self.source, self.at)
        if found is None:
            raise AssertionError("called at an ampersand")
        hexadecimal, decimal, name = found.groups()
        if name is not None:
            character = _NAMED.get(name)
        else:
            digits = found[0].rstrip(";")
            code = int(hexadecimal or "0", 16) if hexadecimal is not None else int(decimal or "0")
            character = chr(code) if 0 < code < 0x10FFFF and len(digits) < 10 else None
        if character is None:
            self.at += 1
            return "&"
        self.at = found.end()
        return character

    def _skip_space(self) -> None:
        while self.at < len(self.source) and self._peek() != "\0" and self._peek() in _SPACE:
            self.at += 1

    def _read_until(self, stops: str) -> str:
        start = self.at
        while self._peek() not in _SPACE and self._peek() not in stops:
            self.at += 1
        return self.source[start : self.at]

    def _start_tag(self) -> None:
        begin = self._byte(self.at)
        self.at += 1
        tag = lower(self._read_until(">"))
        if self._peek() == "\0":
            raise EntityError(f"Unclosed start tag at byte offset {begin}")
        if tag not in _TAGS:
            raise EntityError(f'Unsupported start tag "{tag}" at byte offset {begin}')
        opened = _Open(tag, "", 0, self.offset, len(self.plain))
        while self._peek() != ">":
            self._skip_space()
            if self._peek() == ">":
                break
            self._attribute(opened, begin)
        if tag == "span" and opened.argument != "spoiler":
            raise EntityError(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open.append(opened)
        self.at += 1

    def _attribute(self, opened: _Open, begin: int) -> None:
        name = self._read_until("=>/\"'")
        if not name:
            raise EntityError(f'Empty attribute name in the tag "{opened.tag}" at byte offset {begin}')
        self._skip_space()
        if self._peek() != "=":
            if self._peek() == "\0":
                raise EntityError(f'Unclosed start tag "{opened.tag}" at byte offset {begin}')
            if opened.tag == "blockquote" and name == "expandable":
                opened.argument = "1"
            return
        self.at += 1
        self._skip_space()
        if self._peek() == "\0":
            raise EntityError(f'Unclosed start tag "{opened.tag}" at byte offset {begin}')
        value = self._quoted() if self._peek() in "'\"" else self._token()
        if self._peek() == "\0":
            raise EntityError(f"Unclosed start tag at byte offset {begin}")
        _remember(opened, name, value)

    def _token(self) -> str:
        start = self.at
        while self._peek().isascii() and (self._peek().isalnum() or self._peek() in ".-"):
            self.at += 1
        if self._peek() not in _SPACE and self._peek() != ">":
            raise EntityError(f"Unexpected end of name token at byte offset {self._byte(start)}")
        return lower(self.source[start : self.at])

    def _quoted(self) -> str:
        quote = self._peek()
        self.at += 1
        value = ""
        while self._peek() not in {quote, "\0"}:
            if self._peek() == "&":
                value += self._reference()
            else:
                value += self._peek()
                self.at += 1
        if self._peek() == quote:
            self.at += 1
        return value

    def _end_tag(self) -> None:
        begin = self._byte(self.at)
        if not self.open:
            raise EntityError(f"Unexpected end tag at byte offset {begin}")
        self.at += 2
        tag = lower(self._read_until(">"))
        self._skip_space()
        if self._peek() != ">":
            raise EntityError(f"Unclosed end tag at byte offset {begin}")
        opened = self.open.pop()
        if tag not in {"", opened.tag}:
            raise EntityError(f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>", found "</{tag}>"')
        self.at += 1
        if self.offset > opened.offset:
            self._close(opened, Entity("", opened.offset, self.offset - opened.offset))

    def _close(self, opened: _Open, over: Entity) -> None:
        match opened.tag:
            case "a":
                target = opened.argument or "".join(self.plain[opened.start :])
                user, url = mentioned_user(target), checked_link(target)
                if user is not None:
                    self.found.append(replace(over, kind="text_mention", number=user))
                elif url is not None:
                    self.found.append(replace(over, kind="text_link", value=url))
            case "pre" | "code":
                self._code(opened, over)
            case "blockquote":
                kind = "expandable_blockquote" if opened.argument else "blockquote"
                self.found.append(replace(over, kind=kind))
            case "tg-emoji":
                if not re.fullmatch(r"-?[0-9]+", opened.argument) or not _is_long(int(opened.argument)):
                    raise EntityError("Invalid custom emoji identifier specified")
                self.found.append(replace(over, kind="custom_emoji", value=str(int(opened.argument))))
            case "tg-time":
                value = date_format(opened.argument)
                if opened.date > 0:
                    self.found.append(replace(over, kind="date_time", value=value, number=opened.date))
            case tag:
                self.found.append(replace(over, kind=_KINDS[tag]))

    def _code(self, opened: _Open, over: Entity) -> None:
        """A code element that fills a pre element gives it its language, whichever is inside."""
        last = self.found[-1] if self.found else None
        filled = last is not None and (last.offset, last.length) == (over.offset, over.length)
        if last is not None and filled and {opened.tag, last.kind} == {"pre", "code"}:
            language = opened.argument if opened.tag == "code" else last.value
            if language:
                self.found[-1] = replace(over, kind="pre", value=language)
                return
        self.found.append(replace(over, kind=opened.tag, value=opened.argument if opened.tag == "code" else ""))


def _is_long(number: int) -> bool:
    return number != 0 and -(1 << 63) <= number < 1 << 63


def _remember(opened: _Open, name: str, value: str) -> None:
    """Keep the one argument that a tag's attributes give."""
    match opened.tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id") | ("tg-time", "format"):
            opened.argument = value
        case ("code", "class") if value.startswith("language-"):
            opened.argument = value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            opened.argument = value.removeprefix("tg-")
        case ("blockquote", "expandable"):
            opened.argument = "1"
        case ("tg-time", "unix"):
            found = re.match(r"-?[0-9]+", value)
            # a 32-bit number that wraps around
            opened.date = (int(found[0]) + (1 << 31)) % (1 << 32) - (1 << 31) if found else 0

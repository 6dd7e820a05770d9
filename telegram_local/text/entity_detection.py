"""Entities that Telegram finds in a text by itself: commands, mentions, hashtags, addresses."""

from __future__ import annotations

import re

from telegram_local.text.domains import KNOWN_ENDINGS
from telegram_local.text.entities import Entity

_NAME = "[a-zA-Z0-9_]"
_TAG = r"[\w\u200c\u00b7]"
_WIDE = r"[^\x00-\xbf\s\u2000-\u200b\u200e\u200f\u2016-\u206f]"
_PATH = r"[^\s<>\"\u00ab\u00bb\u2000-\u200b\u200e\u200f\u2016-\u206f]"
_USER = r"[^\s/\[\]{}()'`<>\"@\u00ab\u00bb\u2000-\u200b\u200e\u200f\u2016-\u206f]"

_MENTION = re.compile(rf"(?<!\w)@{_NAME}{{2,32}}+(?!\w)")
_SHORT_NAMES = {"gif", "nft", "pic", "ufc", "vid"}
_COMMAND = re.compile(rf"(?<![\w/<>])/{_NAME}{{1,64}}+(?:@{_NAME}{{3,32}}+|(?!@))(?![\w/<>])")
_HASHTAG = re.compile(rf"(?<!{_TAG})#{_TAG}{{1,256}}+(?:@{_NAME}{{3,32}}+)?+(?!#)")
_CASHTAG = re.compile(rf"(?<![\w$])\$(?:1INCH|[A-Z]{{1,8}}+)(?![\w$])(?:@{_NAME}{{3,32}}+)?+(?![\w$])")
_APP = re.compile(rf"(?:tg|ton)://[a-zA-Z0-9_-]{{1,253}}(?:/{_PATH}*|[?#]{_PATH}+)?", re.IGNORECASE)
_ADDRESS = re.compile(
    rf"(?P<protocol>[a-zA-Z0-9+-]+://)?(?P<user>{_USER}+@)?(?P<host>(?:[a-zA-Z0-9_.~-]|{_WIDE})+)"
    rf"(?P<port>:[0-9]+)?(?P<path>[/?#]{_PATH}*)?"
)
_LEADING_WIDE = re.compile(r"[^\x00-\xbf]+")
_PROTOCOLS = ("http://", "https://", "ftp://", "tonsite://")
_FOREIGN = ("shttp://", "sftp://", "tftp://")
_EMAIL = re.compile(
    r"(?:[a-z0-9_-]{0,26}[.+]){0,10}[a-z0-9_-]{1,35}@"
    r"(?:(?:[a-z0-9][a-z0-9_-]{0,28})?[a-z0-9][.]){1,6}[a-z]{2,8}",
    re.IGNORECASE,
)
_CLOSING_MARKS = ".:;,('?!`"
_BRACKETS = {"(": 1, ")": -1, "[": 1, "]": -1, "{": 1, "}": -1}


def detected(text: str) -> list[Entity]:
    """The entities of a plain text, in order, none overlapping another."""
    spans = [("mention", *found.span()) for found in _MENTION.finditer(text) if _is_name(found[0][1:])]
    spans += [("bot_command", *found.span()) for found in _COMMAND.finditer(text)]
    spans += [("hashtag", *found.span()) for found in _HASHTAG.finditer(text) if _has_letter(found[0])]
    spans += [("cashtag", *found.span()) for found in _CASHTAG.finditer(text)]
    spans += [("url", found.start(), found.start() + len(_bare(found[0]))) for found in _APP.finditer(text)]
    spans += _addresses(text)
    kept: list[tuple[str, int, int]] = []
    for span in sorted(spans, key=lambda span: (span[1], -span[2])):
        if not kept or span[1] >= kept[-1][2]:
            kept.append(span)
    offsets = _offsets(text)
    return [Entity(kind, offsets[begin], offsets[end] - offsets[begin]) for kind, begin, end in kept]


def _offsets(text: str) -> list[int]:
    """The UTF-16 offset of every character, and of the end."""
    offsets = [0]
    for character in text:
        offsets.append(offsets[-1] + (2 if character > "\uffff" else 1))
    return offsets


def _is_name(name: str) -> bool:
    return len(name) >= 4 or name.lower() in _SHORT_NAMES


def _has_letter(tag: str) -> bool:
    return any(character.isalpha() for character in tag.partition("@")[0])


def _bare(address: str) -> str:
    """Without the punctuation that closes a sentence rather than an address."""
    return address.rstrip(_CLOSING_MARKS)


def _addresses(text: str) -> list[tuple[str, int, int]]:
    spans = []
    at = 0
    while found := _ADDRESS.search(text, at):
        at = found.end()
        span = _address(text, found)
        if span is not None:
            spans.append(span)
            at = max(span[2], found.start() + 1)
        elif "." not in found["host"] and (wide := _LEADING_WIDE.match(found["host"])):
            at = found.start() + wide.end()  # a symbol right before an address
    return spans


def _address(text: str, found: re.Match[str]) -> tuple[str, int, int] | None:
    """The part of a candidate that is an e-mail or web address; None if nothing of it is."""
    protocol, user = found["protocol"] or "", found["user"] or ""
    if protocol and (not protocol.lower().endswith(_PROTOCOLS) or protocol.lower() in _FOREIGN):
        return None
    begin = found.start()
    if protocol:
        # what stands before a known protocol is no part of it
        begin += len(protocol) - max(len(name) for name in _PROTOCOLS if protocol.lower().endswith(name))
    elif begin and (text[begin - 1].isalnum() or text[begin - 1] in "_/#@"):
        return None
    plain = f"{user}{found['host']}".rstrip(".")
    if not protocol and user:
        mailed = plain.removeprefix("mailto:")
        if _EMAIL.fullmatch(mailed):
            start = found.start() + len(plain) - len(mailed)
            return "email", start, start + len(mailed)
    if text[found.end("host") : found.end("host") + 1] == "@":
        return None
    port = found["port"] if found["port"] and 0 < int(found["port"][1:]) <= 65535 else ""
    path = _path(found["path"] or "") if port or not found["port"] else ""
    host = found["host"] if port or path else found["host"].rstrip(".")
    if not _is_host(host, known_only=not protocol):
        return None
    return "url", begin, found.start("host") + len(host) + len(port) + len(path)


def _path(path: str) -> str:
    """As much of a path as belongs to the address: closing brackets only after opening ones."""
    path = path[:1] + _bare(path[1:])
    if path in {"", "?", "#"}:
        return ""
    depth = dict.fromkeys("([{", 0)
    for index, character in enumerate(path):
        if character in _BRACKETS:
            opening = {")": "(", "]": "[", "}": "{"}.get(character, character)
            depth[opening] += _BRACKETS[character]
            if depth[opening] < 0:
                path = path[:index]
                break
    return _bare(path)


def _is_host(host: str, *, known_only: bool) -> bool:
    parts = host.split(".")
    if len(parts) < 2 or any(not 0 < len(part.encode()) < 64 or part.endswith("-") for part in parts):
        return False
    if all(part.isdecimal() and part.isascii() for part in parts):
        return len(parts) == 4 and all(int(part) < 256 and str(int(part)) == part for part in parts)
    ending = parts[-1]
    if "_" in parts[-2] or len(ending) < 2:
        return False
    if ending.startswith("xn--"):
        return len(ending) > 5 and ending[4:].isalnum()
    if "_" in ending or "-" in ending:
        return False
    return not known_only or _is_known(ending)


def _is_known(ending: str) -> bool:
    """A known ending, small or capital, but not with only its first letter small."""
    lowered = ending.lower()
    if lowered != ending and lowered[0] == ending[0]:
        return False
    return lowered in KNOWN_ENDINGS

"""Targets of links that Telegram takes, and the form in which it keeps them."""

from __future__ import annotations

import ipaddress
import re

_HOST_CHARACTERS = re.compile(r"(?:[A-Za-z0-9.\-_!$,~*'();&+=]|%[0-9A-Fa-f]{2}|[^\x00-\x7f])*")
_USER_CHARACTERS = re.compile(r"(?:[A-Za-z0-9.\-_!$,~*'();&+=:]|%[0-9A-Fa-f]{2}|[^\x00-\x7f])*")
_APP_SCHEMES = ("tg", "ton", "tonsite")
_SPACE = " \t\r\n\0\v"


def lower(text: str) -> str:
    """Lower case for ASCII letters only: what Telegram compares tags, hosts and schemes by."""
    return "".join(chr(ord(letter) + 32) if "A" <= letter <= "Z" else letter for letter in text)


def mentioned_user(url: str) -> int | None:
    """The person that a `tg://user?id=…` link stands for."""
    found = re.fullmatch(r"tg:(?://)?user/?\?([^#]*)(?:#.*)?", lower(url), re.DOTALL)
    if not found:
        return None
    for parameter in found[1].split("&"):
        key, _, value = parameter.partition("=")
        if key == "id":
            if not re.fullmatch(r"-?[0-9]+", value):
                return None
            number = int(value)
            return number if 0 < number < 1 << 40 else None
    return None


def checked_link(link: str) -> str | None:
    """The link as Telegram stores it, or None where Telegram drops the link and keeps its text."""
    scheme = next((name for name in _APP_SCHEMES if lower(link).startswith(name + ":")), None)
    if scheme:
        return _app_link(scheme, link[len(scheme) + 1 :].removeprefix("//"))
    parts = _split(link)
    if parts is None:
        return None
    protocol, user, host, port, rest = parts
    if "." not in host and not host.startswith("["):
        return None
    return f"{protocol}://{user + '@' if user else ''}{host}{f':{port}' if port else ''}{rest}"


def _app_link(scheme: str, link: str) -> str | None:
    parts = _split(link)
    if parts is None:
        return None
    protocol, user, host, port, rest = parts
    if lower(link).startswith("http://") or protocol == "https" or user or port or host.startswith("["):
        return None
    if not re.fullmatch(r"[A-Za-z0-9_.-]*" if scheme == "tonsite" else r"[A-Za-z0-9_-]*", host):
        return None
    return f"{scheme}://{host}{rest[1:] if rest.startswith('/?') else rest}"


def _split(url: str) -> tuple[str, str, str, int, str] | None:
    """Protocol, user, host, port (0 if none) and the rest with its leading slash; None for what is no address."""
    named = re.match(r"([^:/?#@\[\]]*)://", url)
    protocol = lower(named[1]) if named else "http"
    if protocol not in {"http", "https"}:
        return None
    address = url[named.end() :] if named else url
    authority = re.match(r"[^/?#]*", address)
    if authority is None:
        return None
    found = _host_and_port(authority[0])
    if found is None:
        return None
    user, host, port = found
    rest = address[authority.end() :].rstrip(_SPACE)
    rest = rest if rest.startswith("/") else "/" + rest
    rest = re.sub(r"[\x00-\x20]", lambda match: f"%{ord(match[0]):02X}", rest)
    return protocol, user, host, port, rest


def _host_and_port(authority: str) -> tuple[str, str, int] | None:
    name, port = authority, 0
    colon = re.search(r"(?<=.):([^:\]@]*)\Z", authority, re.DOTALL)
    if colon:
        if not re.fullmatch(r"[0-9]+", colon[1]) or not 0 < int(colon[1]) <= 65535:
            return None
        name, port = authority[: colon.start()], int(colon[1])
    user, _, host = name.rpartition("@")
    host = lower(host)
    if host in {"", "."}:
        return None
    if host.startswith("[") and host.endswith("]"):
        try:
            ipaddress.IPv6Address(host[1:-1])
        except ValueError:
            return None
    elif not _HOST_CHARACTERS.fullmatch(host) or not _USER_CHARACTERS.fullmatch(user):
        return None
    return user, host, port

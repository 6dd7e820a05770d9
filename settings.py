"""The environment, read once and validated; `.env` in the folder the bot is started in is read too."""

import difflib
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, DotEnvSettingsSource, NoDecode, SettingsConfigDict

from db.engine import parse_url

TOKEN_FORM = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{5,128}", re.ASCII)
FILE: Final = ".env"
TELEGRAM: Final = "https://api.telegram.org"
HOOK_PORTS: Final = frozenset({443, 80, 88, 8443})  # https://core.telegram.org/bots/api#setwebhook
_MOST: Final = 2**52  # what an id has at most, says the same page
_ALIKE: Final = 0.85  # of a name that is most likely a slip
_NAME: Final = re.compile(r"^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=", re.MULTILINE)
_WORDS: Final = {
    "bool_parsing": "must be true or false",
    "float_parsing": "must be a number",
    "greater_than": "must be more than {gt:g}",
    "less_than_equal": "must be {le:g} at most",
    "literal_error": "must be {expected}",
}
"""Sentences for the library's own errors; the others are ours."""


class Settings(BaseSettings):
    """Settings of the operator. Every field is an environment variable of the same name, in capitals."""

    model_config = SettingsConfigDict(
        env_file=FILE, env_file_encoding="utf-8-sig", extra="ignore", env_ignore_empty=True
    )

    bot_token: SecretStr | None = None
    bot_api_url: str = TELEGRAM
    database_url: str = "sqlite:///data/calf-coach.db"
    admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    listen: str = "127.0.0.1:8080"
    message_rate: float = Field(default=30, gt=0, le=1000)  # messages a second, Telegram's ceiling for the token
    paid_broadcast: bool = False
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"

    @field_validator("bot_token")
    @classmethod
    def _token_form(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not TOKEN_FORM.fullmatch(token.get_secret_value()):
            raise ValueError("does not look like a token of BotFather (numbers, a colon, letters)")
        return token

    @field_validator("bot_api_url")
    @classmethod
    def _origin_only(cls, url: str) -> str:
        parts = _parts(url)
        more = parts is not None and (parts.path not in {"", "/"} or parts.query or parts.fragment)
        if parts is None or more or parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"must be scheme, host and port only, like {TELEGRAM}")
        return f"{parts.scheme}://{parts.netloc}"

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        parse_url(url)
        return url

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _comma_separated(cls, ids: object) -> object:
        if not isinstance(ids, str):
            return ids
        parts = [part.strip() for part in ids.split(",") if part.strip()]
        if not all(part.isdecimal() and 0 < int(part[:20]) < _MOST for part in parts):
            raise ValueError("must be numeric Telegram ids, separated by commas")
        return frozenset(int(part) for part in parts)

    @field_validator("listen")
    @classmethod
    def _host_and_port(cls, listen: str) -> str:
        host, _, port = listen.rpartition(":")
        if not host or not port.isdecimal() or int(port) > 65535:
            raise ValueError("must be host:port, like 127.0.0.1:8080")
        return listen

    @field_validator("webhook_url")
    @classmethod
    def _https(cls, url: str | None) -> str | None:
        if url is None:
            return url
        parts = _parts(url)
        schemes = {"https"}
        if parts is not None and parts.hostname in {"127.0.0.1", "localhost", "::1"}:
            schemes.add("http")
        if parts is None or not parts.hostname or parts.scheme not in schemes:
            raise ValueError("must be an https:// address that Telegram can reach")
        return url

    @field_validator("log_level", mode="before")
    @classmethod
    def _any_case(cls, level: object) -> object:
        return level.upper() if isinstance(level, str) else level

    @model_validator(mode="after")
    def _webhook_needs_a_secret(self) -> Self:
        if self.webhook_url and not (
            self.webhook_secret and re.fullmatch(r"[A-Za-z0-9_-]{1,256}", self.webhook_secret.get_secret_value())
        ):
            raise ValueError("WEBHOOK_URL needs a WEBHOOK_SECRET of 1–256 letters, digits, _ and -")
        return self

    @model_validator(mode="after")
    def _webhook_where_telegram_knocks(self) -> Self:
        if self.webhook_url and self.bot_api_url == TELEGRAM:
            parts = urlsplit(self.webhook_url)
            if (parts.port or {"https": 443, "http": 80}[parts.scheme]) not in HOOK_PORTS:
                raise ValueError(
                    f"WEBHOOK_URL: Telegram takes the ports {', '.join(map(str, sorted(HOOK_PORTS)))} only"
                )
        return self

    @property
    def address(self) -> tuple[str, int]:
        """Host and port of `listen`."""
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)


def read() -> tuple[Settings, list[str]]:
    """Return the settings, each that is wrong replaced by its default, and a line for each that is wrong."""
    faults: list[str] = []
    defaults: dict[str, Any] = {}
    while True:
        try:
            with _unread_lines():
                return Settings(**defaults), faults
        except ValidationError as error:
            faults += faults_of(error)
            # What is wrong with several together is seen once each is right; the webhook is the only such case.
            wrong = {str(fault["loc"][0]) if fault["loc"] else "webhook_url" for fault in error.errors()}
            if wrong <= defaults.keys():
                raise
            defaults |= {name: Settings.model_fields[name].default for name in wrong}
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
            faults.append(f"{FILE} cannot be read: {why} ({Path(FILE).absolute()})")
            defaults["_env_file"] = None


def faults_of(error: Exception) -> list[str]:
    """Return one line for each setting that is wrong, without the value (it may be a secret)."""
    errors = getattr(error, "errors", None)
    if errors is None:
        return [str(error)]
    found = []
    for fault in errors(include_input=False, include_url=False):
        words = _WORDS.get(fault["type"], fault["msg"].removeprefix("Value error, "))
        name = "_".join(map(str, fault["loc"])).upper()
        found.append(f"{name}: {words.format(**fault.get('ctx', {}))}" if name else words)
    return found


def oddities() -> list[str]:
    """Return a line for each thing in `.env` and the environment that is no fault and most likely a slip."""
    found, names = [], dict.fromkeys(os.environ, "the environment")
    try:
        text = Path(FILE).read_text("utf-8-sig")
        with _unread_lines() as lines:
            DotEnvSettingsSource(Settings)
    except (OSError, UnicodeDecodeError):
        text, lines = "", []  # `read` tells what is wrong
    found += [f"{FILE} line {line} is not NAME=value, and is not read" for line in lines]
    names |= dict.fromkeys(_NAME.findall(text), FILE)
    ours = [name.upper() for name in Settings.model_fields]
    for name, where in names.items():
        alike = difflib.get_close_matches(name.upper(), ours, n=1, cutoff=_ALIKE)
        if alike and name.upper() not in ours:
            found.append(f"{name} in {where} is not read: is {alike[0]} meant?")
    return found


@contextmanager
def _unread_lines() -> Iterator[list[int]]:
    """Hear which lines of `.env` cannot be read, instead of letting the library tell it in its own words."""
    lines: list[int] = []

    class Heard(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if isinstance(record.args, tuple):
                lines.extend(line for line in record.args if isinstance(line, int))

    reader, heard = logging.getLogger("dotenv.main"), Heard()
    reader.addHandler(heard)
    propagate, reader.propagate = reader.propagate, False
    try:
        yield lines
    finally:
        reader.removeHandler(heard)
        reader.propagate = propagate


def _parts(url: str) -> SplitResult | None:
    """Return the parts of an address, None where it is none."""
    try:
        parts = urlsplit(url)
        return parts if parts.port is None or parts.port else None  # reading the port looks at it
    except ValueError:
        return None

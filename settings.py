"""The environment, read once and validated; `.env` in the folder the bot is started in is read too."""

import re
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from db.engine import parse_url

TOKEN_FORM = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{5,128}", re.ASCII)


class Settings(BaseSettings):
    """What an operator decides. Every field is an environment variable of the same name, in capitals."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    bot_token: SecretStr | None = None
    bot_api_url: str = "https://api.telegram.org"
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
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"} or parts.query:
            raise ValueError("must be scheme, host and port only, like https://api.telegram.org")
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
        if not all(part.isdecimal() for part in parts):
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
        parts = urlsplit(url or "")
        loopback = parts.hostname in {"127.0.0.1", "localhost", "::1"}
        if url is not None and not (
            parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and loopback))
        ):
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
            return Settings(**defaults), faults
        except ValidationError as error:
            faults += faults_of(error)
            # What is wrong with several together is seen once each is right; the webhook is the only such case.
            wrong = {str(fault["loc"][0]) if fault["loc"] else "webhook_url" for fault in error.errors()}
            if wrong <= defaults.keys():
                raise
            defaults |= {name: Settings.model_fields[name].default for name in wrong}


def faults_of(error: Exception) -> list[str]:
    """Return one line for each setting that is wrong, without the value (it may be a secret)."""
    errors = getattr(error, "errors", None)
    if errors is None:
        return [str(error)]
    return [
        f"{'_'.join(map(str, fault['loc'])).upper() or 'settings'}: {fault['msg'].removeprefix('Value error, ')}"
        for fault in errors(include_input=False, include_url=False)
    ]

"""The environment: what is accepted, what is refused and in which words, and that its documents are complete."""

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from settings import Settings, faults_of, oddities
from settings import read as bot_read
from tests.support.source_text import ROOT

TOKEN = "123456:" + "A" * 35


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of this machine, and no `.env` but the test's own."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def read(monkeypatch: pytest.MonkeyPatch, **environment: str) -> Settings:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return Settings()


def refusal(monkeypatch: pytest.MonkeyPatch, **environment: str) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        read(monkeypatch, **environment)
    return faults_of(caught.value)


def test_nothing_needs_to_be_set() -> None:
    settings = Settings()
    assert settings.bot_token is None
    assert settings.database_url == "sqlite:///data/calf-coach.db"
    assert settings.message_rate == 30
    assert not settings.paid_broadcast


def test_an_empty_variable_is_one_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, BOT_TOKEN="", ADMIN_IDS="", MESSAGE_RATE="") == Settings()


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text(f"BOT_TOKEN={TOKEN}\nMESSAGE_RATE=7\nUNHEARD_OF=1\n")
    settings = read(monkeypatch, MESSAGE_RATE="8")
    assert settings.bot_token == SecretStr(TOKEN)
    assert settings.message_rate == 8


def test_the_file_is_that_of_the_folder_it_is_started_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    Path(".env").write_text("MESSAGE_RATE=7\n")
    (tmp_path / "elsewhere").mkdir()
    assert Settings().message_rate == 7
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert Settings().message_rate == 30


def test_the_example_can_be_copied_as_it_is() -> None:
    Path(".env").write_text((ROOT / ".env.example").read_text())
    assert Settings() == Settings(_env_file=None)


@pytest.mark.parametrize(
    "value", ["x", "123456", ":abcdef", "123456:a b c d e f", "123456:", "１２３:abcdefgh", f"{TOKEN}\n"]
)
def test_a_malformed_token_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    (fault,) = refusal(monkeypatch, BOT_TOKEN=value)
    assert fault.startswith("BOT_TOKEN: ")
    assert len(value) < 7 or value not in fault


@pytest.mark.parametrize("secret", ["", "short but spaced", "ü", "x" * 257])
def test_a_webhook_needs_a_secret_that_telegram_takes(monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    (fault,) = refusal(monkeypatch, WEBHOOK_URL="https://coach.example/hook", WEBHOOK_SECRET=secret)
    assert "WEBHOOK_SECRET" in fault
    assert not secret or secret not in fault


def test_a_webhook_with_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(monkeypatch, WEBHOOK_URL="https://coach.example/hook", WEBHOOK_SECRET="a-Z_9")
    assert settings.webhook_secret == SecretStr("a-Z_9")


def test_the_api_address_is_an_origin(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, BOT_API_URL="http://127.0.0.1:8081/").bot_api_url == "http://127.0.0.1:8081"


@pytest.mark.parametrize(
    "url", ["127.0.0.1:8081", "ftp://127.0.0.1", "https://", "https://a.example/bot", "https://a.example?x=1"]
)
def test_an_api_address_with_more_or_less_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    (fault,) = refusal(monkeypatch, BOT_API_URL=url)
    assert fault.startswith("BOT_API_URL: must be scheme, host and port only")


@pytest.mark.parametrize(
    "url", ["sqlite+aiosqlite:///x.db", "postgresql+asyncpg://a@h/n", "postgres://a@h/n", "sqlite:///x.db"]
)
def test_databases_that_are_known(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    assert read(monkeypatch, DATABASE_URL=url).database_url == url


@pytest.mark.parametrize("url", ["mysql://a:hush@h/n", "data/coach.db", "://", "postgresql://a:hu@sh@127.0.0.1/n"])
def test_databases_that_are_not(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    (fault,) = refusal(monkeypatch, DATABASE_URL=url)
    assert fault.startswith("DATABASE_URL: ")
    assert "hush" not in fault
    assert "sh@" not in fault
    assert fault.count("DATABASE_URL") == 1


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:///file:x?uri=true"])
def test_a_database_that_forgets_everybody_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    (fault,) = refusal(monkeypatch, DATABASE_URL=url)
    assert fault.startswith("DATABASE_URL: must name a file")


def test_admins_are_a_list_of_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, ADMIN_IDS=" 1, 22 ,333,").admin_ids == {1, 22, 333}


@pytest.mark.parametrize("ids", ["ann", "1;2", "-5", "1.5", "²"])
def test_admins_that_are_no_numbers(monkeypatch: pytest.MonkeyPatch, ids: str) -> None:
    (fault,) = refusal(monkeypatch, ADMIN_IDS=ids)
    assert fault.startswith("ADMIN_IDS: must be numeric")


@pytest.mark.parametrize("rate", ["0", "-1", "1001", "nan", "fast"])
def test_a_rate_that_makes_no_sense(monkeypatch: pytest.MonkeyPatch, rate: str) -> None:
    (fault,) = refusal(monkeypatch, MESSAGE_RATE=rate)
    assert fault.startswith("MESSAGE_RATE: ")


def test_log_levels_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, LOG_LEVEL="debug").log_level == "DEBUG"
    assert refusal(monkeypatch, LOG_LEVEL="loud")[0].startswith("LOG_LEVEL: ")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PAID_BROADCAST", "perhaps", "must be true or false"),
        ("MESSAGE_RATE", "fast", "must be a number"),
        ("MESSAGE_RATE", "0", "must be more than 0"),
        ("MESSAGE_RATE", "1001", "must be 1000 at most"),
        ("LOG_LEVEL", "loud", "must be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
        ("DATABASE_URL", "mysql://h/n", "names mysql; sqlite and postgresql are supported"),
    ],
)
def test_what_is_wrong_is_said_in_our_words(monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str) -> None:
    assert refusal(monkeypatch, **{name: value}) == [f"{name}: {words}"]


@pytest.mark.parametrize("url", ["http://h:99999999", "http://h:x", "http://[::1", "https://h/#x", "http://h:0"])
def test_an_api_address_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    assert refusal(monkeypatch, BOT_API_URL=url)[0].startswith("BOT_API_URL: must be scheme, host and port only")


@pytest.mark.parametrize("url", ["https://[::1", "https://c.example:99999999/x", "ftp://c.example"])
def test_a_webhook_that_is_no_address_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    (fault,) = refusal(monkeypatch, WEBHOOK_URL=url, WEBHOOK_SECRET="x")
    assert fault == "WEBHOOK_URL: must be an https:// address that Telegram can reach"


def test_telegrams_own_servers_knock_at_few_ports(monkeypatch: pytest.MonkeyPatch) -> None:
    for port in (443, 80, 88, 8443):
        read(monkeypatch, WEBHOOK_URL=f"https://c.example:{port}/x", WEBHOOK_SECRET="x")
    assert refusal(monkeypatch, WEBHOOK_URL="https://c.example:8080/x") == [
        "WEBHOOK_URL: Telegram takes the ports 80, 88, 443, 8443 only"
    ]
    read(monkeypatch, BOT_API_URL="http://127.0.0.1:8081")


def test_an_id_that_nobody_can_have_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, ADMIN_IDS=f"{2**52 - 1}").admin_ids == {2**52 - 1}
    for ids in ("0", f"{2**52}", "1" * 26, "1" * 5000):
        assert refusal(monkeypatch, ADMIN_IDS=ids)[0].startswith("ADMIN_IDS: must be numeric")


def test_a_file_that_is_no_text_is_named() -> None:
    Path(".env").write_text(f"BOT_TOKEN={TOKEN}\n", "utf-16")
    settings, (fault,) = bot_read()
    assert fault.startswith(".env cannot be read: ")
    assert str(Path(".env").absolute()) in fault
    assert settings.bot_token is None


def test_what_an_editor_puts_before_the_text_is_no_part_of_it() -> None:
    Path(".env").write_text(f"BOT_TOKEN={TOKEN}\n", "utf-8-sig")
    assert Settings().bot_token == SecretStr(TOKEN)


def test_slips_in_the_file_are_seen(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert oddities() == []
    Path(".env").write_text("# mine\nBOT_TOKN=1:abcdef\nSOMETHING_ELSE=1\nsome words\nLOG_LEVEL=INFO\n")
    monkeypatch.setenv("ADMIN_ID", "1")
    assert bot_read()[1] == []
    assert sorted(oddities()) == [
        ".env line 4 is not NAME=value, and is not read",
        "ADMIN_ID in the environment is not read: is ADMIN_IDS meant?",
        "BOT_TOKN in .env is not read: is BOT_TOKEN meant?",
    ]
    assert capsys.readouterr().err == ""


def test_every_fault_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    faults = refusal(monkeypatch, BOT_TOKEN="x", ADMIN_IDS="ann", MESSAGE_RATE="0")
    assert [fault.partition(":")[0] for fault in faults] == ["BOT_TOKEN", "ADMIN_IDS", "MESSAGE_RATE"]


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(monkeypatch, BOT_TOKEN=TOKEN, WEBHOOK_URL="https://c.example", WEBHOOK_SECRET="hush")
    assert TOKEN not in repr(settings)
    assert "hush" not in repr(settings)


def shown(default: Any) -> str:
    """A default as the documents write it."""
    if isinstance(default, bool):
        return str(default).lower()
    return "" if default is None or default == frozenset() else f"{default}"


def test_the_example_names_every_setting_with_its_default() -> None:
    lines = dict(re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert lines == {name.upper(): shown(field.default) for name, field in Settings.model_fields.items()}


def test_the_operators_page_explains_every_setting_with_its_default() -> None:
    text = (ROOT / "docs/operators.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| (\S+) \|", text, re.MULTILINE))
    assert rows == {
        name.upper(): f"`{value}`" if (value := shown(field.default)) else "none"
        for name, field in Settings.model_fields.items()
    }

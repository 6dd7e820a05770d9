"""`check`: a look over settings, content, database and schema."""

import argparse
from collections.abc import Sequence

from sqlalchemy.exc import SQLAlchemyError

from app import zone_data
from app.runtime import load_content, real_clock
from cli.report import OK, complain
from content.checks.diff import missing_translations
from content.checks.reviews import ahead, stale
from content.checks.style import slips
from content.library import ContentProblems
from db import inspect
from gateway.outbound import proxies
from settings import FILE, Settings, oddities


def check(settings: Settings, options: argparse.Namespace, wrong: Sequence[str] = ()) -> int:
    """Look over settings, content, database and schema; print every fault, those of the settings included."""
    faults = list(wrong)
    token = "token set" if settings.bot_token else "no BOT_TOKEN: run will not start"
    print(f"settings: {f'{len(wrong)} wrong' if wrong else token}")
    for oddity in oddities():
        print(f"settings: {oddity}")
    zones, now = zone_data.use_newest(), real_clock()
    aged = "; older than half a year: update tzdata, or the machine's own" if zones.is_old(now) else ""
    print(f"time zones: {zones.version}, {zones.place}{aged}")
    try:
        proxy = proxies.require(settings.bot_api_url)
        print(f"proxy: {proxy or 'none'}")
    except proxies.ProxyUnusable as unusable:
        faults.append(f"proxy: {unusable}")
    try:
        content = load_content(options.content)
        english = content.language(None)
        print(
            f"content: {len(english.entries)} entries, {len(english.exercises)} exercises; {english.finder.describe()}"
        )
        for language in content.languages.values():
            for missing in missing_translations(language):
                print(f"content: {language.code} lacks {missing}; English is shown")
            for name in language.guide.missing:
                print(f"content: {language.code}/guide has no clips in the voice {name}, or none that can be read")
            for voice, sentence in language.guide.unspoken:
                print(f"content: {language.code}/guide lacks {sentence} in the voice {voice}; its tone stands for it")
            faults += [
                f"{language.code}/guide: {voice.file.name} holds another clip of {sentence} than the manifest says"
                for voice in language.guide.voices.values()
                for sentence in voice.damaged()
            ]
        today = now.date()
        for old in stale(content, today):
            print(f"content: {old}")
        faults += map(str, ahead(content, today))
        faults += map(str, slips(options.content, content))
    except ContentProblems as error:
        faults += map(str, error.faults)
    if any(fault.startswith(("DATABASE_URL", FILE)) for fault in wrong):  # which one is meant, nobody knows
        return complain(*faults)
    try:
        said, fault = inspect.describe(settings.database_url)
        print(f"database: {said}")
        faults += [f"database: {fault}"] if fault else []
    except (SQLAlchemyError, OSError) as error:
        where = inspect.redacted_url(settings.database_url)
        faults.append(f"database: {where} cannot be used: {getattr(error, 'orig', None) or error}")
    return complain(*faults) if faults else OK

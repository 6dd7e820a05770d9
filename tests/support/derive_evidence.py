"""Derive `docs/evidence.md`: every number in the English answers, its source, and whether somebody read it there.

That every number stands in a claim is a test of its own. Run by hand after claims or sources have changed:

    python -m tests.support.derive_evidence
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from content.checks.claims import ARITHMETIC, CONVENTION, Claim
from content.library import Language, load

ROOT: Final = Path(__file__).parents[2]
FILE: Final = ROOT / "docs/evidence.md"
ABOUT: Final = """\
# Evidence: where each number in the answers comes from

Made from the `claims` of `content/en/faq/*.md` by `python -m tests.support.derive_evidence`: do not edit it here.

*Seen* says whether somebody read the number at the place named: in the abstract, the paper or the page itself. *No*
means that it is known of the source, or was read in a report of it. A *rule of thumb* is coaching practice that no
trial has tested; a *sum* is worked out from other numbers. Counts of things to do (sets, minutes, days) are claims
like any other.
"""
_WORDS: Final = {CONVENTION: "rule of thumb", ARITHMETIC: "sum"}


def derived(language: Language) -> str:
    """Return the page as Markdown."""
    claims = [claim for entry in language.entries.values() for claim in entry.claims]
    sourced = [claim for claim in claims if claim.source not in _WORDS]
    seen = sum(claim.seen for claim in sourced)
    thumbs = sum(claim.source == CONVENTION for claim in claims)
    lines = [
        ABOUT,
        f"{len(claims)} claims: {len(sourced)} with a source, {seen} of them seen; {thumbs} rules of thumb; "
        f"{len(claims) - len(sourced) - thumbs} sums.",
    ]
    for slug, entry in language.entries.items():
        if entry.claims:
            head = "| Claim | Source | Where | Seen |"
            lines += ["", f"## {entry.question}", "", f"`{slug}`", "", head, "|---|---|---|---|"]
            lines += _rows(entry.claims, language)
    return "\n".join(lines) + "\n"


def _rows(claims: tuple[Claim, ...], language: Language) -> Iterator[str]:
    for claim in claims:
        source = language.sources.get(claim.source)
        named = f"{source.authors} {source.year or 'n.d.'} (`{source.key}`)" if source else _WORDS[claim.source]
        seen = "–" if source is None else "yes" if claim.seen else "no"
        yield "| " + " | ".join(_cell(text) for text in (claim.says, named, claim.where, seen)) + " |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    FILE.write_text(derived(load(ROOT / "content").language(None)), encoding="utf-8")

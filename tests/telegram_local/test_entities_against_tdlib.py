"""Our reading of Telegram's HTML against TDLib's own, over seeds and a generated corpus."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from telegram_local.text.cleaning import cleaned, fitted
from telegram_local.text.entities import Entity, EntityError
from telegram_local.text.entity_detection import detected
from telegram_local.text.html import parse_html
from tests.support import tdlib

Json = dict[str, Any]
SMALL = settings(max_examples=60, deadline=None)
FULL = settings(max_examples=20_000, deadline=None, suppress_health_check=list(HealthCheck))

MARKUP = [
    "",
    "plain",
    "<b>a</b> <strong>b</strong>",
    "<i>a</i><em>b</em><u>c</u><ins>d</ins><s>e</s><strike>f</strike><del>g</del>",
    '<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>',
    "<span>a</span>",
    '<span class="big">a</span>',
    "<b>bold <i>both</b></i>",
    "<b>bold <i>both</i></b>",
    "<b>a</b",
    "<b>a",
    "<b",
    "<",
    "</b>",
    "a </ b>",
    "<b>a</>",
    "<B>a</b>",
    "<b >a</b >",
    "<b/>",
    "<br>",
    "<p>a</p>",
    "1 < 2",
    "1 &lt; 2 &gt; 0 &amp; &quot;x&quot; &apos; &nbsp; &copy;",
    "&lt 1 &ltx &#; &#x;",
    "&#65; &#x41; &#X41; &#0; &#1114111; &#1114110; &#55357; &#55357;&#56832; &#00000065; &#x1F600;",
    '<a href="https://example.org/?a=1&amp;b=2">x</a>',
    "<a href='https://example.org'>x</a>",
    "<a href=https://example.org>x</a>",
    "<a href=example.org>x</a>",
    '<a href="example.org/a b">x</a>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="tg://user?id=42">x</a>',
    '<a href="tg://user?id=0">x</a>',
    '<a href="tg://resolve?domain=x">x</a>',
    '<a href="TG:resolve?domain=x">x</a>',
    '<a href="ftp://example.org">x</a>',
    '<a href="http://EXAMPLE.org:8080/Path">x</a>',
    '<a href="http://user:pw@example.org">x</a>',
    '<a href="http://[::1]/">x</a>',
    '<a href="http://localhost/">x</a>',
    '<a href="http://example.org:0/">x</a>',
    '<a href="http://example.org:99999/">x</a>',
    '<a href="">https://example.org</a>',
    "<a>example.org</a>",
    "<a>no address</a>",
    '<a href="https://a.org"><a href="https://b.org">x</a></a>',
    '<a href="https://a.org">x</a',
    '<a href="https://a.org>x</a>',
    "<a =x>x</a>",
    "<a href>x</a>",
    "<a href=>x</a>",
    "<a href=a_b>x</a>",
    "<pre>a</pre>",
    '<pre><code class="language-python">a</code></pre>',
    '<pre><code class="language-python">a</code> </pre>',
    '<code class="language-python"><pre>a</pre></code>',
    '<code class="language-python">a</code>',
    "<pre><code>a</code></pre>",
    "<pre>a <b>b</b></pre>",
    "<blockquote>a</blockquote>b<blockquote expandable>c</blockquote>",
    '<blockquote expandable="">c</blockquote>',
    "<blockquote><blockquote>a</blockquote></blockquote>",
    '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
    '<tg-emoji emoji-id="x">👍</tg-emoji>',
    '<tg-emoji emoji-id="0">👍</tg-emoji>',
    '<tg-emoji emoji-id="x"></tg-emoji>',
    "<tg-emoji>👍</tg-emoji>",
    '<tg-time unix="1647531900" format="wDT">a</tg-time>',
    '<tg-time unix="1647531900" format="r">a</tg-time>',
    '<tg-time unix="1647531900">a</tg-time>',
    '<tg-time unix="1647531900" format="x">a</tg-time>',
    '<tg-time unix="99999999999">a</tg-time>',
    '<tg-time unix="-5">a</tg-time>',
    "<tg-time>a</tg-time>",
    "👟<b>👟</b>👟",
    "<b></b>",
    "  <b> a </b>  ",
    "<b>a</b><b>b</b>",
    "<b>a<b>b</b></b>",
    "a\r\nb\x01c",
    "<tg-thinking>a</tg-thinking>",
]
ATTRIBUTES = [
    "",
    "",
    ' href="https://example.org/a?b=1&amp;c"',
    " href=example.org",
    ' class="tg-spoiler"',
    " expandable",
]
ATTRIBUTES += [
    ' class="language-c"',
    ' emoji-id="55"',
    ' unix="1700000000"',
    ' format="wdT"',
    " x=y",
    ' href="tg://user?id=7"',
]
TAGS = [
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ins",
    "s",
    "strike",
    "del",
    "span",
    "tg-spoiler",
    "a",
    "code",
    "pre",
    "blockquote",
    "tg-emoji",
    "tg-time",
    "x",
]
WORDS = ["a", " ", "\n", "run", "👟", "é", "&amp;", "&lt;", "&#128094;", "&", ";", "\r", "\u202e", "1.5", "example.org"]


def element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Something inside a tag, well formed."""

    def build(tag: str, attribute: str, inner: str) -> str:
        return f"<{tag}{attribute}>{inner}</{tag}>"

    return st.builds(build, st.sampled_from(TAGS[:-1]), st.sampled_from(ATTRIBUTES), inside)


def joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(parts, max_size=4).map("".join)


well_formed = joined(st.recursive(st.sampled_from(WORDS), lambda inner: element(joined(inner)), max_leaves=12))
pieces = st.one_of(
    st.sampled_from(WORDS),
    st.builds(lambda tag, attribute: f"<{tag}{attribute}>", st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
    st.sampled_from(TAGS).map(lambda tag: f"</{tag}>"),
    st.sampled_from(list("<>/=\"'& ab")),
)
broken = st.lists(pieces, max_size=12).map("".join)
anything = st.text(st.sampled_from(list("<>/=\"'&;#x ab1\n")) | st.characters(exclude_categories=["Cs"]), max_size=30)
markup = well_formed | broken | anything


def compare_parsing(text: str) -> None:
    try:
        plain, entities = parse_html(text)
        ours: Any = plain, [entity.json() for entity in entities]
    except EntityError as error:
        ours = str(error)
    try:
        theirs: Any = tdlib.parse_html(text)
    except tdlib.Refused as error:
        theirs = str(error).removeprefix("Can't parse entities: ")
    assert ours == theirs


def compare_tidying(text: str, entities: list[Entity]) -> None:
    ours = cleaned(text, entities)
    theirs = tdlib.tidy(text, [entity.json() for entity in entities])
    assert (ours[0], [entity.json() for entity in ours[1]]) == theirs


@pytest.mark.parametrize("text", MARKUP)
def test_reads_markup_as_telegram_does(text: str) -> None:
    compare_parsing(text)


@SMALL
@given(markup)
def test_reads_generated_markup_as_telegram_does(text: str) -> None:
    compare_parsing(text)


@pytest.mark.soak
@pytest.mark.timeout(0)
@FULL
@given(markup)
def test_reads_all_generated_markup_as_telegram_does(text: str) -> None:
    compare_parsing(text)


KINDS = [
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "code",
    "pre",
    "blockquote",
    "expandable_blockquote",
]
stretches = st.tuples(st.integers(0, 9), st.integers(1, 8))
VALUES = {"text_link": "http://example.org/", "custom_emoji": "77", "pre": "python"}


def placed(kind: str, at: tuple[int, int]) -> Entity:
    return Entity(kind, at[0], at[1], VALUES.get(kind, ""), 1_700_000_000 if kind == "date_time" else 0)


entity = st.builds(placed, st.sampled_from([*KINDS, "text_link", "custom_emoji", "date_time"]), stretches)
bodies = st.text(st.sampled_from("ab \n\r\t\u202c\u0333é\u200e\u200f"), min_size=17, max_size=20)


@SMALL
@given(bodies, st.lists(entity, max_size=7))
def test_fits_entities_as_telegram_does(text: str, entities: list[Entity]) -> None:
    compare_tidying(text, entities)


@pytest.mark.soak
@pytest.mark.timeout(0)
@FULL
@given(bodies, st.lists(entity, max_size=9))
def test_fits_all_generated_entities_as_telegram_does(text: str, entities: list[Entity]) -> None:
    compare_tidying(text, entities)


@SMALL
@given(st.lists(entity, max_size=7))
def test_fitted_entities_stay_as_they_are(entities: list[Entity]) -> None:
    assert fitted(fitted(entities)) == fitted(entities)


TEXTS = [
    "/start",
    "/start@local_bot now",
    "a/start /x/y </start> (/help) /help. //x /start@ab /ünder /" + "a" * 65,
    "@durov @abc @gif x@durov.de @" + "a" * 33 + " (@runner_1)",
    "#run #1 #run1 #лес a#run #run#run #run@channel_x #_ #a_b!",
    "$USD $TOOLONGNAME $usd $USD1 a$USD $1INCH $EUR@channel",
    "example.org Example.ORG example.notatld www.example.org/path?x=1#y. (https://example.org/a_(b)) http://x.y/",
    "https://example.org, https://example.org. 'https://example.org'",
    "https://localhost http://10.0.0.1:80/ 10.0.0.1 1.2.3",
    "ftp://example.org sftp://example.org foohttps://example.org a.b runner@example.org mailto:runner@example.org",
    "tg://resolve?domain=x tg://x/ ton://abc/def. e.g.this i.e. 1.5 km 3.0. end.Start a..b.com -x.com x-.com a_b.com",
    "👟example.org пример.рф http://пример.рф user:pw@example.org/x example.org:8080/x example.org:99999",
    "Done.Next at 07:00 in 2.5.2026, see t.me/x and wa.me/1",
]


def visible(entities: list[Json]) -> list[Json]:
    """Return the entities of TDLib that the Bot API shows."""
    return [entity for entity in entities if entity["type"] not in {"media_timestamp", "bank_card_number"}]


@pytest.mark.parametrize("text", TEXTS)
def test_finds_entities_in_plain_text_as_telegram_does(text: str) -> None:
    for line in [text, *text.split()]:
        ours = [entity.json() for entity in detected(line)]
        assert ours == visible(tdlib.detect(line)), line


CORES = ["example.org", "https://example.org/a?b=c#d", "/start", "@durov", "#run", "$USD"]
CORES += ["runner@example.org", "07:00", "2.5", "run", "👟", "10.0.0.1"]
words = st.builds(
    lambda before, core, after: before + core + after,
    st.sampled_from(["", "", "(", "'", "a", "-", "👟"]),
    st.sampled_from(CORES),
    st.sampled_from(["", "", ".", ",", ")", "!", "a", ":", "..."]),
)


@SMALL
@given(st.lists(words, max_size=5).map(" ".join))
def test_finds_entities_in_generated_text_as_telegram_does(text: str) -> None:
    assert [entity.json() for entity in detected(text)] == visible(tdlib.detect(text))

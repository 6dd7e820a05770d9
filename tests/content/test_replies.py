"""A typed yes or no to a question with buttons."""

import pytest

from content.library import Content
from content.understanding.requests.replies import Reply, begins_with_no, reply_of


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("yes", Reply.YES),
        ("Yes please!!", Reply.YES),
        ("ok yes", Reply.YES),
        ("yes, I'm cleared", Reply.YES),
        ("do it", Reply.AGREE),
        ("okay, thanks", Reply.AGREE),
        ("no problem", Reply.AGREE),
        ("no problem at all, thanks", Reply.AGREE),
        ("oh no worries coach", Reply.AGREE),
        ("no problem, do it", Reply.AGREE),
        ("no problem, yes", Reply.YES),
        ("no, no problem", None),
        ("no no", Reply.NO),
        ("leave it, thanks", Reply.NO),
        ("not yet", Reply.NO),
        ("yes and no", None),
        ("no, yes", None),
        ("thanks", None),
        ("yes but only on mondays", None),
        ("yes, I have chest pain", None),
        ("", None),
        ("👍", None),
        ("yes " * 60, None),
    ],
)
def test_a_reply_is_a_whole_message(content: Content, text: str, reply: Reply | None) -> None:
    assert reply_of(text, content.language(None).reply_words) is reply


def test_a_no_counts_from_its_first_words_on(content: Content) -> None:
    words = content.language(None).reply_words
    assert begins_with_no("no no only today, not all the days", words)
    assert begins_with_no("oh no thanks, just today", words)
    assert begins_with_no("no, it's a problem", words)
    assert not begins_with_no("nothing hurts", words)
    assert not begins_with_no("no problem, I trust you", words)
    assert not begins_with_no("no worries at all about that", words)
    assert not begins_with_no("yes, no problem", words)


def test_no_phrase_means_two_things(content: Content) -> None:
    words = content.language(None).reply_words
    assert not words.yes & words.agree | words.yes & words.no | words.agree & words.no

"""Where reading stands: no reply is passed by for good."""

from gateway.outbound.outbox_reader import Found, Reader, Wish


def test_a_reply_written_during_the_last_reading_is_still_to_be_read() -> None:
    reader = Reader("me")
    reader.more_replies = True
    reader.wish = Wish(replies=True)
    wish = reader.begin()
    reader.put_behind()
    reader.take_in(wish, Found([], replies_cursor=500, bulk_cursor=0), leads=True)
    reader.reading = False
    assert reader.more_replies, "a newer reply would overtake it"
    reader.wish = Wish(replies=True)
    reader.take_in(reader.begin(), Found([], replies_cursor=501, bulk_cursor=0), leads=True)
    assert not reader.more_replies

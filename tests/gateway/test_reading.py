"""Position of the reader: no reply is passed by for good."""

from gateway.outbound.outbox_reader import FetchRequest, FetchResult, OutboxReader


def test_a_reply_written_during_the_last_reading_is_still_to_be_read() -> None:
    reader = OutboxReader("me")
    reader.more_replies = True
    reader.wanted = FetchRequest(replies=True)
    wish = reader.begin()
    reader.defer_reply()
    reader.apply(wish, FetchResult([], replies_cursor=500, bulk_cursor=0), leads=True)
    reader.reading = False
    assert reader.more_replies, "a newer reply would overtake it"
    reader.wanted = FetchRequest(replies=True)
    reader.apply(reader.begin(), FetchResult([], replies_cursor=501, bulk_cursor=0), leads=True)
    assert not reader.more_replies

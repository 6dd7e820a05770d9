"""The server that measurements rest on: it counts people, and not messages."""

from urllib.request import Request, urlopen

from benchmarks.support.chats import chats


def test_who_gets_two_messages_stands_for_nobody_else() -> None:
    with chats() as server:
        for person in (7, 7, 8):
            urlopen(Request(f"{server.url}/bot1:x/sendMessage", data=b"chat_id=%d&text=hi" % person)).close()
        assert (server.replies, server.answered) == (3, 2)
        assert set(server.talk().replied_to) == {7, 8}
        assert server.answered == 0

"""Letters reach a real mail server: each once, later if it is away, and never with a header of somebody else's."""

import socket
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller

from tests.restaurant import apply, do
from zhengtong.cases.models import Letter
from zhengtong.connectors.mail.send import send_due


class Postbox:
    """Keeps what a server received; refuses while `full`."""

    def __init__(self) -> None:
        self.received = []
        self.full = False

    async def handle_DATA(self, server, session, envelope):
        if self.full:
            return "452 mailbox full"
        self.received.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 OK"


@pytest.fixture
def postbox(settings):
    """A server on a free port, and the settings that lead to it."""
    box = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield box
    server.stop()


@pytest.fixture
def letter(cast, monday):
    person = cast.lin_yue.person
    person.email = "lin-yue@qingshan.example"
    person.save()
    apply(cast, now=monday)
    return Letter.objects.get(name="received")


def headers(message: str) -> str:
    return message.split("\r\n\r\n")[0]


def test_a_letter_goes_out_once(letter, postbox, monday):
    assert send_due(now=monday) == 1
    assert send_due(now=monday + timedelta(days=1)) == 0
    [(to, message)] = postbox.received
    assert to == ["lin-yue@qingshan.example"]
    assert f"Message-ID: <letter-{letter.pk}-{letter.case.number}@zhengtong>" in message
    assert "Auto-Submitted: auto-generated" in message


def test_a_server_that_is_full_gets_it_later_once(letter, postbox, monday):
    postbox.full = True
    assert send_due(now=monday) == 0
    letter.refresh_from_db()
    assert letter.error and letter.attempts == 1
    postbox.full = False
    assert send_due(now=monday) == 0, "not before its time"
    assert send_due(now=monday + timedelta(minutes=2)) == 1
    assert send_due(now=monday + timedelta(days=2)) == 0
    assert len(postbox.received) == 1


def test_a_server_that_is_away_does_not_hold_the_act_up(letter, cast, settings, monday):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert send_due(now=monday) == 0
    do(letter.case, "accept", "accepted", by=cast.window, now=monday)
    letter.case.refresh_from_db()
    assert letter.case.status == "accepted"
    letter.refresh_from_db()
    assert letter.sent_at is None
    assert letter.next_try_at > monday


@pytest.mark.parametrize("sign", ["\r\n", "\n", "\r", "\x0b", "\x85", "\u2028"])
def test_a_subject_adds_no_header(letter, postbox, monday, sign):
    letter.subject = f"您好{sign}Bcc: thief@evil.example{sign}{sign}body"
    letter.save()
    assert send_due(now=monday) == 1
    [(to, message)] = postbox.received
    assert to == ["lin-yue@qingshan.example"]
    assert "\r\nBcc:" not in headers(message)
    assert "\r\nbody" not in message


@pytest.mark.parametrize(
    "address",
    ["a@b.example\r\nBcc: thief@evil.example", "a@b.example\nX: y", "no address", "\ufffd@", "a@b,c@d.example"],
)
def test_a_strange_address_gets_nothing_and_holds_no_other_letter_up(letter, cast, postbox, monday, address):
    brother = cast.lin_qiang.person
    brother.email = address
    brother.save()
    Letter.objects.create(
        case=letter.case,
        recipient=brother,
        name="received",
        language="en",
        subject="s",
        body="b",
        written_at=monday,
        next_try_at=monday - timedelta(hours=1),
    )
    send_due(now=monday)
    told = [message for to, message in postbox.received if to == ["lin-yue@qingshan.example"]]
    assert len(told) == 1
    assert all(
        "\r\nBcc:" not in headers(message) and "\r\nX:" not in headers(message) for _, message in postbox.received
    )
    assert not any("thief@evil.example" in to for to, _ in postbox.received)

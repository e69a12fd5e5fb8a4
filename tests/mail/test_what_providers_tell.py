"""What each word of a provider does to the ledger, whichever way the mail is named; and mail that comes by a hook."""

import datetime as dt
import json
from typing import Any

import pytest
from anymail.signals import AnymailTrackingEvent
from django.test import Client

from tests.mail.test_hooks import BASIC, KEY, SECRET, mac
from wbl.mail import addresses, events
from wbl.mail.models import IncomingMail, Message, OptOut, Suppression
from wbl.tenancy.scope import district
from wbl.todo.models import Todo

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 10, 5, 15, 0, tzinfo=dt.UTC)


@pytest.fixture
def sent(clock, in_cedar, people, ray, acme, settings) -> Message:
    settings.WBL_INBOUND_DOMAIN = "in.example.org"
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET, "MAILGUN_WEBHOOK_SIGNING_KEY": KEY}
    message = Message.write(
        kind="partners.letter", record=acme, recipient=ray, subject="Tour?", body="When?", by=people.coordinator
    )
    Message.objects.update(state="sent", sent_at=message.due_at, provider_id="their-id", attempts=1)
    message.refresh_from_db()
    return message


def told(message: Message, event_type: str, **facts: Any) -> Message:
    facts.setdefault("message_id", "their-id")
    facts.setdefault("event_id", "1")
    found = AnymailTrackingEvent(event_type=event_type, timestamp=AT, **facts)
    events.take(events.Event.read(found, "Provider"))
    with district(message.district_id):
        message.refresh_from_db()
    return message


@pytest.mark.parametrize(
    ("event_type", "facts", "state"),
    [
        ("delivered", {}, "delivered"),
        ("deferred", {}, "sent"),
        ("rejected", {"reject_reason": "bounced"}, "bounced"),
        ("rejected", {"reject_reason": "invalid"}, "bounced"),
        ("rejected", {"reject_reason": "spam"}, "complained"),
        ("rejected", {"reject_reason": "unsubscribed"}, "sent"),
        ("rejected", {"reject_reason": "blocked"}, "failed"),
        ("failed", {}, "failed"),
        ("bounced", {"mta_response": "550 5.1.1 no such user"}, "bounced"),
        ("bounced", {"mta_response": "450 4.2.2 mailbox full"}, "due"),
        ("bounced", {"esp_event": {"hard_bounce": False}}, "due"),
        ("bounced", {"esp_event": {"bounce": {"bounceType": "Transient"}}}, "due"),
        ("complained", {}, "complained"),
        ("unsubscribed", {}, "sent"),
        ("opened", {}, "sent"),
        ("autoresponded", {}, "sent"),
    ],
)
def test_each_word_moves_the_ledger_as_it_means(sent, event_type, facts, state):
    told(sent, event_type, **facts)
    assert sent.state == state
    assert Suppression.objects.exists() == (state == "bounced")
    left = facts.get("reject_reason") == "unsubscribed" or event_type == "unsubscribed"
    assert OptOut.objects.standing().count() == {"complained": 4, "sent": int(left)}.get(state, 0)
    assert Todo.objects.exists() == (state in ("bounced", "failed", "complained"))
    unseen = event_type in ("opened", "autoresponded")
    assert len(sent.trail()) == (2 if unseen else 3)


def test_a_mail_is_found_by_our_mark_by_its_message_id_and_by_the_providers_own(sent):
    mark = {"wbl": f"{sent.district_id}.{sent.token}"}
    for n, facts in enumerate(
        ({"metadata": mark, "message_id": "x"}, {"message_id": sent.message_id}, {"message_id": "their-id"})
    ):
        told(sent, "deferred", event_id=str(n), **facts)
    assert [e.what for e in sent.trail()][2:] == ["deferred"] * 3


@pytest.mark.parametrize(
    "metadata", [{"wbl": "\u00b2.x"}, {"wbl": "9" * 30 + ".x"}, {"wbl": "1.\x00"}, {"wbl": ["1"]}, "wbl", None]
)
def test_a_mark_that_is_none_of_ours_is_no_error(sent, metadata):
    assert told(sent, "bounced", metadata=metadata, message_id="\x00", recipient=["x"]).state == "sent"


def test_what_comes_late_does_not_make_a_returned_mail_delivered(sent):
    told(sent, "bounced", mta_response="550 5.1.1")
    assert told(sent, "delivered", event_id="2").state == "bounced"


def test_a_return_that_is_faster_than_the_mark_of_sending_counts(sent):
    Message.objects.update(state="sending")
    assert told(sent, "bounced", mta_response="550 5.1.1").state == "bounced"


@pytest.mark.parametrize(("attempts", "hours"), [(1, 6), (2, 12), (3, 18)])
def test_a_mail_that_came_back_softly_waits_longer_each_time(sent, attempts, hours):
    Message.objects.update(attempts=attempts)
    assert told(sent, "bounced", mta_response="450").next_try_at == AT + dt.timedelta(hours=hours)


def test_two_kinds_of_news_of_one_moment_both_count(sent):
    told(sent, "delivered", event_id=None)
    assert told(sent, "complained", event_id=None).state == "complained"


def test_a_replay_after_years_takes_back_no_later_choice(sent, clock):
    told(sent, "unsubscribed")
    OptOut.choose(email="ray@acme.example", stopped=())
    clock.shift(dt.timedelta(days=900))
    told(sent, "unsubscribed")
    assert not OptOut.objects.standing().exists()


class TestMailThatComesByAHook:
    RAW = "From: Ray <ray@acme.example>\r\nTo: x@y.example\r\nSubject: Re\r\nMessage-ID: <a@acme.example>\r\n\r\nFriday.\r\n"

    def post(self, to: str, text: str = RAW, **more: Any) -> Any:
        body = json.dumps({"RawEmail": text, "OriginalRecipient": to})
        client = Client(raise_request_exception=False)
        return client.post("/hooks/postmark/inbound/", body, content_type="application/json", headers=BASIC, **more)

    def test_it_is_filed_by_the_envelopes_recipient_and_once(self, sent):
        for _ in range(2):
            assert self.post(addresses.reply_address(sent.district_id, sent.token)).status_code == 200
        filed = IncomingMail.objects.get()
        assert (filed.kind, filed.message, filed.text) == ("reply", sent, "Friday.")

    def test_a_signed_one_of_mailgun_too(self, sent):
        form = {"timestamp": "1461261330", "token": "t", "recipient": "x@y.example", "sender": "ray@acme.example"}
        form |= {"signature": mac("1461261330t").hexdigest()}
        form |= {"body-mime": self.RAW.replace("To: x@", f"In-Reply-To: {sent.message_id}\r\nTo: x@")}
        assert Client().post("/hooks/mailgun/inbound_mime/", form, headers=BASIC).status_code == 200
        assert IncomingMail.objects.get().kind == "reply"

    def test_one_that_is_longer_than_a_form_may_be_is_read(self, sent, settings):
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
        address = addresses.reply_address(sent.district_id, sent.token)
        assert self.post(address, self.RAW + "x" * 2000).status_code == 200
        assert IncomingMail.objects.exists()

    @pytest.mark.parametrize("part", ["tracking", "inbound"])
    def test_what_we_could_not_do_is_asked_for_again(self, sent, monkeypatch, part):
        def fail(*args: Any, **kwargs: Any) -> None:
            raise OSError("the database is away")

        monkeypatch.setattr("wbl.mail.hooks.receive", fail)
        monkeypatch.setattr(events, "take", fail)
        body = {"RawEmail": self.RAW} if part == "inbound" else {"RecordType": "Delivery", "MessageID": "x"}
        client = Client(raise_request_exception=False)
        answer = client.post(f"/hooks/postmark/{part}/", body, content_type="application/json", headers=BASIC)
        assert answer.status_code == 500

    def test_the_key_of_one_part_does_not_open_the_other(self, settings):
        settings.ANYMAIL = {"MAILERSEND_INBOUND_SECRET": KEY}
        assert [self._without(part) for part in ("tracking", "inbound")] == [404, 400]
        settings.ANYMAIL = {"MAILERSEND_SIGNING_SECRET": KEY}
        assert [self._without(part) for part in ("tracking", "inbound")] == [400, 404]

    def _without(self, part: str) -> int:
        return int(Client().post(f"/hooks/mailersend/{part}/", "{}", content_type="application/json").status_code)

"""Providers' hooks: each real example gives its event through a signed HTTP post, and events move the ledger once."""

import base64
import hashlib
import hmac
import http.server
import json
import os
import pathlib
import threading
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

import pytest
from anymail.signals import inbound, tracking
from django.test import Client

from wbl.mail.gate import SIGNATURES
from wbl.mail.models import Message, MessageEvent, OptOut, Suppression
from wbl.tenancy.scope import district
from wbl.todo.models import Todo

FILES = pathlib.Path(os.environ.get("WBL_TEST_DATA", "../shared/data")) / "07-mail" / "esp-webhooks"
SECRET = "hooks:a-shared-secret-of-some-length"
BASIC = {"Authorization": "Basic " + base64.b64encode(SECRET.encode()).decode()}
KEY = "a-signing-key"
KEYS = (
    "SIGNING_SECRET",
    "WEBHOOK_KEY",
    "TRACKING_WEBHOOK_VERIFICATION_KEY",
)
RAW = b"From: ray@acme.example\r\nTo: inbound@example.com\r\nSubject: From S3\r\nMessage-ID: <s3@x>\r\n\r\nHello\r\n"
# what was set up wrongly at the provider is refused with a sentence
REFUSED = {"test_incorrect_tracking_event", "test_incorrect_received_event", "test_misconfigured_store_action", "test_misconfigured_tracking_legacy"}  # fmt: skip


@pytest.fixture
def hooks(settings: Any) -> None:
    settings.ANYMAIL = {
        "WEBHOOK_SECRET": SECRET,
        "MAILGUN_WEBHOOK_SIGNING_KEY": KEY,
        "MANDRILL_WEBHOOK_KEY": KEY,
        "MAILERSEND_INBOUND_SECRET": KEY,
        "BREVO_API_KEY": KEY,
        "RESEND_API_KEY": KEY,
    }


@pytest.fixture
def elsewhere() -> Any:
    """A provider's own server, where incoming mail waits to be fetched: S3 by bucket and key, Resend by id."""

    class Answers(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802 (the library's name)
            body = json.dumps({"raw": {"download_url": f"{url}/raw"}}).encode() if "/emails/" in self.path else RAW
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    asked: list[str] = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield url, asked
    server.shutdown()


def mac(text: str, kind: Any = hashlib.sha256, key: str = KEY) -> Any:
    return hmac.new(key.encode(), text.encode(), kind)


def posted(esp: str, part: str, payload: dict[str, Any], url: str) -> tuple[str, bytes, dict[str, str]]:
    """(address, body, headers) as the provider would send it."""
    raw = payload.get("raw_events", payload.get("raw_event"))
    as_json = {"Content-Type": "application/json", **BASIC}
    as_form = {"Content-Type": "application/x-www-form-urlencoded", **BASIC}
    if esp == "amazon_ses":
        sns = dict(payload["raw_sns_message"])
        if "raw_ses_event" in payload:
            sns["Message"] = json.dumps(payload["raw_ses_event"])
        names = {"x-amz-sns-message-type": sns["Type"], "x-amz-sns-message-id": sns["MessageId"]}
        return url, json.dumps(sns).encode(), {**as_json, **names, "Content-Type": "text/plain; charset=UTF-8"}
    if esp == "mailgun":
        stamp, token = "1461261330", raw.get("token", "06c96bafc3f42a66b9edd546347a2fe18dc23461fe80dc52f0")
        if "event-data" in raw:
            block = {"timestamp": stamp, "token": raw.get("signature", {}).get("token", token)}
            signed = {**block, "signature": mac(stamp + block["token"]).hexdigest()}
            return url, json.dumps({**raw, "signature": signed}).encode(), as_json
        stamp = raw.get("timestamp", stamp)
        form = {**raw, "timestamp": stamp, "token": token, "signature": mac(stamp + token).hexdigest()}
        return url, urllib.parse.urlencode(form).encode(), as_form
    if esp == "mandrill":
        value = json.dumps(raw if isinstance(raw, list) else [raw])
        url_called = url.replace("://", f"://{SECRET}@")  # as it stands in Mandrill's settings
        sign = base64.b64encode(mac(f"{url_called}mandrill_events{value}", hashlib.sha1).digest()).decode()
        return (
            url,
            urllib.parse.urlencode({"mandrill_events": value}).encode(),
            {**as_form, "X-Mandrill-Signature": sign},
        )
    if esp == "mailersend":
        body = json.dumps(raw)
        return url, body.encode(), {**as_json, "Signature": mac(body).hexdigest()}
    if esp == "sendgrid" and part == "inbound":
        edge = "=_edge"
        parts = "".join(
            f'--{edge}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in raw.items()
        )
        kind = f"multipart/form-data; boundary={edge}"
        return url, f"{parts}--{edge}--\r\n".encode(), {**BASIC, "Content-Type": kind}
    if esp == "brevo" and part == "inbound":
        raw = {"items": [raw]}
    if esp == "sparkpost":
        raw = [payload.get("raw_event") or {"msys": {"relay_message": payload["event"]}}]
    return url, json.dumps(raw).encode(), as_json


def send(url: str, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not FILES.is_dir(), reason="the example webhooks are not there (WBL_TEST_DATA)")
def test_each_real_example_gives_its_event_or_its_refusal(live_server, hooks, settings, elsewhere):
    url, asked = elsewhere
    aws = {"endpoint_url": url, "region_name": "us-east-1", "aws_access_key_id": "x", "aws_secret_access_key": "y"}
    settings.ANYMAIL |= {"AMAZON_SES_CLIENT_PARAMS": aws, "RESEND_API_URL": url, "BREVO_API_URL": url}
    told: list[Any] = []

    def hear(sender: Any, event: Any, **kwargs: Any) -> None:
        told.append(event)

    tracking.connect(hear)
    inbound.connect(hear)
    wrong, seen = {}, 0
    for path in sorted(FILES.glob("*.json")):
        example = json.loads(path.read_text())
        if "esp" not in example:
            example = {
                "esp": "postmark",
                "payload": {"raw_event": example},
                "expected_event": {"event_type": "inbound"},
            }
        expected, part = example["expected_event"] or {}, "inbound" if "nbound" in path.name else "tracking"
        told.clear()
        address = f"{live_server.url}/hooks/{example['esp']}/{part}/"
        status, words = send(*posted(example["esp"], part, example["payload"], address))
        refused = path.name.split(".")[-2] in REFUSED
        values = {name: eval(f"event.{name}", {"event": told[0]}) for name in expected} if told else {}
        if status != (400 if refused else 200) or values != (expected if told else {}) or (expected and not told):
            wrong[path.name] = (status, words[:300], values, expected)
        if refused:
            assert "seem to have" in words or "webhook" in words or "inbound" in words.lower(), words
        seen += 1
    tracking.disconnect(hear)
    inbound.disconnect(hear)
    assert wrong == {}
    assert seen == 71
    assert "/InboundEmailBucket-KeepPrivate/inbound/fqef5sop459utgdf4o9lqbsv7jeo73pejig34301" in asked


@pytest.mark.django_db
class TestWhoMayCall:
    BODY = json.dumps({"RecordType": "Delivery", "MessageID": "x", "Recipient": "a@b.example"})

    def call(self, path: str = "/hooks/postmark/tracking/", body: str = BODY, **headers: Any) -> Any:
        return Client().post(path, body, content_type="application/json", headers=headers)

    def test_without_the_secret_or_a_right_signature_nothing_is_heard(self, hooks):
        assert self.call(**BASIC).status_code == 200
        assert self.call().status_code == 400
        assert self.call(Authorization="Basic " + base64.b64encode(b"hooks:guess").decode()).status_code == 400
        event = {"event-data": {"event": "delivered"}, "signature": {"timestamp": "1", "token": "t", "signature": "no"}}
        refused = self.call("/hooks/mailgun/tracking/", json.dumps(event), **BASIC)
        assert refused.status_code == 400 and "signature" in refused.content.decode()

    def test_a_provider_that_is_not_set_up_is_not_there(self, settings):
        settings.ANYMAIL = {}
        assert self.call(**BASIC).status_code == 404
        assert self.call("/hooks/nobody/tracking/", **BASIC).status_code == 404
        settings.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": KEY}
        assert self.call(**BASIC).status_code == 404
        assert self.call("/hooks/mailgun/tracking/", "{}").status_code == 400

    @pytest.mark.parametrize(
        ("path", "length", "headers", "status"),
        [
            ("postmark/inbound", 40 * 2**20, {}, 400),  # no secret
            ("postmark/inbound", 40 * 2**20, {"Authorization": "Basic aG9va3M6Z3Vlc3M="}, 400),
            ("amazon_ses/inbound", 40 * 2**20, {}, 401),  # SNS sends the secret when it is asked to
            ("postmark/inbound", 46 * 2**20, BASIC, 413),
            ("postmark/tracking", 6 * 2**20, BASIC, 413),
            ("nobody/inbound", 40 * 2**20, BASIC, 404),
        ],
    )
    def test_a_long_call_that_is_not_let_in_costs_nothing(self, hooks, path, length, headers, status):
        answer, unread = self.long_call(path, length, headers)
        assert (answer.status_code, unread.taken) == (status, 0)

    @pytest.mark.parametrize(("provider", "header"), sorted(SIGNATURES.items()))
    def test_without_a_shared_secret_the_signature_is_looked_for_before_anything_is_read(
        self, settings, provider, header
    ):
        settings.ANYMAIL = {f"{provider.upper()}_{name}": KEY for name in KEYS}
        answer, unread = self.long_call(f"{provider}/tracking", 4 * 2**20, {})
        assert (answer.status_code, unread.taken) == (400, 0) and header in answer.content.decode()

    def long_call(self, path: str, length: int, headers: dict[str, str]) -> Any:
        class Unread:
            """A body that notices whether it is read."""

            taken = 0

            def read(self, size: int = -1) -> bytes:
                self.taken += 1
                return b""

            readline = read

        body = Unread()
        more = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
        call = {"CONTENT_LENGTH": str(length), "CONTENT_TYPE": "application/json", "wsgi.input": body, **more}
        return Client().request(PATH_INFO=f"/hooks/{path}/", REQUEST_METHOD="POST", **call), body

    def test_a_length_that_is_no_number_is_none(self, hooks):
        for length in ("abc", "-1", "9" * 5000, "\u0661"):
            answer = Client().generic("POST", "/hooks/postmark/tracking/", b"{}", headers=BASIC, CONTENT_LENGTH=length)
            assert answer.status_code in (200, 400)

    def test_what_is_no_event_is_refused_with_a_sentence(self, hooks):
        for body in ("", "[]", "nonsense", '{"RecordType": 5}', "\x00"):
            assert self.call(body=body, **BASIC).status_code in (200, 400)
        assert Client().get("/hooks/postmark/tracking/", headers=BASIC).status_code == 405


@pytest.mark.django_db
class TestTheLedger:
    """What Postmark tells of Ray's mail."""

    @pytest.fixture
    def sent(self, clock, in_cedar, people, ray, acme, hooks):
        message = Message.write(
            kind="partners.letter", record=acme, recipient=ray, subject="Tour?", body="When?", by=people.coordinator
        )
        Message.objects.update(state="sent", sent_at=message.due_at, provider_id="pm-1", attempts=1)
        return message

    def tell(self, message: Message, **more: Any) -> Message:
        event = {"MessageID": "pm-1", "Recipient": "ray@acme.example", "Email": "ray@acme.example", **more}
        for _ in range(2):  # a replay is no news
            answer = Client().post(
                "/hooks/postmark/tracking/", json.dumps(event), content_type="application/json", headers=BASIC
            )
            assert answer.status_code == 200
        with district(message.district_id):
            message.refresh_from_db()
        return message

    def test_delivered(self, sent):
        told = self.tell(sent, RecordType="Delivery", DeliveredAt="2026-10-05T15:00:00Z", Details="250 ok")
        assert told.state == "delivered"
        assert [e.what for e in told.trail()] == ["planned", "sent", "delivered"]

    def test_a_hard_bounce_closes_the_address_once_and_asks_its_owner_for_another(self, sent):
        told = self.tell(
            sent, RecordType="Bounce", ID=1, Type="HardBounce", BouncedAt="2026-10-05T15:00:00Z", Details="550 no"
        )
        assert (told.state, Suppression.objects.get().email) == ("bounced", "ray@acme.example")
        assert Todo.objects.get().title == "Find another email address of Ray Halvorsen"

    def test_a_soft_bounce_is_tried_again_and_after_the_last_time_a_person_looks(self, sent):
        bounce = {"RecordType": "Bounce", "Type": "SoftBounce", "BouncedAt": "2026-10-05T15:00:00Z", "Details": "full"}
        told = self.tell(sent, **bounce, ID=1)
        assert (told.state, told.sent_at, Suppression.objects.exists()) == ("due", None, False)
        Message.objects.update(state="sent", sent_at=told.due_at, attempts=4)
        assert self.tell(sent, **bounce, ID=2).state == "failed"
        assert Todo.objects.get().title == "A mail to Ray Halvorsen could not be sent"

    def test_a_complaint_stops_all_that_may_be_stopped(self, sent):
        told = self.tell(sent, RecordType="SpamComplaint", ID=1, Type="SpamComplaint", BouncedAt="2026-10-05T15:00:00Z")
        assert told.state == "complained"
        assert OptOut.objects.standing().count() == 4
        assert "spam" in Todo.objects.get().title

    def test_unsubscribing_at_the_provider_counts_here(self, sent):
        self.tell(sent, RecordType="SubscriptionChange", SuppressSending=True, ChangedAt="2026-10-05T15:00:00Z", SuppressionReason="ManualSuppression", Origin="Recipient")  # fmt: skip
        assert OptOut.objects.get().category == "requests"

    def test_opens_are_not_kept(self, sent):
        self.tell(sent, RecordType="Open", ReceivedAt="2026-10-05T15:00:00Z")
        assert not MessageEvent.objects.exists()

    def test_news_of_another_address_or_another_mail_moves_nothing(self, sent):
        told = self.tell(
            sent, RecordType="Bounce", ID=1, Type="HardBounce", Email="x@y.example", Recipient="x@y.example"
        )
        assert (told.state, Suppression.objects.exists()) == ("sent", False)
        Message.objects.update(provider_id="pm-2")
        assert self.tell(sent, RecordType="Delivery").state == "sent"

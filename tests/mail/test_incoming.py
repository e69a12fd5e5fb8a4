"""What comes in: quotes are folded, files kept, reports move the ledger, drop-boxes log, and nobody else is believed."""

import email
import email.policy
import os
import pathlib
from email.message import EmailMessage

import pytest

from partners.models import Contact, TimelineEntry
from wbl.mail import addresses
from wbl.mail.inbound import receive, words_of
from wbl.mail.models import DropBox, IncomingFile, IncomingMail, Message, Suppression
from wbl.mail.quotes import parted, text_of_html
from wbl.todo.models import Todo

TALON = pathlib.Path(os.environ.get("WBL_TEST_DATA", "../shared/data")) / "07-mail" / "replies-talon"


@pytest.mark.skipif(not TALON.is_dir(), reason="the real replies are not there (WBL_TEST_DATA)")
def test_of_real_replies_of_twelve_programs_only_the_answer_stands_open():
    wrong = {}
    for path in sorted(TALON.iterdir()):
        if path.suffix == ".eml":
            own, quoted = words_of(email.message_from_bytes(path.read_bytes(), policy=email.policy.default))
        else:
            text = path.read_text()
            own, quoted = parted(text_of_html(text) if path.suffix == ".html" else text)
        first = "Hello" if path.suffix != ".html" else "Hi. I am fine."
        signed = path.name == "sparrow_reply_text"
        kept = own.startswith(first) and "Hello! How are you?" not in own and "wrote:" not in own and "From:" not in own
        if not (kept and len(own) < 80 and (signed or quoted)):
            wrong[path.name] = (own, quoted[:80])
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Yes.\n\nEl lun, 5 oct 2026 a las 10:00, Marisol (<m@x.example>) escribió:\n> ¿Cuándo?", "Yes."),
        ("On Mon, Oct 5, 2026 at 10 AM Marisol Tate wrote:\n> When?\n\nFriday.", "Friday."),
        ("Fine.\n> quoted without a line before", "Fine."),
        ("I said > 3 of us.\nOn Monday we wrote: a plan", "I said > 3 of us.\nOn Monday we wrote: a plan"),
        ("> only quoted", "> only quoted"),
        ("", ""),
    ],
)
def test_nothing_that_was_written_is_lost(text, own):
    assert parted(text)[0] == own


@pytest.fixture
def inbound(settings):
    settings.WBL_INBOUND_DOMAIN = "in.example.org"


@pytest.fixture
def sent(clock, in_cedar, people, ray, acme, inbound, db) -> Message:
    message = Message.write(
        kind="partners.letter", record=acme, recipient=ray, subject="Tour?", body="When?", by=people.coordinator
    )
    Message.objects.update(state="sent", sent_at=message.due_at, attempts=1)
    message.refresh_from_db()
    return message


def answer(
    message: Message, text: str = "Friday.", sender: str = "Ray <ray@acme.example>", **headers: str
) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = sender, "Re: Tour?", headers.pop("id", "<one@acme.example>")
    mail["To"] = addresses.reply_address(message.district_id, message.token)
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def test_an_answer_is_told_to_its_owner(sent, people):
    receive(bytes(answer(sent, "Friday.\n\nOn Mon, Oct 5, 2026 Marisol wrote:\n> When?")))
    todo = Todo.objects.get()
    assert (todo.title, todo.owner) == ("Read the answer of Ray: Re: Tour?", people.coordinator)
    filed = IncomingMail.objects.get()
    assert (filed.text, filed.quoted.endswith("> When?")) == ("Friday.", True)


@pytest.mark.parametrize(
    ("more", "kind"),
    [({"sender": "x@elsewhere.example"}, "other"), ({"Auto_Submitted": "auto-replied"}, "automatic")],
)
def test_an_answer_of_somebody_else_or_of_a_machine_stops_nothing(sent, more, kind):
    assert receive(bytes(answer(sent, **more))).kind == kind
    assert not TimelineEntry.objects.filter(kind="mail_in", contact__isnull=False).exists()
    assert Todo.objects.exists() == (kind == "other")


def report(
    message: Message, diagnosis: str, status: str, action: str = "failed", address: str = "ray@acme.example"
) -> bytes:
    return f"""From: MAILER-DAEMON@mx.acme.example
To: {addresses.reply_address(message.district_id, message.token)}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Message-ID: <report@mx.acme.example>
Content-Type: multipart/report; report-type=delivery-status; boundary=x

--x

It did not work.

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.acme.example

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {diagnosis}

--x--
""".replace("\n", "\r\n").encode()


def test_a_report_that_nobody_is_there_closes_the_address_once(sent):
    for _ in range(2):
        assert receive(report(sent, "550 5.1.1 user unknown", "5.1.1")).kind == "bounce"
    sent.refresh_from_db()
    assert (sent.state, Suppression.objects.get().email) == ("bounced", "ray@acme.example")
    assert Todo.objects.get().title == "Find another email address of Ray Halvorsen"
    assert [e.what for e in sent.trail()] == ["planned", "sent", "bounced"]


@pytest.mark.parametrize(
    ("diagnosis", "status", "action", "address", "state"),
    [
        ("552 5.2.2 mailbox full", "5.2.2", "failed", "ray@acme.example", "due"),
        ("450 4.2.0 try again", "4.2.0", "delayed", "ray@acme.example", "sent"),
        ("550 5.1.1 user unknown", "5.1.1", "failed", "ray@private.example", "due"),  # where Ray lets it go on to
        ("250 2.1.5 ok", "2.1.5", "delivered", "ray@acme.example", "sent"),
    ],
)
def test_other_reports_close_nothing(sent, diagnosis, status, action, address, state):
    receive(report(sent, diagnosis, status, action, address))
    sent.refresh_from_db()
    assert (sent.state, Suppression.objects.exists()) == (state, False)


def test_a_report_is_found_by_the_mail_that_it_returns(sent):
    raw = report(sent, "550 5.1.1 user unknown", "5.1.1").replace(b"To: r.", b"To: x.")
    raw = raw.replace(
        b"--x--",
        b"--x\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: " + sent.message_id.encode() + b"\r\n\r\n--x--",
    )
    assert receive(raw).message == sent


def test_files_are_kept_within_limits_and_served_to_be_saved(sent, sign_in, people):
    mail = answer(sent)
    mail.add_attachment(b"<script>alert(1)</script>", maintype="text", subtype="html", filename="../../evil.html")
    mail.add_attachment(b"x" * (10 * 2**20 + 1), maintype="application", subtype="zip", filename="large.zip")
    receive(bytes(mail))
    kept = IncomingFile.objects.get()
    assert kept.file.name == "evil.html" or "/" not in kept.file.name
    assert "large.zip (10.0 MB)" in IncomingMail.objects.get().text
    served = sign_in(people.viewer).get(f"/cedar/mail/incoming-files/{kept.pk}/")
    assert (
        served["Content-Disposition"].startswith("attachment") and served["Content-Type"] == "application/octet-stream"
    )
    page = sign_in(people.viewer).get(f"/cedar/mail/messages/{sent.pk}/").content.decode()
    assert "evil.html" in page


class TestDropBox:
    @pytest.fixture
    def box(self, clock, in_cedar, people, acme, inbound, db):
        return DropBox.renew(user=people.coordinator)

    def mail(
        self,
        box,
        sender: str = "Marisol <coordinator@example.org>",
        to: str = "Ray <ray@acme.example>",
        text: str = "See you.",
    ):
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = sender, to, "Friday", "<bcc@example.org>"
        mail.set_content(text)
        return receive(bytes(mail), to=box.address)

    def test_a_blind_copy_is_logged_as_sent(self, box, people):
        self.mail(box)
        self.mail(box)
        entry = TimelineEntry.objects.get()
        assert (entry.kind, entry.contact.name, entry.by, entry.body) == (
            "mail_out",
            "Ray Halvorsen",
            people.coordinator,
            "See you.",
        )

    def test_a_forwarded_mail_is_logged_as_received(self, box):
        text = "FYI\n\n-------- Forwarded Message --------\nFrom: Ray Halvorsen <RAY@acme.example>\nTo: Marisol\nSubject: Tour\n\nFriday works."
        self.mail(box, to=box.address, text=text)
        entry = TimelineEntry.objects.get()
        assert (entry.kind, entry.contact.name) == ("mail_in", "Ray Halvorsen")
        assert "Friday works." in entry.body

    def test_a_mail_that_a_rule_sent_on_is_its_senders(self, box):
        self.mail(box, sender="ray@acme.example", to="coordinator@example.org")
        assert TimelineEntry.objects.get().kind == "mail_in"

    def test_nobody_known_waits_on_the_list_and_an_old_address_is_nobodys(self, box, people):
        self.mail(box, to="stranger@elsewhere.example")
        assert Todo.objects.get().owner == people.coordinator
        old = DropBox.objects.get()
        DropBox.renew(user=people.coordinator)
        Todo.objects.all().delete()
        assert self.mail(old) is None
        assert Contact.objects.exists() and not TimelineEntry.objects.exists()

    def test_the_page_shows_the_address_and_renews_it(self, box, sign_in, people):
        browser = sign_in(people.coordinator)
        assert box.address in browser.get("/cedar/mail/drop-box/").content.decode()
        browser.post("/cedar/mail/drop-box/")
        assert box.address not in browser.get("/cedar/mail/drop-box/").content.decode()

    def test_without_an_inbound_domain_nobody_is_promised_an_address(self, box, sign_in, people, settings):
        settings.WBL_INBOUND_DOMAIN = ""
        browser = sign_in(people.coordinator)
        page = browser.post("/cedar/mail/drop-box/", follow=True).content.decode()
        assert "This is your address" not in page and "A new address" not in page and "Get an address" not in page
        assert "WBL_INBOUND_DOMAIN" in page and DropBox.objects.get().token == box.token
        assert 'href="/cedar/mail/drop-box/"' in browser.get("/cedar/mail/settings/").content.decode()

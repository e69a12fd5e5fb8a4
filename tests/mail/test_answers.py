"""Mail that comes in lands where it belongs."""

import re
from email.message import EmailMessage

import pytest
from django.test import Client, override_settings

from partners.models import TimelineEntry
from wbl.mail import deliver
from wbl.mail.inbound import receive
from wbl.mail.models import IncomingMail, Message
from wbl.tenancy.scope import district
from wbl.todo.models import Todo

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(clock, in_cedar, people, ray, acme, smtp) -> Message:
    message = Message.write(
        kind="partners.letter",
        record=acme,
        recipient=ray,
        subject="Tour?",
        body="When?",
        by=people.coordinator,
        step="1",
    )
    deliver.deliver()
    message.refresh_from_db()
    assert message.state == "sent"
    return message


def answer(message: Message, sender: str = "Ray <ray@acme.example>", text: str = "Friday.", **headers: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "coordinator@example.org", "Re: Tour?"
    mail["Message-ID"] = headers.pop("id", "<one@acme.example>")
    mail["In-Reply-To"] = message.message_id
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return bytes(mail)


def test_an_answer_is_on_the_timeline_without_what_it_quotes(sent, acme):
    receive(answer(sent, text="Friday is fine.\n\nOn Mon, Oct 5, 2026 Marisol Tate wrote:\n> When?\n> Or not?"))
    entry = TimelineEntry.objects.get(organization=acme, kind="mail_in")
    assert (entry.contact.name, entry.summary, entry.body) == ("Ray Halvorsen", "Re: Tour?", "Friday is fine.")
    assert entry.quoted == "On Mon, Oct 5, 2026 Marisol Tate wrote:\n> When?\n> Or not?"
    assert [e.what for e in sent.trail()] == ["planned", "sent", "reply"]


def test_on_the_partners_page_the_quote_is_folded_and_the_whole_mail_one_step_away(sent, acme, sign_in, people):
    receive(answer(sent, text="Friday is fine.\n\nOn Mon, Oct 5, 2026 Marisol Tate wrote:\n> When?"))
    page = " ".join(sign_in(people.coordinator).get(f"/cedar/partners/{acme.pk}/").content.decode().split())
    folded = page.split("<summary>What they quoted</summary>")[1].split("</details>")[0]
    assert "&gt; When?" in folded and page.count("&gt; When?") == 1
    assert f'href="/cedar/mail/messages/{sent.pk}/"' in page


def test_an_answer_is_read_from_today_and_answered_where_it_is_read(sent, acme, ray, sign_in, people):
    receive(answer(sent, text="Friday is fine.\n\nOn Mon, Oct 5, 2026 Marisol Tate wrote:\n> When?"))
    marisol, entry = sign_in(people.coordinator), TimelineEntry.objects.get(kind="mail_in")
    row = " ".join(marisol.get("/cedar/").content.decode().split()).split("Read the answer of Ray: Re: Tour?")[1]
    read = re.search(r'href="([^"]+)" >Read</a>', row)[1]
    assert "Friday is fine." in row.split("</li>")[0] and "Log it" not in row.split("</li>")[0]
    place = marisol.get(read)
    assert place.url == f"/cedar/partners/{acme.pk}/?show=mail&open={entry.pk}#entry-{entry.pk}"
    page = marisol.get(place.url).content.decode()
    assert page.count('<details class="behind" open>') == 1
    assert 'class="timeline__text prewrap">Friday is fine.' in page, "its lines stay lines"
    here = f"/cedar/mail/write/?contact={ray.pk}&amp;re={sent.pk}"
    assert here in page and here in marisol.get(f"/cedar/mail/messages/{sent.pk}/").content.decode()
    letter = marisol.get(here.replace("&amp;", "&")).content.decode()
    assert 'value="Re: Tour?"' in letter and f'name="re" value="{sent.pk}"' in letter
    form = {"contact": ray.pk, "re": sent.pk, "subject": "Re: Tour?", "body": "See you.", "once": "1"}
    assert marisol.post("/cedar/mail/write/", {**form, "category": "requests", "preview": "1"}).status_code == 200
    assert Todo.objects.open().count() == 1
    marisol.post("/cedar/mail/write/", {**form, "category": "requests"})
    assert not Todo.objects.open().exists()


def test_the_same_answer_twice_is_one(sent, acme):
    first, second = receive(answer(sent)), receive(answer(sent))
    assert first == second
    assert TimelineEntry.objects.filter(kind="mail_in").count() == 1


def test_an_answer_from_somebody_else_is_filed_as_such(sent, acme):
    filed = receive(answer(sent, sender="Someone <x@elsewhere.example>"))
    entry = TimelineEntry.objects.get(organization=acme, kind="mail_in")
    assert filed.kind == "other"
    assert (entry.contact, entry.summary) == (None, "Re: Tour? from Someone, not Ray Halvorsen")


def test_another_address_of_the_same_person_is_theirs(sent, ray):
    type(ray).objects.update(other_emails="RAY.H@home.example; x@y.example")
    assert receive(answer(sent, sender="ray.h@HOME.example")).kind == "reply"


def test_a_vacation_notice_is_no_answer(sent, acme):
    filed = receive(answer(sent, Auto_Submitted="auto-replied"))
    assert filed.kind == "automatic"
    assert not TimelineEntry.objects.filter(kind="mail_in").exists()


def test_a_reply_address_finds_its_message_without_any_message_id(sent, cedar):
    with override_settings(WBL_INBOUND_DOMAIN="in.example.org"):
        from wbl.mail import addresses

        mail = EmailMessage()
        mail["From"], mail["To"] = "ray@acme.example", addresses.reply_address(cedar.pk, sent.token)
        mail.set_content("Yes")
        assert receive(bytes(mail)).message == sent


def test_what_answers_nothing_of_ours_is_left_alone(sent, rival):
    forged = EmailMessage()
    forged["From"], forged["In-Reply-To"] = "ray@acme.example", f"<wbl.{rival.pk}.{sent.token}@localhost>"
    forged.set_content("x")
    assert receive(bytes(forged)) is None
    assert receive(b"\xff\xfe not a mail") is None
    with district(rival):
        assert not IncomingMail.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"Content-Type: text/plain; charset=klingon\r\n\r\nHello",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nHello",
        b"Content-Type: text/html\r\n\r\n<p>Hello<script>x</script>",
        b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!SGVsbG8=",
    ],
)
def test_broken_mail_is_filed_as_well_as_it_can_be(sent, body):
    filed = receive(b"From: ray@acme.example\r\nIn-Reply-To: " + sent.message_id.encode() + b"\r\n" + body)
    assert (filed is not None and "Hello" in filed.text) or body.startswith(b"Content-Type: text/plain; charset=utf-8")


def test_what_no_database_or_screen_takes_is_left_out_of_an_answer(sent):
    raw = answer(sent, text="Friday\x00 is\x07 fine.\n\tDoor 3", id="<odd@acme.example>")
    raw = raw.replace(b"Ray <ray@", b"=?utf-8?q?R=00a=07y?= <ray@").replace(
        b"Re: Tour?", b"=?utf-8?q?Re:=00_T=0Cour=3F?="
    )
    filed = receive(raw)
    assert (filed.from_name, filed.subject, filed.text) == ("Ray", "Re: Tour?", "Friday is fine.\n\tDoor 3")


class TestTheMailOfThisMachine:
    """The pages under `up`: list, one mail, and the box that answers."""

    @pytest.fixture
    def kept(self, sent, smtp, settings, tmp_path):
        settings.WBL_LOCAL_DIR = tmp_path
        settings.ROOT_URLCONF = "tests.mail.urls_under_up"
        (tmp_path / "mail").mkdir()
        (tmp_path / "mail" / "1.eml").write_bytes(bytes(smtp.messages[0]))
        return Client()

    def test_a_mail_is_listed_read_and_answered(self, kept, acme, cedar):
        assert "Tour?" in kept.get("/local/mail/").content.decode()
        page = kept.get("/local/mail/1.eml/").content.decode()
        assert "Ray Halvorsen" in page
        frame = kept.get("/local/mail/1.eml/html/")
        assert "When?" in frame.content.decode() and "sandbox" in frame["Content-Security-Policy"]
        form = {"sender": "Ray Halvorsen <ray@acme.example>", "text": "Monday!"}
        assert kept.post("/local/mail/1.eml/", form).status_code == 302
        with district(cedar):
            assert TimelineEntry.objects.get(kind="mail_in").body == "Monday!"

    @pytest.mark.parametrize("name", ["..%2f..%2fsecret.eml", ".1.eml", "2.eml", "1.txt"])
    def test_nothing_else_is_read(self, kept, name):
        assert kept.get(f"/local/mail/{name}/").status_code == 404

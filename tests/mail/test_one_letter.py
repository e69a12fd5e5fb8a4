"""One mail by hand: from a template, with files, at a time."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from wbl.mail import deliver
from wbl.mail.models import Message, OptOut

pytestmark = pytest.mark.django_db
LETTER = {"subject": "Hello", "body": "Two **judges**?", "category": "requests", "once": "abc"}


@pytest.fixture
def marisol(sign_in, people):
    return sign_in(people.coordinator)


def test_a_letter_begins_with_a_template_filled_for_its_reader(marisol, ray):
    page = marisol.get(f"/cedar/mail/write/?contact={ray.pk}&template=partners.hello")
    begun = page.context["form"].initial
    assert begun["subject"] == "Students who want to see Acme Manufacturing, Inc."
    assert begun["body"].startswith("Hello Ray,") and "{{" not in begun["body"]
    assert marisol.get(f"/cedar/mail/write/?contact={ray.pk}&template=no.such").status_code == 404


def test_a_plain_letter_is_no_ask_and_one_that_asks_is_a_request(marisol, ray, acme, in_cedar, people):
    acme.record(kind="call", summary="Judges?", asked_for="tour", contact=ray, by=people.admin)
    here = f"/cedar/mail/write/?contact={ray.pk}"
    plain = marisol.get(here).context["form"].initial["category"]
    marisol.post(here, {**LETTER, "category": plain})
    assert Message.objects.get().category == "reminders"
    assert marisol.get(f"{here}&asked_for=tour").context["form"].initial["category"] == "requests"
    asks = {"category": plain, "asked_for": "tour", "ask_anyway": "on", "ask_reason": "Invited", "once": "other"}
    marisol.post(here, {**LETTER, **asks})
    assert Message.objects.latest("pk").category == "requests"


@pytest.mark.parametrize("written", ["{{ name }}", "{{ contact.called|you }}"])
@pytest.mark.parametrize("part", ["subject", "body"])
def test_a_field_that_nobody_would_fill_is_refused(marisol, ray, in_cedar, part, written):
    letter = {**LETTER, "category": "reminders", part: f"Dear {written}"}
    page = marisol.post(f"/cedar/mail/write/?contact={ray.pk}", letter).content.decode()
    name = "name" if "name" in written else "contact.called"
    assert f"There is no field “{name}” in a mail written by hand." in page
    assert not Message.objects.exists()
    marisol.post(f"/cedar/mail/write/?contact={ray.pk}", {**letter, part: "The set {{1, 2}} is a set"})
    assert Message.objects.exists()


def test_files_survive_the_preview_and_go_along(marisol, ray, smtp, clock, in_cedar):
    form = {**LETTER, "contact": ray.pk}
    upload = SimpleUploadedFile("map.pdf", b"%PDF-1.4 " + b"x" * 3000, "application/pdf")
    shown = marisol.post("/cedar/mail/write/", {**form, "preview": "1", "uploads": [upload]})
    assert "map.pdf" in shown.content.decode() and "<strong>judges</strong>" in shown.content.decode()
    marisol.post("/cedar/mail/write/", {**form, "kept": shown.context["form"].data["kept"]})
    assert deliver.deliver().sent == 1
    [mail] = smtp.messages
    [part] = [p for p in mail.iter_attachments() if p.get_filename()]
    assert (part.get_filename(), part.get_content_type(), len(part.get_content())) == (
        "map.pdf",
        "application/pdf",
        3009,
    )
    page = marisol.get(f"/cedar/mail/messages/{Message.objects.get().pk}/").content.decode()
    assert "map.pdf" in page


@pytest.mark.parametrize(
    ("count", "size", "said"), [(6, 10, "At most 5 files."), (2, 5_100_000, "more than 10 MB together")]
)
def test_too_many_or_too_large_files_are_refused_and_nothing_is_kept(marisol, ray, in_cedar, count, size, said):
    from wbl.files.models import StoredFile

    files = [SimpleUploadedFile(f"{n}.txt", b"x" * size) for n in range(count)]
    page = marisol.post("/cedar/mail/write/", {**LETTER, "contact": ray.pk, "uploads": files})
    assert said in page.content.decode()
    assert not StoredFile.objects.exists() and not Message.objects.exists()


def test_a_letter_waits_for_its_hour_in_the_districts_zone_and_a_past_one_is_refused(
    marisol, ray, smtp, clock, in_cedar
):
    past = marisol.post("/cedar/mail/write/", {**LETTER, "contact": ray.pk, "send_at": "2026-10-05T09:00"})
    assert "This has passed (America/Chicago time)." in past.content.decode()
    marisol.post("/cedar/mail/write/", {**LETTER, "contact": ray.pk, "send_at": "2026-10-06T07:15"})
    message = Message.objects.get()
    assert (message.state, message.due_at) == ("planned", dt.datetime(2026, 10, 6, 12, 15, tzinfo=dt.UTC))
    assert deliver.deliver().sent == 0
    clock.move_to(dt.datetime(2026, 10, 6, 12, 16, tzinfo=dt.UTC))
    assert deliver.deliver().sent == 1


def test_the_coming_days_of_one_person_stand_in_the_ledger(marisol, rule, follow_up, ray, acme):
    follow_up(dt.date(2026, 10, 7))
    page = marisol.get(f"/cedar/mail/?about=partners.contact:{ray.pk}").content.decode()
    assert "1 would go out" in " ".join(page.split()) and "Follow up about the job shadows" in page
    assert "0 planned" in marisol.get("/cedar/mail/?about=partners.contact:999999").content.decode()


def test_one_begins_with_the_people_one_wrote_to_lately(marisol, in_cedar, ray, smtp):
    assert "You wrote to them lately" not in marisol.get("/cedar/mail/write/").content.decode()
    marisol.post(f"/cedar/mail/write/?contact={ray.pk}", {**LETTER, "ask_anyway": "on", "ask_reason": "Invited"})
    page = marisol.get("/cedar/mail/write/").content.decode()
    assert "You wrote to them lately" in page and f'href="?contact={ray.pk}"' in page
    assert "You wrote to them lately" not in marisol.get("/cedar/mail/write/?q=nobody").content.decode()
    assert "Nobody found" in marisol.get("/cedar/mail/write/?q=nobody").content.decode()


def test_a_letter_for_later_can_be_undone(marisol, ray, in_cedar):
    on = in_cedar.today() + dt.timedelta(7)
    form = {**LETTER, "send_at": f"{on}T10:00", "anyway": "on", "ask_anyway": "on", "ask_reason": "Invited"}
    page = marisol.post(f"/cedar/mail/write/?contact={ray.pk}", form, follow=True).content.decode()
    message = Message.objects.get()
    undo = f"/cedar/mail/messages/{message.pk}/cancellation/"
    assert undo in page[page.index('id="toasts"') :]
    marisol.post(undo)
    message.refresh_from_db()
    assert message.state == "cancelled"


def test_a_letter_that_would_be_withheld_is_not_promised_and_what_to_do_is_said(marisol, ray, acme, clock, in_cedar):
    OptOut.stop(email=ray.email, category="requests")
    page = marisol.get(f"/cedar/mail/write/?contact={ray.pk}&asked_for=tour").content.decode()
    assert f'href="/cedar/mail/write/?partner={acme.pk}"' in page and "Call" in page
    sent = marisol.post("/cedar/mail/write/", {**LETTER, "contact": ray.pk}, follow=True).content.decode()
    assert "Written down, not sent. Opted out of requests for help on Oct 5." in sent and "within a minute" not in sent


def test_an_odd_hour_is_asked_about_once(marisol, ray, clock, in_cedar):
    form = {**LETTER, "contact": ray.pk, "send_at": "2026-10-10T21:30"}
    asked = marisol.post("/cedar/mail/write/", form).content.decode()
    assert "Saturday, October 10 is no school day." in asked and "quiet hours" in asked
    assert 'type="checkbox" name="anyway"' in asked and not Message.objects.exists()
    marisol.post("/cedar/mail/write/", {**form, "anyway": "on"})
    assert Message.objects.get().state == "planned"


def test_an_attached_file_is_taken_off_again(marisol, ray, clock, in_cedar):
    form = {**LETTER, "contact": ray.pk}
    files = [SimpleUploadedFile(name, b"x", "text/plain") for name in ("map.txt", "wrong.txt")]
    shown = marisol.post("/cedar/mail/write/", {**form, "preview": "1", "uploads": files})
    page, kept = shown.content.decode(), shown.context["form"].data["kept"]
    assert page.index("would get it") < page.index(">Preview</button>"), "the preview stands above the buttons"
    wrong = next(file for file in shown.context["attached"] if file.name == "wrong.txt")
    shown = marisol.post("/cedar/mail/write/", {**form, "kept": kept, "drop": wrong.pk})
    assert "wrong.txt" not in shown.content.decode() and not Message.objects.exists()
    marisol.post("/cedar/mail/write/", {**form, "kept": shown.context["form"].data["kept"]})
    assert [file.name for file in Message.objects.get().files] == ["map.txt"]


def test_a_letter_that_waits_stands_on_the_partners_page(marisol, ray, acme, clock, in_cedar):
    page = f"/cedar/partners/{acme.pk}/"
    assert "planned for" not in marisol.get(page).content.decode()
    marisol.post("/cedar/mail/write/", {**LETTER, "contact": ray.pk, "send_at": "2026-10-06T10:00"})
    shown = " ".join(marisol.get(page).content.decode().split())
    assert "Mail to Ray Halvorsen planned for" in shown
    assert f'href="/cedar/mail/messages/{Message.objects.get().pk}/"' in shown

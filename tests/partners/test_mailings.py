"""One mail to many partners: seen first, tried, capped, watched, stopped."""

import datetime as dt
import re
import threading

import pytest
import time_machine
from django.db import connection

from partners.mailings import sending
from partners.models import Contact, Mailing, Organization
from wbl.mail import deliver
from wbl.mail.models import MailSettings, Message, OptOut
from wbl.mail.post import Post
from wbl.saved.models import SavedView
from wbl.tenancy.models import NonSchoolDay
from wbl.tenancy.scope import district

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 10, 5, 15, 0, tzinfo=dt.UTC)
WORDS = {
    "category": "announcements",
    "subject": "News for {{ organization.name }}",
    "body": "Hello **{{ contact.called }}**",
}


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def smtp(live_smtp, settings):
    options = {"host": live_smtp.host, "port": live_smtp.port, "timeout": 10}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    return live_smtp


@pytest.fixture
def marisol(sign_in, people):
    return sign_in(people.coordinator)


@pytest.fixture
def three(clock, in_cedar, acme, people) -> list[Organization]:
    """Acme with Ray, Bolt with Bea, Cobalt with nobody."""
    bolt = Organization.objects.create(name="Bolt Works", owner=people.coordinator)
    Contact.objects.create(organization=bolt, name="Bea Bolt", email="bea@bolt.example")
    return [acme, bolt, Organization.objects.create(name="Cobalt")]


def draft(marisol, rows) -> Mailing:
    assert marisol.post("/cedar/partners/mailings/new/", {**WORDS, "rows": [o.pk for o in rows]}).status_code == 302
    return Mailing.objects.latest("pk")


def states(mailing: Mailing) -> dict[str, str]:
    return {m.about_label: f"{m.state} {m.reason}".strip() for m in mailing.messages}


def test_one_sees_who_gets_it_tries_it_and_sends_it_once(marisol, three, smtp, people):
    page = marisol.post("/cedar/partners/mailings/new/", {"rows": [o.pk for o in three]}).content.decode()
    assert "One mail to 3 partners" in page
    made = draft(marisol, three)
    page = marisol.get(f"/cedar/partners/mailings/{made.pk}/?reader={three[1].pk}").content.decode()
    assert (
        "<strong>Bea</strong>" in page
        and "2 would get it, 1 would not" in page
        and "No email address is on file." in page
    )
    marisol.post(f"/cedar/partners/mailings/{made.pk}/test/")
    assert deliver.deliver().sent == 1 and smtp.messages[0]["To"].endswith(f"<{people.coordinator.email}>")
    assert smtp.messages[0]["Subject"] == "[Test] News for Acme Manufacturing, Inc."
    for _ in range(2):
        marisol.post(f"/cedar/partners/mailings/{made.pk}/dispatch/")
    deliver.deliver()
    assert states(made) == {
        "Acme Manufacturing, Inc.": "sent",
        "Bolt Works": "sent",
        "Cobalt": "withheld No email address is on file. No call was put on a list for an announcement.",
    }
    mails = {m["Subject"]: m for m in smtp.messages[1:]}
    assert "List-Unsubscribe" in mails["News for Bolt Works"] and len(mails) == 2
    page = marisol.get(f"/cedar/partners/mailings/{made.pk}/").content.decode()
    words = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    assert "2 of 3 went out" in words and "1 withheld, each with its reason" in words
    assert f'about=partners.mailing:{made.pk}&amp;show=withheld"' in page, "each number opens its rows"
    assert "2 of 3" in marisol.get("/cedar/partners/mailings/").content.decode()


def test_no_partner_gets_more_announcements_than_the_district_says(marisol, three, smtp, clock, sign_in, people):
    MailSettings(most=1, within_days=30).save()
    first, second = draft(marisol, three[:1]), draft(marisol, three[:2])
    for made in (first, second):  # both due in one batch
        marisol.post(f"/cedar/partners/mailings/{made.pk}/dispatch/")
    deliver.deliver()
    assert sorted(m.state for m in Message.objects.all()) == ["sent", "sent", "withheld"]
    assert states(second)["Acme Manufacturing, Inc."].startswith(
        "withheld They had 1 announcement in 30 days; 1 may come."
    )
    clock.move_to(MONDAY + dt.timedelta(31))
    marisol = sign_in(people.coordinator)  # the session is over
    third = draft(marisol, three[:1])
    marisol.post(f"/cedar/partners/mailings/{third.pk}/dispatch/")
    deliver.deliver()
    assert states(third) == {"Acme Manufacturing, Inc.": "sent"}


def test_who_gets_it_is_shown_first_and_who_will_not_with_the_reason(marisol, three):
    made = draft(marisol, [three[2], three[1]])
    OptOut.stop(email="bea@bolt.example", category="announcements")
    page = " ".join(marisol.get(f"/cedar/partners/mailings/{made.pk}/").content.decode().split())
    assert "0 would get it, 2 would not" in page and "will not get it" in page
    OptOut.choose(email="bea@bolt.example", stopped=())
    page = " ".join(marisol.get(f"/cedar/partners/mailings/{made.pk}/").content.decode().split())
    assert "As Bea Bolt would get it" in page
    page = " ".join(marisol.get(f"/cedar/partners/mailings/{made.pk}/?reader={three[2].pk}").content.decode().split())
    assert "As Cobalt will not get it" in page and "No email address is on file." in page


def test_where_the_first_contact_may_not_get_it_the_next_who_may_does(marisol, three, smtp):
    bolt = three[1]
    Contact.objects.filter(organization=bolt).update(prefers="phone")
    Contact.objects.create(organization=bolt, name="Bo Left", email="bo@bolt.example", left_on=dt.date(2026, 9, 1))
    out = Contact.objects.create(organization=bolt, name="Una Out", email="una@bolt.example")
    OptOut.stop(email=out.email, category="announcements")
    Contact.objects.create(organization=bolt, name="Pat Umber", email="pat@bolt.example")
    made = draft(marisol, three)
    page = " ".join(marisol.get(f"/cedar/partners/mailings/{made.pk}/").content.decode().split())
    assert "2 would get it, 1 would not" in page and "In place of Bea Bolt: Bea prefers" in page
    assert "Send 2 mails, one to each partner" in page
    shown = marisol.post(
        f"/cedar/partners/mailings/{made.pk}/dispatch/", {"send_at": "2026-10-06T10:00"}, follow=True
    ).content.decode()
    words = " ".join(re.sub(r"<[^>]*>", " ", shown).split())
    assert "2 mails will go out" in words and "1 is withheld, each with its reason." in words
    assert "Hello Una" not in words and "Hello Ray" in words and "{{" not in words and "**" not in words
    assert "2 mails wait for" in words and "1 more would be withheld" in words
    mail = made.messages.get(about_id=bolt.pk)
    assert mail.to_email == "pat@bolt.example" and "In place of Bea Bolt" in mail.because


@pytest.mark.parametrize(
    ("at", "why"),
    [
        ("2026-10-11T10:00", "Sunday, October 11 is no school day."),
        ("2026-10-12T10:00", "Monday, October 12 is no school day (Fall break)."),
        ("2026-10-06T22:30", "10:30 pm lies in the quiet hours"),
    ],
)
def test_an_hour_that_may_come_amiss_is_asked_about_once(marisol, three, at, why):
    NonSchoolDay.objects.create(name="Fall break", first_day=dt.date(2026, 10, 12), last_day=dt.date(2026, 10, 12))
    made = draft(marisol, three[:1])
    page = marisol.post(f"/cedar/partners/mailings/{made.pk}/dispatch/", {"send_at": at})
    assert page.status_code == 422 and why in page.content.decode() and at in page.content.decode()
    assert f'action="/cedar/partners/mailings/{made.pk}/"' in page.content.decode(), (
        "the text is saved where it belongs"
    )
    assert Mailing.objects.get(pk=made.pk).is_draft
    marisol.post(f"/cedar/partners/mailings/{made.pk}/dispatch/", {"send_at": at, "anyway": "on"})
    assert not Mailing.objects.get(pk=made.pk).is_draft


def test_on_a_sunday_the_next_good_hour_is_offered_and_now_is_asked_about(marisol, three, clock, sign_in, people):
    made = draft(marisol, three[:1])
    clock.move_to(MONDAY + dt.timedelta(6))
    marisol = sign_in(people.coordinator)
    page = marisol.get(f"/cedar/partners/mailings/{made.pk}/").content.decode()
    assert "Sunday, October 11 is no school day." in page and 'value="2026-10-12T09:00"' in page
    assert marisol.post(f"/cedar/partners/mailings/{made.pk}/dispatch/").status_code == 422


def test_a_scheduled_one_says_that_it_waits_and_the_toast_takes_it_back(marisol, three):
    made = draft(marisol, three[:2])
    marisol.post(f"/cedar/partners/mailings/{made.pk}/dispatch/", {"send_at": "2026-10-06T09:00"})
    page = " ".join(marisol.get(f"/cedar/partners/mailings/{made.pk}/").content.decode().split())
    assert "Nothing has gone out yet: <b>2 mails</b> wait for tue 9:00 am." in page.replace("Tue", "tue")
    assert "2 mails will go out Tue 9:00 am." in page and f"/cedar/partners/mailings/{made.pk}/stop/" in page
    assert "not yet" in marisol.get("/cedar/partners/mailings/").content.decode()
    marisol.post(f"/cedar/partners/mailings/{made.pk}/dispatch/", {"send_at": "2026-10-08T09:00"})
    assert Mailing.objects.get(pk=made.pk).send_at.day == 6, "it was sent already"


def test_a_draft_is_discarded_and_brought_back_but_not_once_it_is_sent(marisol, three):
    made, url = draft(marisol, three[:1]), "/cedar/partners/mailings/"
    marisol.post(f"{url}{made.pk}/removal/")
    assert marisol.get(f"{url}{made.pk}/").status_code == 404
    assert marisol.post(f"{url}{made.pk}/dispatch/").status_code == 404 and not Message.objects.exists()
    marisol.post(f"{url}{made.pk}/return/")
    marisol.post(f"{url}{made.pk}/dispatch/")
    marisol.post(f"{url}{made.pk}/removal/")
    assert marisol.get(f"{url}{made.pk}/").status_code == 200 and Message.objects.count() == 1


def test_one_mails_to_a_saved_view(marisol, three, people):
    three[1].move_to(stage="active", by=None)
    SavedView.objects.create(list="partners", name="Working with us", query="stage=active", owner=people.coordinator)
    page = marisol.get("/cedar/partners/mailings/").content.decode()
    assert "Working with us" in page and "/cedar/partners/mailings/new/?stage=active" in page
    assert "One mail to 1 partner" in marisol.get("/cedar/partners/mailings/new/?stage=active").content.decode()


def test_it_waits_for_its_hour_and_is_stopped_in_the_middle(marisol, three, smtp, clock):
    made = draft(marisol, three[:2])
    OptOut.stop(email="bea@bolt.example", category="announcements")
    marisol.post(f"/cedar/partners/mailings/{made.pk}/dispatch/", {"send_at": "2026-10-05T09:00"})
    assert Mailing.objects.get(pk=made.pk).is_draft, "a past hour sends nothing"
    marisol.post(f"/cedar/partners/mailings/{made.pk}/dispatch/", {"send_at": "2026-10-06T07:00"})
    assert deliver.deliver().sent == 0
    marisol.post(f"/cedar/partners/mailings/{made.pk}/stop/")
    clock.move_to(MONDAY + dt.timedelta(1))
    assert deliver.deliver().sent == 0
    assert states(made) == {
        "Acme Manufacturing, Inc.": "cancelled Marisol Tate stopped it.",
        "Bolt Works": "withheld Opted out of announcements on Oct 5.",
    }


def test_all_of_a_filtered_list_is_chosen_by_its_address(marisol, three):
    three[1].move_to(stage="active", by=None)
    page = marisol.get("/cedar/partners/mailings/new/?stage=active").content.decode()
    assert "One mail to 1 partner" in page
    marisol.post("/cedar/partners/mailings/new/", {**WORDS, "query": "stage=active"})
    assert Mailing.objects.get().organization_ids == [three[1].pk]


def test_a_field_that_may_be_empty_is_refused(marisol, three):
    page = marisol.post(
        "/cedar/partners/mailings/new/", {**WORDS, "body": "{{ contact.title }}", "rows": [three[0].pk]}
    )
    assert "may be empty" in page.content.decode() and not Mailing.objects.exists()


def test_partners_without_an_address_are_withheld_one_by_one(marisol, three, smtp):
    silent = [three[2], Organization.objects.create(name="Dormant"), Organization.objects.create(name="Elm")]
    made = draft(marisol, silent)
    marisol.post(f"/cedar/partners/mailings/{made.pk}/dispatch/")
    deliver.deliver()
    assert {name: said.split()[0] for name, said in states(made).items()} == dict.fromkeys(
        ["Cobalt", "Dormant", "Elm"], "withheld"
    )


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_one_instant_do_not_exceed_the_cap(cedar, people, clock, smtp, monkeypatch):
    """While one has an announcement in its hands, another takes up a second one to the same partner."""
    monkeypatch.setattr(sending.deliver, "delay_on_commit", lambda: None)
    monkeypatch.setattr(deliver, "BATCH", 1)
    send, beside = Post.send, []

    def send_while_another_works(post, message, mail):
        if not beside:
            beside.append(threading.Thread(target=another_worker, args=(cedar,)))
            beside[0].start()
            beside[0].join(20)
        send(post, message, mail)

    monkeypatch.setattr(Post, "send", send_while_another_works)
    with district(cedar):
        MailSettings(most=1, within_days=30).save()
        bolt = Organization.objects.create(name="Bolt Works", owner=people.coordinator)
        Contact.objects.create(organization=bolt, name="Bea Bolt", email="bea@bolt.example")
        for _ in range(2):
            news = Mailing.objects.create(
                subject="News", body="Hello", by=people.coordinator, organization_ids=[bolt.pk]
            )
            sending.dispatch(news, send_at=None, by=people.coordinator)
        deliver.deliver()
        assert sorted(Message.objects.values_list("state", flat=True)) == ["due", "sent"]
        clock.shift(dt.timedelta(minutes=1))
        deliver.deliver()
        assert sorted(Message.objects.values_list("state", flat=True)) == ["sent", "withheld"]


def another_worker(where) -> None:
    with district(where):
        deliver.deliver()
    connection.close()


def test_a_stopped_announcement_leaves_the_withheld_as_withheld_and_is_copied_as_a_draft(marisol, three):
    made = draft(marisol, three)
    marisol.post(f"/cedar/partners/mailings/{made.pk}/dispatch/", {"send_at": "2026-10-06T10:00"})
    shown = marisol.post(f"/cedar/partners/mailings/{made.pk}/stop/", follow=True).content.decode()
    words = " ".join(re.sub(r"<[^>]*>", " ", shown).split())
    assert "2 mails were not out yet" in words and "2 canceled" in words and "1 withheld" in words
    assert states(made)["Cobalt"] == "withheld No email address is on file."
    assert "Copy as a new draft" in words
    marisol.post(f"/cedar/partners/mailings/{made.pk}/copy/")
    copied = Mailing.objects.latest("pk")
    assert copied.is_draft and copied.pk != made.pk and copied.stopped_at is None
    assert (copied.subject, copied.body, copied.organization_ids) == (made.subject, made.body, made.organization_ids)


def test_send_now_asks_before_it_goes_past_the_cap(marisol, three, smtp, clock):
    MailSettings(most=1, within_days=30).save()
    for made in (draft(marisol, three[:1]), draft(marisol, three[:1])):
        marisol.post(f"/cedar/partners/mailings/{made.pk}/dispatch/")
    deliver.deliver()
    held = Message.objects.get(state="withheld")
    url = f"/cedar/mail/messages/{held.pk}/dispatch/"
    asked = marisol.post(url).content.decode()
    assert "They had 1 announcement in 30 days; 1 may come. Send it all the same?" in asked
    marisol.post(url, {"anyway": "1"})
    clock.shift(dt.timedelta(minutes=1))
    assert deliver.deliver().sent == 1


def test_the_letter_of_one_to_come_is_of_somebody_who_will_get_it(marisol, three):
    OptOut.stop(email="ray@acme.example", category="announcements")
    made = draft(marisol, three[:2])
    shown = marisol.post(
        f"/cedar/partners/mailings/{made.pk}/dispatch/", {"send_at": "2026-10-06T10:00"}, follow=True
    ).content.decode()
    assert "To Bea Bolt; the others’ differ in names" in " ".join(shown.split())


def test_the_button_says_that_a_mail_is_scheduled_where_an_hour_stands(marisol, three, clock):
    page = f"/cedar/partners/mailings/{draft(marisol, three).pk}/"
    assert "Send 2 mails" in " ".join(marisol.get(page).content.decode().split())
    NonSchoolDay.objects.create(name="Fair day", first_day=dt.date(2026, 10, 5), last_day=dt.date(2026, 10, 5))
    shown = " ".join(marisol.get(page).content.decode().split())
    assert "Schedule 2 mails for this hour, one to each partner" in shown

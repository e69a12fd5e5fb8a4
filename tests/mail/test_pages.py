"""Mail's pages, as people use them."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partners.models import TimelineEntry
from wbl.mail import addresses, deliver, planner, preview
from wbl.mail.models import Message, OptOut, Rule, Suppression
from wbl.mail.models.stops import bounce_in_words
from wbl.tenancy.models import NonSchoolDay
from wbl.tenancy.scope import district

pytestmark = pytest.mark.django_db
WED = dt.date(2026, 10, 7)
NASTY = "<script>alert('x')</script> {{ 7*7 }} {% now %} & \"quotes\" ✓ \u202etest"


@pytest.fixture
def marisol(sign_in, people) -> Client:
    return sign_in(people.coordinator)


def test_a_letter_goes_through_ledger_and_timeline_with_its_words_as_typed(marisol, ray, smtp, acme, cedar):
    page = marisol.get(f"/cedar/mail/write/?contact={ray.pk}")
    form = {"subject": NASTY, "body": f"Hello,\n\n{NASTY}\n  indented", "category": "requests"}
    form["once"] = page.context["form"].initial["once"]
    shown = marisol.post(page.request["PATH_INFO"] + f"?contact={ray.pk}", {**form, "preview": "1"})
    with district(cedar):
        assert not Message.objects.exists()
    assert "&lt;script&gt;alert" in shown.content.decode()
    for _ in range(2):  # two clicks are one mail
        assert marisol.post(f"/cedar/mail/write/?contact={ray.pk}", form).status_code in (302, 303)
    with district(cedar):
        deliver.deliver()
        message = Message.objects.get()
        entry = TimelineEntry.objects.get(organization=acme)
    [mail] = smtp.messages
    assert mail["Subject"] == NASTY
    assert f"Hello,\n\n{NASTY}\n  indented" in mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert "<script>" not in mail.get_body(("html",)).get_content()
    assert (entry.summary, entry.body, entry.by) == (NASTY, form["body"], message.by)
    page = marisol.get(f"/cedar/mail/messages/{message.pk}/")
    assert page.status_code == 200 and "<script>alert" not in page.content.decode()


def test_the_message_page_and_its_html_show_what_would_be_sent(marisol, rule, follow_up, ray):
    follow_up(WED)
    planner.plan()
    message = Message.objects.get()
    page = marisol.get(f"/cedar/mail/messages/{message.pk}/").content.decode()
    assert "Hello Ray," in page and "What will be sent" in page
    frame = marisol.get(f"/cedar/mail/messages/{message.pk}/html/")
    assert "Hello Ray," in frame.content.decode()
    assert "default-src 'none'" in frame["Content-Security-Policy"] and "sandbox" in frame["Content-Security-Policy"]
    message.refresh_from_db()
    assert message.text == ""


def test_a_rule_is_read_tried_edited_and_switched_on(marisol, clock, follow_up, ray, in_cedar):
    todo = follow_up(WED)
    page = marisol.get("/cedar/mail/rules/partners.follow_up_due/")
    assert not Rule.objects.exists(), "looking writes nothing"
    assert "Hello Ray," in page.content.decode()
    form = {
        "subject": "About {{ topic|us }}",
        "body": "Dear {{ contact.name }}, hello.",
        "when": "on the day",
        "hour": "09:30",
    }
    tried = marisol.post("/cedar/mail/rules/partners.follow_up_due/preview/", {**form, "record": todo.pk})
    assert "Dear Ray Halvorsen, hello." in tried.content.decode() and not Rule.objects.exists()
    marisol.post("/cedar/mail/rules/partners.follow_up_due/", form)
    marisol.post("/cedar/mail/rules/partners.follow_up_due/activation/")
    planner.plan()
    due = in_cedar.local(Message.objects.get().due_at)
    assert (due.hour, due.minute) == (9, 30)
    marisol.post("/cedar/mail/rules/partners.follow_up_due/deactivation/")
    assert Message.objects.get().state == "cancelled"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Dear {{ contact.nickname }}", "There is no field “contact.nickname”."),
        ("About {{ topic }}", "“topic” may be empty: write what stands there then, as {{ topic|words }}."),
        ("Dear {{ contact.called", "There is no field “{{ without }}”."),
        ("{{ }}", "There is no field “”."),
    ],
)
def test_an_unknown_or_empty_field_is_an_error_at_saving(marisol, in_cedar, body, said):
    form = {"subject": "x", "body": body, "when": "on the day", "hour": "09:30"}
    page = marisol.post("/cedar/mail/rules/partners.follow_up_due/", form)
    assert page.status_code == 200 and said in page.context["form"].errors["body"]
    assert not Rule.objects.exists()


def test_why_somebody_did_not_get_a_mail_is_answered_by_a_search(marisol, rule, follow_up, ray, smtp, clock):
    follow_up(WED)
    planner.plan()
    OptOut.stop(email=ray.email, category="reminders")
    clock.move_to(dt.datetime(2026, 10, 7, 14, 0, tzinfo=dt.UTC))
    deliver.deliver()
    for words in ("halvorsen", "ray@acme", "Follow up", "acme"):
        page = marisol.get("/cedar/mail/", {"q": words}).content.decode()
        assert "Opted out of reminders and follow-ups on Oct 5." in page, words
    assert "No mail fits" in marisol.get("/cedar/mail/", {"q": "nobody"}).content.decode()


def test_a_withheld_mail_can_be_sent_by_hand_and_a_planned_one_canceled(marisol, rule, follow_up, ray, smtp, clock):
    follow_up(WED)
    planner.plan()
    type(ray).objects.update(prefers="phone")
    clock.move_to(dt.datetime(2026, 10, 7, 14, 0, tzinfo=dt.UTC))
    deliver.deliver()
    message = Message.objects.get()
    assert message.state == "withheld"
    marisol.post(f"/cedar/mail/messages/{message.pk}/dispatch/")
    planner.plan()
    clock.move_to(dt.datetime(2026, 10, 7, 14, 1, tzinfo=dt.UTC))
    assert deliver.deliver().sent == 1
    marisol.post(f"/cedar/mail/messages/{message.pk}/cancellation/")
    message.refresh_from_db()
    assert message.state == "sent"


def test_pausing_says_so_and_going_on_plans_again(marisol, rule, follow_up, smtp, clock):
    follow_up(WED)
    planner.plan()
    marisol.post("/cedar/mail/pause/")
    page = marisol.get("/cedar/mail/").content.decode()
    toasted = page[page.index('id="toasts"') :]
    assert 'action="/cedar/mail/resumption/"' in toasted and "Undo" in toasted
    assert "All rules are paused since" in page and "0 would go out" in page
    for place in ("/cedar/", "/cedar/mail/", "/cedar/mail/rules/"):
        shown = " ".join(marisol.get(place).content.decode().split())
        assert "All rules are paused since" in shown and "by Marisol" in shown, place
    marisol.post("/cedar/mail/resumption/")
    assert "All rules are paused" not in marisol.get("/cedar/").content.decode().replace(toasted, "")
    assert "1 would go out" in " ".join(marisol.get("/cedar/mail/").content.decode().split())


def test_a_mail_that_a_holiday_moves_says_so_beside_it(marisol, rule, follow_up, cedar):
    NonSchoolDay.objects.create(name="Fall break", first_day=WED, last_day=WED + dt.timedelta(1))
    follow_up(WED)
    planner.plan()
    page = " ".join(marisol.get("/cedar/mail/").content.decode().split())
    assert "Its day was Oct 7: no school until Oct 9." in page
    assert "no school, rules wait" in page
    shown = marisol.get(f"/cedar/mail/messages/{Message.objects.get().pk}/").content.decode()
    assert "Its day was Oct 7: no school until Oct 9." in shown
    NonSchoolDay.objects.all().delete()
    planner.plan()
    assert "Its day was" not in marisol.get("/cedar/mail/").content.decode()


def test_the_frame_of_a_longer_mail_is_higher(marisol, rule, follow_up):
    follow_up(WED)
    planner.plan()
    message = Message.objects.get()
    message.text = "Dear Ray,\n" + "A line.\n" * 10
    short = preview.height_of(message)
    message.text += "One more line.\n" * 20
    assert preview.height_of(message) >= short + 20 * 24


def test_stopping_mail_needs_a_post_and_mail_programs_may_do_it_in_one_click(rule, follow_up, ray, cedar):
    follow_up(WED)
    planner.plan()
    message = Message.objects.get()
    browser, url = Client(enforce_csrf_checks=True), f"/cedar/mail/stop/{addresses.unsubscribe_token(message.pk)}/"
    assert browser.get(url).status_code == 200
    assert not OptOut.objects.exists()
    assert browser.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert OptOut.objects.standing().get().category == "reminders"
    planner.plan()
    message.refresh_from_db()
    assert (message.state, message.reason) == ("planned", "Opted out of reminders and follow-ups on Oct 5.")
    assert browser.get("/cedar/mail/stop/1:forged/").status_code == 404
    assert browser.get(url.replace("cedar", "prairie")).status_code == 404


def test_choices_of_mail_are_made_without_signing_in(rule, follow_up, ray):
    follow_up(WED)
    planner.plan()
    url = f"/cedar/mail/choices/{addresses.unsubscribe_token(Message.objects.get().pk)}/"
    Client().post(url, {"wanted": ["council"]})
    standing = set(OptOut.objects.standing().values_list("category", flat=True))
    assert standing == {"announcements", "requests", "reminders"}
    Client().post(url, {"wanted": ["council", "reminders"]})
    assert set(OptOut.objects.standing().values_list("category", flat=True)) == {"announcements", "requests"}


def test_the_pages_behind_a_mails_links_speak_its_language_and_tell_the_district_in_english(rule, follow_up, ray):
    follow_up(WED)
    planner.plan()
    Message.objects.update(language="es")
    token = addresses.unsubscribe_token(Message.objects.get().pk)
    stop, choices = f"/cedar/mail/stop/{token}/", f"/cedar/mail/choices/{token}/"
    page = Client().get(stop).content.decode()
    assert '<html lang="es"' in page and "Recordatorios y seguimiento" in page and "Stop" not in page
    assert "Guardar" in Client().get(choices).content.decode()
    english = Client()
    english.cookies["django_language"] = "en-us"
    assert "Stop these mails?" in english.get(stop).content.decode(), "who chose a language gets that one"
    Client().post(stop)
    assert OptOut.objects.get().source == "the link in a mail"
    Message.objects.update(language="en-us")
    assert "You get no more of these mails." in Client().get(stop).content.decode()


def test_a_bounced_address_is_lifted_by_a_coordinator(marisol, in_cedar):
    Suppression.add(email="ray@acme.example", detail="550 no such user")
    assert "550 no such user" in marisol.get("/cedar/mail/stops/").content.decode()
    marisol.post(f"/cedar/mail/stops/{Suppression.objects.get().pk}/lifting/")
    assert not Suppression.objects.standing().exists()


def test_the_ledger_asks_as_often_for_one_mail_as_for_three(marisol, rule, follow_up, django_assert_num_queries):
    follow_up(WED)
    planner.plan()
    marisol.get("/cedar/mail/")
    with CaptureQueriesContext(connection) as one:
        marisol.get("/cedar/mail/")
    follow_up(WED, title="A second")
    follow_up(WED, title="A third")
    planner.plan()
    with django_assert_num_queries(len(one)):
        marisol.get("/cedar/mail/")


def test_the_rival_sees_nothing_of_it(sign_in, people, rule, follow_up, cedar):
    follow_up(WED)
    planner.plan()
    message = Message.objects.get()
    rita = sign_in(people.rival_coordinator)
    assert rita.get(f"/cedar/mail/messages/{message.pk}/").status_code == 404
    assert rita.get(f"/prairie/mail/messages/{message.pk}/").status_code == 404
    assert "Ray" not in rita.get("/prairie/mail/").content.decode()
    assert sign_in(people.viewer).get(f"/cedar/mail/messages/{message.pk}/").status_code == 200


def test_an_older_date_says_when_its_mail_was_due(marisol, rule, follow_up, clock):
    rule.offsets = [-20]
    rule.save()
    follow_up(dt.date(2026, 10, 21))
    page = words_of(marisol.get(f"/cedar/mail/rules/{rule.key}/"))
    assert "Mail was due" in page and "Oct 21 Oct 1 Ray" in page


def words_of(page) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page.content.decode()).split())


def test_a_bounce_and_an_opt_out_stand_beside_the_address_where_one_works(marisol, ray, acme, in_cedar, clock):
    page = f"/cedar/partners/{acme.pk}/"
    type(ray).objects.update(email="Ray@Acme.example")
    assert "no mail goes there" not in words_of(marisol.get(page))
    Suppression.add(email=ray.email, detail="smtp; 550 5.1.1")
    OptOut.stop(email=ray.email, category="announcements")
    shown = words_of(marisol.get(page))
    assert "bounced Oct 5: no mail goes there" in shown and "no announcements" in shown
    listed = words_of(marisol.get("/cedar/mail/stops/"))
    assert "The mailbox doesn’t exist" in listed and "Ray Halvorsen" in listed and "(smtp; 550 5.1.1)" in listed
    assert f'href="{page}"' in marisol.get("/cedar/mail/stops/").content.decode()


def test_what_somebody_says_by_phone_is_noted_by_whom_and_when_and_taken_back(marisol, ray, acme, in_cedar, clock):
    url = f"/cedar/mail/stops/note/?contact={ray.pk}"
    assert url in marisol.get(f"/cedar/partners/{acme.pk}/").content.decode()
    form = {"stopped": ["announcements", "reminders"], "how": "by phone"}
    page = marisol.post(url, form, follow=True).content.decode()
    assert "Ray Halvorsen gets no more of: announcements, reminders and follow-ups." in page
    listed = words_of(marisol.get("/cedar/mail/stops/"))
    assert "No announcements since Oct 5, noted by Marisol" in listed.replace("today", "Oct 5") and "by phone" in listed
    undo = re.search(r'action="([^"]*undo=[^"]*)"', page)[1].replace("&amp;", "&")
    marisol.post(undo)
    assert not OptOut.objects.standing().exists()


def test_what_a_person_stopped_alone_a_coordinator_cannot_take_back(marisol, ray, in_cedar, clock):
    url = f"/cedar/mail/stops/note/?contact={ray.pk}"
    marisol.post(url, {"stopped": ["announcements"]})
    OptOut.stop(email=ray.email, category="announcements", source="the link in a mail")
    page = words_of(marisol.get(url))
    assert "They stopped these themselves, and only they take that back: Announcements (Oct 5)." in page
    marisol.post(url, {"stopped": []})
    assert OptOut.objects.standing().get().source == "the link in a mail"


def test_somebody_who_wants_less_mail_is_looked_up_from_the_opt_outs(marisol, ray, in_cedar):
    assert "/cedar/mail/stops/note/" in marisol.get("/cedar/mail/stops/").content.decode()
    page = marisol.get("/cedar/mail/stops/note/?q=halvorsen").content.decode()
    assert "Who wants less mail?" in page and f"?contact={ray.pk}" in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("smtp; 550 5.1.1", "the mailbox doesn’t exist"),
        ("550 no such user", "the mailbox doesn’t exist"),
        ("554 5.1.2 Host unknown", "there is no such mail domain"),
        ("550 5.2.1 account disabled", "the mailbox is switched off"),
        ("The mail provider refused the address", "the mail provider refused the address"),
        ("", "mail to it came back"),
    ],
)
def test_a_bounce_is_said_in_words(said, words):
    assert bounce_in_words(said) == words

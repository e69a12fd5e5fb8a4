"""Texts in Markdown: one source, two languages, nothing that fails in the inbox."""

import datetime as dt
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from wbl.mail import deliver, markup, planner, ready, texts
from wbl.mail.models import MailTemplate, Message, Rule
from wbl.mail.triggers import all_triggers

pytestmark = pytest.mark.django_db
WED = dt.date(2026, 10, 7)
AT_WORK = dt.datetime(2026, 10, 7, 14, 0, tzinfo=dt.UTC)
NASTY = [
    "<b>x</b>",
    "*stars*",
    "# 1",
    "1. first",
    "- dash",
    "[x](http://a.b)",
    "_under_",
    "`code`",
    "\\",
    "&amp;",
    "a\n\nb",
]


@pytest.fixture
def marisol(sign_in, people):
    return sign_in(people.coordinator)


@pytest.mark.parametrize("value", NASTY)
def test_what_a_field_becomes_is_never_markup(value):
    html, text = markup.filled("X **{{ a }}**\n\n- {{ b|it }}", {"a": value})
    assert text == f"X {value}\n\n- it"
    assert html.count("<strong>") == 1 and not any(f"<{tag}" in html for tag in ("b>", "em", "code", "h1", "ol"))


def test_one_source_is_html_and_plain_text():
    source = "Would **two** of you come?\n\n- judge\n- greet\n\nSee [our page](https://x.example/a)."
    assert markup.to_text(source) == "Would two of you come?\n\n- judge\n- greet\n\nSee our page (https://x.example/a)."
    html = markup.to_html(source)
    assert "<strong>two</strong>" in html and '<a href="https://x.example/a"' in html and "<ul" in html
    assert "<script" not in markup.to_html(
        "<script>alert(1)</script> [x](javascript:alert(1)) ![p](http://x.example/p.png)"
    )
    assert "<img" not in markup.to_html("![p](http://x.example/p.png)")


def test_the_recipients_language_chooses_the_text(rule, follow_up, ray, smtp, clock):
    follow_up(WED)
    type(ray).objects.update(language="es")
    planner.plan()
    clock.move_to(AT_WORK)
    assert deliver.deliver().sent == 1
    [mail] = smtp.messages
    assert "Hola, Ray:" in mail.get_body(("plain",)).get_content()
    assert mail["Subject"].startswith("Seguimiento: ")


def test_every_trigger_speaks_both_languages_and_uses_its_own_fields_only(in_cedar):
    for trigger in [t for t in all_triggers() if t.is_listed]:
        offered = MailTemplate.of(trigger.key)
        assert offered.has_spanish, trigger.key
        for text in (offered.subject, offered.body, offered.subject_es, offered.body_es):
            assert offered.wrong_in(text) == [], trigger.key


def test_a_template_is_tried_saved_and_its_rule_writes_with_it(marisol, rule, follow_up, ray, smtp, clock, cedar):
    todo = follow_up(WED)
    planner.plan()
    url = "/cedar/mail/templates/partners.follow_up_due/"
    page = marisol.get(url).content.decode()
    assert "Hello Ray," in page and "the job shadows" in page, "the fields stand there with what they become"
    form = {"name": "Again", "subject": "About {{ topic|us }}", "body": "Dear **{{ contact.name }}**"}
    tried = marisol.post(f"{url}preview/", {**form, "record": todo.pk}).content.decode()
    assert "<strong>Ray Halvorsen</strong>" in tried and not MailTemplate.objects.exists()
    assert marisol.post(url, form).status_code == 302
    clock.move_to(AT_WORK)
    deliver.deliver()
    [mail] = smtp.messages
    assert mail["Subject"] == "About the job shadows"
    assert mail.get_body(("plain",)).get_content().startswith("Dear Ray Halvorsen")
    assert "<strong>Ray Halvorsen</strong>" in mail.get_body(("html",)).get_content()
    marisol.post(f"{url}removal/")
    assert not MailTemplate.objects.exists(), "it has its first text again"


@pytest.mark.parametrize("at", ["/cedar/mail/templates/new/", "/cedar/mail/templates/partners.follow_up_due/"])
def test_saving_from_the_page_of_the_preview_saves(marisol, in_cedar, acme, at):
    form = {"name": "Hello", "category": "requests", "subject": "Hello", "body": "Dear partner"}
    page = marisol.post(f"{at}preview/", form).content.decode()
    [saves] = [f for f in re.findall(r"<form[^>]*>.*?</form>", page, re.DOTALL) if 'name="subject"' in f]
    assert f'action="{at}"' in saves
    assert marisol.post(at, form).status_code == 302
    assert MailTemplate.objects.get().body == "Dear partner"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"body": "{{ topic|x }}"}, "There is no field “topic”."),
        ({"subject": "{{ contact.title }}"}, "“contact.title” may be empty: write what stands there then"),
        ({"body_es": "{{ owner.name }}"}, "“owner.name” may be empty"),
        ({"subject_es": "Hola"}, "Write the Spanish text too"),
    ],
)
def test_what_would_fail_in_the_inbox_fails_at_saving(marisol, in_cedar, acme, words, said):
    form = {"name": "Hello", "category": "requests", "subject": "Hello", "body": "Hello", **words}
    page = marisol.post("/cedar/mail/templates/new/", form)
    assert page.status_code == 200 and said in page.content.decode().replace("&#x27;", "'")
    assert not MailTemplate.objects.exists()


def test_a_template_that_a_rule_writes_with_is_not_removed(marisol, rule, cedar):
    form = {"name": "Hello", "category": "requests", "subject": "Hello", "body": "Hello {{ contact.called }}"}
    marisol.post("/cedar/mail/templates/new/", form)
    made = MailTemplate.objects.get()
    chosen = {"template_key": made.key, "when": "on the day", "hour": "09:00"}
    assert marisol.post(f"/cedar/mail/rules/{rule.key}/", chosen).status_code == 302
    assert Rule.objects.get().template_key == made.key
    page = marisol.post(f"/cedar/mail/templates/{made.key}/removal/", follow=True)
    assert "writes with it" in page.content.decode()
    Rule.objects.update(template_key="partners.follow_up_due")
    marisol.post(f"/cedar/mail/templates/{made.key}/removal/")
    assert made.key not in [t.key for t in MailTemplate.offered()]
    marisol.post(f"/cedar/mail/templates/{made.key}/return/")
    assert made.key in [t.key for t in MailTemplate.offered()]


def test_logo_and_lines_stand_in_every_mail(sign_in, people, rule, follow_up, ray, smtp, clock):
    picture = io.BytesIO()
    Image.new("RGB", (900, 300), "navy").save(picture, "JPEG")
    admin, form = sign_in(people.admin), {"signature": "Room 12", "most": "2", "within_days": "30"}
    wrong = admin.post("/cedar/mail/settings/", {**form, "logo_file": SimpleUploadedFile("a.png", b"<svg/>")})
    assert wrong.status_code == 422 and "An SVG can hold programs" in wrong.content.decode()
    admin.post("/cedar/mail/settings/", {**form, "logo_file": SimpleUploadedFile("a.jpg", picture.getvalue())})
    follow_up(WED)
    planner.plan()
    clock.move_to(AT_WORK)
    assert deliver.deliver().sent == 1, Message.objects.get().reason
    [mail] = smtp.messages
    assert "Room 12" in mail.get_body(("plain",)).get_content()
    assert "cid:logo@wbl" in mail.get_body(("html",)).get_content()
    [logo] = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert logo["Content-ID"] == "<logo@wbl>" and Image.open(io.BytesIO(logo.get_payload(decode=True))).width <= 440
    sent = Message.objects.get()
    assert "data:image/png;base64," in admin.get(f"/cedar/mail/messages/{sent.pk}/html/").content.decode()


@pytest.mark.parametrize("text", ready.all_texts(), ids=lambda text: text.key)
def test_every_text_that_comes_along_is_there_in_spanish_too_and_free_of_mistakes(text, in_cedar):
    assert text.subject_es and text.body_es
    assert {"contact.called"} <= set(texts.names(text.body_es)) <= set(texts.names(text.body))
    found = MailTemplate.of(text.key)
    for each in (text.subject, text.body, text.subject_es, text.body_es):
        assert not found.wrong_in(each)

"""Letters are shown as their readers get them, also to whoever may only look."""

import datetime as dt
import re

import pytest

from partners.models import Contact, Enrolment, Sequence
from partners.models.mailings import Mailing
from partners.sequences import ready
from wbl.mail.models import Message, Rule
from wbl.mail.triggers import all_triggers
from wbl.todo.models import Todo

WORDS = {
    "category": "announcements",
    "subject": "News for {{ organization.name }}",
    "body": "Hello **{{ contact.called }}**,\n\n- one\n- two",
}
RULE = "/cedar/mail/rules/partners.follow_up_due/"
OWN = {"subject": "About {{ topic|us }}", "body": "Dear {{ contact.name }}.", "when": "on the day", "hour": "09:30"}


@pytest.fixture
def marisol(sign_in, people):
    return sign_in(people.coordinator)


@pytest.fixture
def vera(sign_in, people):
    return sign_in(people.viewer)


def words_of(user, address: str) -> str:
    """What the page says, its head, script and the values of its fields left out."""
    return words_in(user.get(address))


def words_in(response) -> str:
    page = response.content.decode()
    page = re.sub(r"<(textarea|script|style|title)\b.*?</\1>", " ", page[page.index("<main") :], flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


@pytest.mark.parametrize("with_people", [True, False])
def test_a_viewer_never_meets_a_raw_field(vera, marisol, acme, ray, in_cedar, with_people):
    marisol.post("/cedar/partners/mailings/new/", {**WORDS, "rows": [acme.pk]})
    if not with_people:
        Contact.objects.all().delete()
    draft = Mailing.objects.get()
    rules = [f"/cedar/mail/rules/{t.key}/" for t in all_triggers() if t.is_listed]
    letters = ["partners.hello", "partners.follow_up_due", "councils.meeting_reminder"]
    texts = [f"/cedar/mail/templates/{key}/" for key in letters]
    for address in [
        f"/cedar/partners/mailings/{draft.pk}/",
        "/cedar/partners/mailings/",
        "/cedar/mail/templates/",
        *texts,
        *rules,
    ]:
        assert "{{" not in words_of(vera, address), address
    shown = words_of(vera, texts[0])
    assert ("Hello Ray," if with_people else "Hello [how the person is addressed],") in shown


def test_a_rule_has_a_template_or_words_of_its_own_by_one_choice(marisol, in_cedar, ray):
    form = marisol.get(RULE).context["form"]
    assert form["words"].value() == "template" and "" not in dict(form.fields["template_key"].choices)
    chosen = {**OWN, "template_key": "partners.follow_up_due"}
    marisol.post(RULE, {**chosen, "words": "own_words"})
    rule = Rule.objects.get()
    assert (rule.template_key, rule.subject, rule.body) == ("", OWN["subject"], OWN["body"])
    assert marisol.get(RULE).context["form"]["words"].value() == "own_words"
    marisol.post(RULE, {**chosen, "words": "template"})
    rule.refresh_from_db()
    assert (rule.template_key, rule.subject, rule.body) == ("partners.follow_up_due", "", "")
    refused = marisol.post(RULE, {**OWN, "words": "template"})
    assert "Choose one, or write words of this rule alone." in refused.content.decode()
    refused = marisol.post(RULE, {**chosen, "body": "", "words": "own_words"})
    assert "Write it, or choose a template." in refused.content.decode()


def test_an_announcement_that_was_sent_shows_the_letter_and_not_its_markdown(marisol, vera, in_cedar, acme, ray, smtp):
    marisol.post("/cedar/partners/mailings/new/", {**WORDS, "rows": [acme.pk]})
    made = Mailing.objects.get()
    marisol.post(f"/cedar/partners/mailings/{made.pk}/dispatch/", {"anyway": "on"})
    [message], address = made.messages, f"/cedar/partners/mailings/{made.pk}/"
    assert message.subject == "News for [the partner]", "it waits: nobody reads braces in the ledger"
    for user in (marisol, vera):
        shown = words_of(user, address)
        assert "**" not in shown and "{{" not in shown
        assert "News for Acme Manufacturing, Inc." in shown and "To Ray Halvorsen" in shown
        frame = user.get(f"/cedar/mail/messages/{message.pk}/html/").content.decode()
        assert f'src="/cedar/mail/messages/{message.pk}/html/"' in user.get(address).content.decode()
        assert "<strong>Ray</strong>" in frame


def test_the_next_fourteen_days_are_told_before_anything_is_switched_on(marisol, in_cedar, acme, ray, people):
    due = in_cedar.today() + dt.timedelta(3)
    Todo.open(title="Follow up about tours", due=due, owner=people.coordinator, about=acme, person=ray)
    cold = Sequence.make(name=ready.COLD.name, steps=ready.COLD.steps)
    Enrolment.begin(cold, ray, by=people.coordinator)
    for about in ("", f"?about=partners.contact:{ray.pk}", f"?about=partners.organization:{acme.pk}"):
        quiet = marisol.get(f"/cedar/mail/{about}")
        assert quiet.context["counts"] == (0, 0, 0), "nothing is on"
        page = marisol.get("/cedar/mail/" + quiet.context["other_days"].split("#")[0])
        told = words_in(page)
        assert "if every rule and sequence were switched on now" in told
        assert "Follow up when due, off" in told and "Recruit a cold prospect, off" in told, about
        assert page.context["counts"][0] >= 2
    assert not Message.objects.exists() and not Rule.objects.on().exists(), "looking writes nothing"

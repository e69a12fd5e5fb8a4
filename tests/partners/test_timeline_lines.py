"""Whatever an entry of the timeline holds stands on the partner's page, as itself, with what one may do about it."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from partners.models import Contact, Organization, TimelineEntry
from wbl.accounts.models import User
from wbl.tenancy.models import District, School
from wbl.tenancy.scope import district

ODD = "<b>&\"'{{ x }}</b>"
SHOWN = "&lt;b&gt;&amp;&quot;&#x27;{{ x }}&lt;/b&gt;"


@pytest.fixture
def page(cedar: District, acme: Organization, sign_in: Any) -> Any:
    def opened(user: User) -> str:
        return " ".join(sign_in(user).get(f"/cedar/partners/{acme.pk}/").content.decode().split())

    return opened


def log(cedar: District, acme: Organization, **values: Any) -> TimelineEntry:
    with district(cedar):
        return TimelineEntry.objects.create(organization=acme, **{"kind": "call", "at": timezone.now(), **values})


def test_everything_an_entry_says_is_shown_as_itself(
    cedar: District, acme: Organization, people: SimpleNamespace, page: Any
) -> None:
    with district(cedar):
        ray, north = Contact.objects.get(), School.objects.create(name=f"North {ODD}")
        Contact.objects.filter(pk=ray.pk).update(name=f"Ray {ODD}")
    people.coordinator.name = f"Marisol {ODD}"
    people.coordinator.save()
    words = {key: f"{key} {ODD}" for key in ("summary", "body", "quoted", "asked_anyway", "bad_note")}
    asked = {"asked_for": "internship", "answer": "no", "school": north, "bad_at": timezone.now()}
    entry = log(cedar, acme, contact=ray, by=people.coordinator, **asked, **words)
    html = page(people.coordinator)
    line = html.split(f'id="entry-{entry.pk}"')[1].split("</li>")[0]
    for said in words:
        assert f"{said} {SHOWN}" in line
    assert f"Call with Ray {SHOWN}: asked for internship" in line
    assert f"<span>Marisol {SHOWN}, for North {SHOWN}</span>" in line
    assert '<span class="badge badge--warn">No</span>' in line
    assert "It was fine after all" in line
    assert ODD not in html


def test_what_was_done_lately_may_be_marked_and_only_by_who_may_log(
    cedar: District, acme: Organization, people: SimpleNamespace, page: Any
) -> None:
    lately = log(cedar, acme, kind="visit", summary="x" * 61)
    log(cedar, acme, kind="visit", summary="Long ago", at=timezone.now() - dt.timedelta(days=61))
    log(cedar, acme, kind="note", summary="A note")
    seen = page(people.coordinator)
    assert seen.count("It did not go well") == seen.count("/trouble/") == 1
    assert f'href="/cedar/partners/entries/{lately.pk}/trouble/"' in seen
    assert f": {'x' * 59}…</span>" in seen
    assert "It did not go well" not in page(people.viewer)


def test_words_of_a_mail_that_came_are_a_quote_and_a_merge_leads_to_its_undo(
    cedar: District, acme: Organization, people: SimpleNamespace, page: Any
) -> None:
    log(cedar, acme, kind="mail_in", summary="Re: Tour?", about_kind="mail.message", about_id=7)
    log(cedar, acme, kind="note", summary="One of two", about_kind="partners.merge", about_id=9)
    seen = page(people.coordinator)
    assert '<blockquote class="timeline__quote"> Re: Tour? </blockquote>' in seen
    assert (
        '<a href="/cedar/mail/messages/7/">The whole mail<span class="visually-hidden">: Re: Tour?</span></a>' in seen
    )
    assert "The merge and its undo</a>" in seen

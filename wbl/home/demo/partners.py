"""Partners, people, offers and history of the demonstration district."""

import datetime as dt
from typing import Any

from django.utils import timezone

from partners import onboarding
from partners.finding import scan
from partners.models import Contact, NotNow, Offer, Organization, PartnerDocument, Site, StageChange, TimelineEntry
from partners.models.timeline import CONTACT_KINDS
from partners.names import fold
from wbl.home.demo import data
from wbl.saved.models import SavedView
from wbl.tenancy.models import School
from wbl.tenancy.scope import acting
from wbl.todo.models import Todo


def seed(users: dict[str, Any], today: dt.date) -> dict[str, Organization]:
    """Everything of partners; by name."""
    made = {row[0]: _partner(row, number, users) for number, row in enumerate(data.PARTNERS)}
    people = {contact.name: contact for contact in Contact.objects.all()}
    _views(users)
    _history(made, people, users)
    _edits(made, users)
    scan()
    for title, partner, person, days, owner, kind in data.TODOS:
        Todo.open(
            title=title,
            due=today + dt.timedelta(days),
            owner=users[owner],
            about=made[partner],
            person=people[person],
            kind=kind,
        )
    _papers(made, users, today)
    _kin(made)
    _engagement(made, users, today)
    _pipeline(made, users, today)
    for person, _old, new, title, days in data.MOVES:
        people[person].move(organization=made[new], on=today - dt.timedelta(days), title=title, by=users["marisol"])
    return made


def _engagement(made: dict[str, Organization], users: dict[str, Any], today: dt.date) -> None:
    """Onboarding that has begun, an ask put off, one that came too soon, and a visit that did not go well."""
    for name, days in data.ONBOARDING:
        onboarding.start(made[name], by=users["marisol"])
        begun = made[name].onboarding
        for task in begun.all():
            task.due -= dt.timedelta(days=days)
            task.save(update_fields=["due"])
    for name, activity, days, note in data.PUT_OFF:
        NotNow.put_off(made[name], type=activity, until=today + dt.timedelta(days=days), note=note, by=users["marisol"])
    for name, summary, note in data.WENT_BADLY:
        made[name].timeline.get(summary=summary).went_badly(note=note, by=users["ben"])
    schools = {school.name: school for school in School.objects.all()}
    for name, activity, school, anyway in data.ASKED_FOR:
        made[name].timeline.filter(asked_for=activity).update(school=schools[school], asked_anyway=anyway)


def _edits(made: dict[str, Organization], users: dict[str, Any]) -> None:
    """What a colleague corrected by hand, for the history to tell."""
    shop = made["Halvorsen Machine & Tool"]
    with acting(users["ben"].pk):
        Organization.objects.filter(pk=shop.pk).update(employees=41)
        Site.objects.create(organization=shop, name="Old shop", street="14 Depot Road", city="Cedar Valley").delete()
    with acting(users["marisol"].pk):
        Organization.objects.filter(pk=shop.pk).update(employees=38, notes="Students park behind the loading dock.")


def _pipeline(made: dict[str, Organization], users: dict[str, Any], today: dt.date) -> None:
    """How some came to where they stand, and when to look again at those who are paused."""
    for name, moves in data.MOVES_OF_STAGE:
        was = "prospect"
        for stage, days in moves:
            at = timezone.now() - dt.timedelta(days=days)
            StageChange.objects.create(organization=made[name], was=was, became=stage, at=at, by=made[name].owner)
            was = stage
        Organization.objects.filter(pk=made[name].pk).update(stage_since=at)
    for name, reason, again in data.REASONS:
        partner = made[name]
        partner.stage_reason = reason
        partner.revisit_on = today + dt.timedelta(again) if again is not None else None
        partner.save(update_fields=["stage_reason", "revisit_on"])
        partner.plan_revisit(by=users["marisol"])


def _kin(made: dict[str, Organization]) -> None:
    """Parents, narrower kinds, and who referred whom."""
    for name, subkind in data.SUBKINDS.items():
        made[name].subkind = subkind
    for name, parent in data.PARENTS:
        made[name].parent = made[parent]
    for name, source, referrer in data.REFERRED:
        by = made.get(referrer)
        made[name].source, made[name].referred_by = source, by
        made[name].source_detail = "" if by else referrer
    names = {*data.SUBKINDS, *(row[0] for row in (*data.PARENTS, *data.REFERRED))}
    for name in names:
        made[name].save(update_fields=["subkind", "parent", "source", "referred_by", "source_detail"])


def _views(users: dict[str, Any]) -> None:
    """A view that the district shares, and one of the coordinator's own."""
    SavedView.objects.create(
        list="partners", name="Papers to renew", query="papers=60&cols=stage%2Cowner%2Cdocuments%2Ccontact%2Ccontact_phone",
        owner=users["marisol"], shared=True,
    )  # fmt: skip
    SavedView.objects.create(list="partners", name="Active, long silent", query="stage=active&quiet=30&cols=stage%2Ccontact%2Ccontact_phone%2Clast",
        owner=users["marisol"])  # fmt: skip


def _papers(made: dict[str, Organization], users: dict[str, Any], today: dt.date) -> None:
    """Agreements and certificates, some about to lapse."""
    for name, kind, title, starts, ends, renews, notice, note in data.DOCUMENTS:
        partner = made[name]
        PartnerDocument.objects.create(
            organization=partner,
            kind=kind,
            title=title,
            contact=partner.contacts.first() if kind == "background" else None,
            starts=today + dt.timedelta(starts),
            expires=today + dt.timedelta(ends),
            renews=renews,
            notice_days=notice,
            notes=note,
            added_by=users["marisol"],
        )


def _partner(row: tuple[Any, ...], number: int, users: dict[str, Any]) -> Organization:
    name, kind, stage, owner, industry, naics, employees, street, zip_code, domain, days, tags = row
    partner = Organization.objects.create(
        name=name,
        kind=kind,
        stage=stage,
        owner=users.get(owner),
        industry=industry,
        naics=naics,
        employees=employees,
        website=f"https://{domain}.example" if domain else "",
        phone=f"+1555014{3000 + number:04d}",
        source="import" if days is None else "cold",
        tags=tags,
        last_contact_at=timezone.now() - dt.timedelta(days=days) if days is not None else None,
    )
    Site.objects.create(organization=partner, street=street, city=data.TOWNS[zip_code], state="OK", zip=zip_code)
    for place, (person, title, prefers, best, year) in enumerate(data.CONTACTS.get(name, ())):
        first = fold(person.split()[0])  # a mail server is told no accents
        Contact.objects.create(
            organization=partner,
            name=person,
            title=title,
            prefers=prefers,
            best_time=best,
            email=f"{first}@{domain}.example",
            phone=f"+1555014{4000 + number * 5 + place:04d}",
            alumni_year=year,
            alumni_school="Cedar Valley High" if year else "",
        )
    Offer.objects.bulk_create(
        Offer(
            organization=partner,
            **dict(
                zip(("type", "times", "per", "seats", "months", "min_age", "place", "limits", "when"), row, strict=True)
            ),
        )
        for row in data.OFFERS.get(name, ())
    )
    return partner


def _history(made: dict[str, Organization], people: dict[str, Contact], users: dict[str, Any]) -> None:
    told = {row[0] for row in data.HISTORY if row[1] in CONTACT_KINDS}
    for name, kind, days, who, text, asked, answer in data.HISTORY:
        first = made[name].contacts.first()
        _entry(made[name], kind, days, users.get(who), text, first, asked, answer)
    for row in data.PARTNERS:  # who has been in touch has at least one line to show for it
        if row[10] is not None and row[0] not in told:
            _entry(
                made[row[0]],
                "call",
                row[10],
                users.get(row[3]),
                "Introduced the program and heard what they need.",
                made[row[0]].contacts.first(),
            )


def _entry(
    partner: Organization, kind: str, days: int, by: Any, text: str, contact: Any, asked: str = "", answer: str = ""
) -> TimelineEntry:
    at = timezone.now() - dt.timedelta(days=days, hours=days % 5)
    return partner.record(kind=kind, summary=text, by=by, contact=contact, at=at, asked_for=asked, answer=answer)

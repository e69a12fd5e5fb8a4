"""Pathways of the region: published as a copy, adopted as own rows, compared when a later version comes."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from pathways.models import (
    Adoption,
    Credential,
    EntryPoint,
    ExitPoint,
    Experience,
    Pathway,
    PathwayOccupation,
    Step,
    SupportService,
)
from wbl.tenancy.models import Publication, RegionMember
from wbl.tenancy.scope import current_district, current_district_id

KIND = "pathways.pathway"
FACTS = ("name", "cluster", "description", "source", "source_url")
STEP = ("grade", "name", "kind")
PARTS: dict[str, tuple[type, tuple[str, ...]]] = {
    "entries": (EntryPoint, ("who", "condition")),
    "credentials": (Credential, ("name", "issuer", "stacks")),
    "experiences": (Experience, ("type", "hours")),
}
OCCUPATION = ("soc", "title", "wage", "openings", "source", "source_url")


def body_of(pathway: Pathway) -> dict[str, Any]:
    """The pathway as JSON: without ids, students or partners, which belong to each district."""
    steps = list(pathway.steps.all())
    place = {step.pk: n for n, step in enumerate(steps)}
    return {
        **{name: getattr(pathway, name) for name in FACTS},
        "steps": [_step(step) for step in steps],
        "occupations": [_plain(each, OCCUPATION) for each in pathway.occupations.all()],
        "services": [
            {
                "name": each.name,
                "provider": each.provider,
                "first": place[each.first_step_id],
                "last": place[each.last_step_id],
            }
            for each in pathway.services.all()
        ],
    }


def _step(step: Step) -> dict[str, Any]:
    parts = {key: [_plain(each, names) for each in getattr(step, key).all()] for key, (_m, names) in PARTS.items()}
    return {**_plain(step, STEP), **parts, "exits": [leaving.occupation.title for leaving in step.exits.all()]}


def _plain(record: Any, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in names}
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()}


@transaction.atomic
def share(pathway: Pathway) -> Publication:
    """Publish to the region's districts; the same again is the same version."""
    body, key = body_of(pathway), str(pathway.pk)
    Pathway.objects.select_for_update().get(pk=pathway.pk)
    mine = Publication.objects.filter(kind=KIND, key=key)
    last = mine.order_by("-version").first()
    if last and last.body == body:
        return last
    version = (mine.aggregate(Max("version"))["version__max"] or 0) + 1
    return Publication.objects.create(kind=KIND, key=key, version=version, title=pathway.name, body=body)


def shared_here() -> dict[str, Publication]:
    """What the open region's districts see now: the newest version of each pathway it shares, by key. One query."""
    mine = Publication.objects.filter(kind=KIND).order_by("key", "-version").distinct("key")
    return {each.key: each for each in mine}


def from_regions() -> list[Publication]:
    """The newest version of each pathway that the regions of the open district share. Two queries.

    The one place that reads rows of another tenant: through the base manager, because wall 1 knows the own district
    alone; wall 2 lets through what the own regions published, and nothing else.
    """
    regions = list(RegionMember.objects.filter(district=current_district_id()).values_list("region", flat=True))
    if not regions:
        return []
    shared = Publication._base_manager.filter(kind=KIND, district__in=regions).select_related("district")
    newest = shared.order_by("district_id", "key", "-version").distinct("district_id", "key")
    return sorted(newest, key=lambda p: p.title)


def publication(pk: int) -> Publication | None:
    return next((each for each in from_regions() if each.pk == pk), None)


def newest_of(adoption: Adoption) -> Publication | None:
    """The region's newest version of what was adopted; None when the region shares it no longer."""
    return next((s for s in from_regions() if (s.district_id, s.key) == (adoption.region_id, adoption.key)), None)


@transaction.atomic
def adopt(shared: Publication, *, by: Any) -> Pathway:
    """Make an own pathway of what the region shares. A name that is taken gets the region's behind it."""
    name = shared.title
    if Pathway.objects.filter(name=name).exists():
        name = f"{name[:80]} ({shared.district.name})"[:120]
    facts = {key: shared.body.get(key, "") for key in FACTS} | {"name": name}
    pathway = Pathway.objects.create(**facts)
    _fill(pathway, shared.body)
    Adoption.objects.create(
        pathway=pathway, region_id=shared.district_id, key=shared.key, version=shared.version, adopted_by=by
    )
    return pathway


@transaction.atomic
def take_over(adoption: Adoption, shared: Publication, *, by: Any) -> None:
    """Bring an adopted pathway to the region's version; own students, ties and publication stay."""
    pathway = adoption.pathway
    for key in FACTS[1:]:
        setattr(pathway, key, shared.body.get(key, ""))
    pathway.save()
    pathway.services.all().delete()
    pathway.steps.all().delete()
    pathway.occupations.all().delete()
    _fill(pathway, shared.body)
    adoption.version, adoption.adopted_by = shared.version, by
    adoption.save(update_fields=["version", "adopted_by", "updated_at"])


def _fill(pathway: Pathway, body: dict[str, Any]) -> None:
    jobs = {}
    for each in body["occupations"]:
        jobs[each["title"]] = PathwayOccupation.objects.create(pathway=pathway, **each)
    steps = []
    for order, each in enumerate(body["steps"], start=1):
        step = Step.objects.create(pathway=pathway, order=order, **{name: each[name] for name in STEP})
        for key, (model, _names) in PARTS.items():
            for part in each[key]:
                model.objects.create(step=step, **part)  # type: ignore[attr-defined]
        for title in each["exits"]:
            ExitPoint.objects.create(step=step, occupation=jobs[title])
        steps.append(step)
    for each in body["services"]:
        SupportService.objects.create(
            pathway=pathway,
            name=each["name"],
            provider=each["provider"],
            first_step=steps[each["first"]],
            last_step=steps[each["last"]],
        )


@dataclass(frozen=True)
class Difference:
    """One line that the region's version has and ours has not (`added`), or the other way round."""

    text: str
    added: bool


def differences(pathway: Pathway, shared: Publication) -> list[Difference]:
    """What would change if the region's version were taken over; in the order of the map."""
    ours, theirs = list(_lines(body_of(pathway))), list(_lines(shared.body))
    gone = [Difference(line, added=False) for line in ours if line not in theirs]
    new = [Difference(line, added=True) for line in theirs if line not in ours]
    return gone + new


def _lines(body: dict[str, Any]) -> Iterator[str]:
    """The pathway told in sentences, one for each fact."""
    for key, label in (("description", "Description"), ("source", "Source")):
        if body.get(key):
            yield f"{label}: {body[key]}"
    for number, step in enumerate(body["steps"], start=1):
        at = f"Step {number}, {step['grade']}, {step['name']}"
        yield at
        yield from (f"{at}: {each['who']} may enter. {each['condition']}".strip() for each in step["entries"])
        yield from (f"{at}: earns {each['name']}" for each in step["credentials"])
        yield from (f"{at}: {each['type'].replace('_', ' ')}, {each['hours'] or '–'} h" for each in step["experiences"])
        yield from (f"{at}: leave for work as {title}" for title in step["exits"])
    for job in body["occupations"]:
        yield f"{job['title']}: ${job['wage'] or '–'} an hour, {job['openings'] or '–'} openings a year, {job['source']}"
    for each in body["services"]:
        yield f"Support: {each['name']}, steps {each['first'] + 1} to {each['last'] + 1}"


def is_region() -> bool:
    return current_district().kind == "region"

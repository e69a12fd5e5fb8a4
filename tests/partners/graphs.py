"""Random partners with everything that can hang on them, made from the models: a table that is added later is in it."""

import datetime as dt
import json
from decimal import Decimal
from random import Random
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, models
from django.utils import timezone

from partners.merging.references import Reference, references_to
from partners.models import Contact, Merge, Organization, PartnerAccess
from wbl.tenancy.catalog import tenant_models
from wbl.tenancy.models import Change
from wbl.tenancy.record import kind_of
from wbl.tenancy.scope import current_district_id

NAMES = ("Ray Halvorsen", "Ingrid Sole", "Pat Umber", "Ann Lee")
EMAILS = ("", "ray@halvorsen.example", "RAY@halvorsen.example", "ann@mail.example", "info@halvorsen.example")
MOMENT = timezone.make_aware(dt.datetime(2026, 10, 5, 9), dt.UTC)


class Graphs:
    """`one()` makes two partners, their people and a random choice of rows that point at them."""

    def __init__(self, random: Random, people: list[Any]) -> None:
        self.random, self.people = random, people
        self.pool: dict[type[models.Model], list[Any]] = {get_user_model(): people}
        self.count = 0
        bystander = Organization.objects.create(name="Bystander")
        self.here: dict[Any, list[Any]] = {
            Organization: [bystander],
            Contact: [Contact.objects.create(organization=bystander, name="By Stander")],
        }
        self.references = [(t, r) for t in (Organization, Contact) for r in references_to(t) if r.model is not Contact]

        for _target, reference in self.references:
            for related in {f.related_model for f in reference.model._meta.concrete_fields if f.is_relation}:
                if related not in (Organization, Contact):
                    self.some(related)

    def one(self) -> tuple[Organization, Organization]:
        made = [self.make(Organization, name=f"Acme {n}", archived_at=None) for n in range(2)]
        Organization.objects.bulk_create(made)
        contacts = [
            self.make(
                Contact,
                organization=self.random.choice(made),
                name=self.random.choice(NAMES),
                email=self.random.choice(EMAILS),
                do_not_contact=self.random.random() < 0.2,
            )
            for _ in range(self.random.randint(0, 5))
        ]
        Contact.objects.bulk_create(contacts)
        self.here = {Organization: made, Contact: contacts}
        for target, reference in self.random.sample(self.references, 7):
            among = made if target is Organization else contacts
            needs = {f.related_model for f in reference.model._meta.concrete_fields if f.is_relation and not f.null}
            if among and (contacts or Contact not in needs):
                self.rows(target, reference, among)
        return made[0], made[1]

    def rows(self, target: type[models.Model], reference: Reference, among: list[Any]) -> None:
        """Up to four rows that point at some of these; those that a unique key refuses are left out."""
        field: Any = next(f for f in reference.model._meta.concrete_fields if f.column == reference.column)
        rows = []
        for _ in range(self.random.randint(1, 4)):
            aim = self.random.choice(among)
            given: dict[str, Any] = {field.attname: aim.pk}
            if reference.kind_column:
                given[reference.kind_column] = kind_of(target)
            if isinstance(aim, Contact) and any(
                f.column == "organization_id" and not f.is_relation for f in reference.model._meta.concrete_fields
            ):
                given["organization_id"] = aim.organization_id
            if reference.model is PartnerAccess:
                given.setdefault("contact_id", None)
                given |= {"district_id": current_district_id(), "ended_at": None}
            row = self.make(reference.model, **given)
            if isinstance(aim, Contact) and hasattr(row, "recipient"):
                row.recipient = f"{kind_of(Contact)}:{aim.pk}"
            rows.append(row)
        reference.model._base_manager.bulk_create(rows, ignore_conflicts=True)

    def make(self, model: type[models.Model], **given: Any) -> Any:
        """An unsaved row with every field filled that has to be, and some that need not."""
        row = model(**given)
        for field in model._meta.concrete_fields:
            if field.primary_key or field.name in given or field.attname in given or field.name in ("district",):
                continue
            if (field.has_default() and not field.choices) or getattr(
                field, "db_default", models.NOT_PROVIDED
            ) is not models.NOT_PROVIDED:
                continue
            setattr(row, field.attname, self.value(model, field))
        if hasattr(row, "fill_derived"):
            row.fill_derived()
        return row

    def value(self, model: type[models.Model], field: Any) -> Any:
        self.count += 1
        if field.null and self.random.random() < 0.7:
            return None
        if field.is_relation:
            if field.null and (field.related_model in (Organization, Contact) or field.related_model is model):
                return None
            among = self.here.get(field.related_model)
            among = self.some(field.related_model) if among is None else among
            return (among[len(self.pool.get(model, ())) % len(among)] if field.unique else self.random.choice(among)).pk
        if field.choices:
            return self.random.choice([key for key, _label in field.flatchoices])
        if isinstance(field, models.CharField | models.TextField):
            return self.random.choice(("", "x", "y")) if field.blank else f"t{self.count}"[: field.max_length or 9]
        values: dict[type, Any] = {
            models.BooleanField: False,
            models.DateTimeField: MOMENT,
            models.DateField: MOMENT.date()
            if not field.name.endswith(("to", "ends", "last_day"))
            else MOMENT.date() + dt.timedelta(9),
            models.TimeField: dt.time(9 if field.name != "ends" else 10),
            models.DecimalField: Decimal("1.0"),
            models.JSONField: {},
            models.BinaryField: b"x",
        }
        kind = next((k for k in values if type(field) is k), None)
        return values[kind] if kind else self.count % 1_000 + 1

    def some(self, model: type[models.Model]) -> list[Any]:
        """Two rows of a table that others need, made once."""
        if model not in self.pool:
            self.pool[model] = []
            for _ in range(2):
                row = self.make(model)
                row.save()
                self.pool[model].append(row)
        return self.pool[model]


def snapshot() -> dict[str, dict[int, Any]]:
    """Every row of every tenant table, by table and id, without the time of its last change."""
    tables = [m._meta.db_table for m in tenant_models() if m not in (Change, Merge)] + [PartnerAccess._meta.db_table]
    parts = [f"select '{t}', id, (to_jsonb(t) - 'updated_at')::text from {t} t" for t in tables]
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(parts))
        found: dict[str, dict[int, Any]] = {}
        for table, pk, row in cursor.fetchall():
            found.setdefault(table, {})[pk] = json.loads(row)
    return found

"""Districts and partners by the thousand, for benchmarks: the same every time, written by SQL in a few statements."""

from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from partners.models import Offer, Organization
from wbl.accounts.models import Membership, User
from wbl.tenancy.models import District
from wbl.tenancy.scope import district
from wbl.todo.models import Todo

WORDS = "Cedar Prairie Redbud Summit Harbor Pioneer Valley Granite Liberty Willow Eagle Sunrise Frontier Maple Canyon Meadow".split()
TRADES = "Machine Dental Welding Logistics Electric Foods Health Software Builders Printing Aviation Energy Motors Supply Media Farms".split()
FORMS = "Company Inc LLC Partners Group Works".split()

_MADE = """(select n, %(owner)s::bigint as owner_id, (%(words)s::text[])[1 + n %% 16] || ' ' || (%(trades)s::text[])[1 + (n / 16) %% 16] || ' '
  || (%(forms)s::text[])[1 + (n / 256) %% 6] || ' ' || n as name from generate_series(1, %(count)s) n) made"""
_PARTNER = "from partners_organization made where district_id = %(district)s and id %% {} = 0"


def _organizations(facts: dict[str, Any]) -> None:
    stages = "(array['prospect','contacted','meeting','committed','active','champion'])[1 + n % 6]"
    _fill(
        Organization,
        f"from {_MADE}",
        facts,
        name="name",
        sort_name="lower(name)",
        name_key="lower(name)",
        stage=stages.replace("%", "%%"),
        owner_id="owner_id",
        phone="'+1555' || lpad((n %% 10000000)::text, 7, '0')",
        naics="'332710'",
        industry="'Machine shop'",
        employees="n %% 500",
        source="'import'",
        last_contact_at="now() - (n %% 200) * interval '1 day'",
    )


def _offers(facts: dict[str, Any]) -> None:
    _fill(Offer, _PARTNER.format(2), facts, organization_id="id", type="'tour'", times="2", per="'year'")


def _todos(facts: dict[str, Any]) -> None:
    _fill(
        Todo,
        _PARTNER.format(3),
        facts,
        title="'Follow up'",
        due="current_date + (id %% 30)::int",
        owner_id="owner_id",
        about_kind="'partners.organization'",
        about_id="id",
        about_label="name",
    )


def _fill(model: type[Model], rows: str, facts: dict[str, Any], /, **values: str) -> None:
    """One INSERT … SELECT of the `values` (column: SQL) `rows` give; every other column holds its field's default."""
    columns, others = {"district_id": "%(district)s", **values}, {}
    for field in model._meta.concrete_fields:
        if field.column not in columns and not field.primary_key and not field.has_db_default():
            others[f"default_{field.column}"] = field.get_db_prep_save(field.pre_save(model(), add=True), connection)
    columns |= {name.removeprefix("default_"): f"%({name})s" for name in others}
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {model._meta.db_table} ({', '.join(map(connection.ops.quote_name, columns))}) "
            f"select {', '.join(columns.values())} {rows}",
            {**facts, **others},
        )


def seed(*, districts: int, partners: int, first: int = 0) -> int:
    """`partners` in each of `districts` (slugs load-1 …), `first` in the first; how many partners were made."""
    coordinator = User.objects.filter(email="load@load.example").first() or User.objects.create_user(
        "load@load.example", name="Load Tester"
    )
    made = 0
    for number in range(1, districts + 1):
        count = first if number == 1 and first else partners
        with transaction.atomic():
            made += count
            _one(number, count, coordinator)
    return made


def _one(number: int, count: int, coordinator: User) -> None:
    where, created = District.objects.get_or_create(
        slug=f"load-{number}", defaults={"name": f"Load District {number}", "state": "OK", "is_demo": True}
    )
    if not created:
        return
    Membership.objects.create(user=coordinator, district=where, role="coordinator")
    facts = {
        "district": where.pk,
        "owner": coordinator.pk,
        "count": count,
        "words": WORDS,
        "trades": TRADES,
        "forms": FORMS,
    }
    with district(where):
        for fill in (_organizations, _offers, _todos):
            fill(facts)

"""Import of 10,000 rows into a district of 10,000 partners, beside COPY → stage → upsert of the same rows.

Ours: parse in the child process, clean, look for duplicates, write organizations, sites, contacts, timeline, history and the
undo record. The baseline: the file by COPY into a stage, then three INSERT … SELECT into copies of our tables with all their
indexes, as the owner; no walls, no cleaning, no duplicates, no history. Of 500 planted misspellings 90 % must be found.
"""

import csv
import io
import random
import time

import psycopg
from django.conf import settings

from partners.importing import running
from partners.importing.planning import Planner
from partners.importing.writing import write_partners, write_rows
from partners.models import Contact, Import, ImportRow, ImportState, Organization, Site
from partners.names import name_key, sort_key
from tests.bench import kit
from tests.bench.kit import Bars
from wbl.tenancy.copying import copy_rows, next_ids
from wbl.tenancy.models import District
from wbl.tenancy.scope import current_district_id, district

ROWS, KNOWN, MISSPELT, SAME = 10_000, 10_000, 500, 500
TIMES = 3
HEADER = [
    "Company",
    "Contact",
    "Title",
    "Email",
    "Phone",
    "Address",
    "City",
    "State",
    "Zip",
    "Website",
    "Industry",
    "Employees",
]
FIRST = "Acorn Atlas Badger Beacon Bluestem Boulder Bramble Canyon Cedar Chisholm Cimarron Compass Copper Cottonwood Crescent Delta Eagle Ember Falcon Flint Foxglove Garnet Granite Harbor Hawthorn Heron Hickory Horizon Juniper Keystone Kestrel Lantern Larkspur Linden Magnolia Meadow Mesa Mustang Northstar Osage Otter Pecan Pinnacle Pioneer Prairie Quarry Redbud Ridge Sandhill Sequoia Sierra Summit Sycamore Tallgrass Timber Trellis Vista Walnut Willow Windmill".split()
SECOND = "Alder Avery Baker Barlow Beck Bishop Brandt Calloway Carver Colby Dalton Denby Drake Ellison Fairfax Finch Garrison Graves Hale Harmon Hollis Ingram Jarvis Keaton Lockwood Marlow Mercer Nolan Oakley Paxton Quill Ramsey Rowan Sawyer Shelby Tanner Thorne Upton Vance Wexler Whitlock Yates".split()
TRADE = "Bakery,Bank,Brewing,Builders,Cabinets,Chiropractic,Construction,Dental,Drywall,Electric,Engineering,Equipment,Fabrication,Farms,Feed,Flooring,Foods,Foundry,Glass,Grill,Heating & Air,Hydraulics,Insurance,Landscaping,Law Group,Logistics,Lumber,Machine & Tool,Manufacturing,Masonry,Medical Center,Motors,Nursery,Optical,Painting,Pharmacy,Plumbing,Printing,Roofing,Seed,Software,Steel,Supply,Tile,Trucking,Veterinary Clinic,Welding".split(
    ","
)
LEGAL = ["", " LLC", " Inc.", " Co.", ", Inc", " L.L.C."]


def names(chance, count):
    """That many invented names with different keys."""
    found = {}
    while len(found) < count:
        name = f"{chance.choice(FIRST)} {chance.choice(SECOND)} {chance.choice(TRADE)}"
        found.setdefault(name_key(name), name)
    return list(found.values())


def misspelt(chance, name):
    """One slip of a typist: a letter left out, doubled, swapped or wrong."""
    at = chance.randrange(1, len(name.rsplit(" ", 1)[0]) - 1)
    return chance.choice(
        [
            name[:at] + name[at + 1 :],
            name[:at] + name[at] + name[at:],
            name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :],
            name[:at] + chance.choice("aeinorst") + name[at + 1 :],
        ]
    )


def rows_of(chance, known, fresh):
    """The file: new partners, some that are known, some known ones misspelt."""
    chosen = [(n, z, "same") for n, z in known[:SAME]]
    chosen += [(misspelt(chance, n), z, "misspelt") for n, z in known[SAME : SAME + MISSPELT]]
    chosen += [(n, zip_of(chance), "new") for n in fresh]
    chance.shuffle(chosen)
    rows = []
    for at, (name, code, kind) in enumerate(chosen):
        first, last = chance.choice(FIRST), chance.choice(SECOND)
        site = f"https://www.p{at}-{last.lower()}.example" if kind == "new" and at % 2 else ""
        rows.append(
            [
                name + (chance.choice(LEGAL) if kind == "new" else ""), f"{first} {last}", "Manager", f"{first}.{last}{at}@mail.p{at}.example".lower(),
                f"({400 + at % 500}) {200 + at // 500:03}-{at % 10_000:04}", f"{at % 900 + 1} {chance.choice(SECOND)} St", "Cedar Valley", "OK", code,
                site, chance.choice(TRADE), str(at % 300),
            ]
        )  # fmt: skip
    return rows, {name for name, _, kind in chosen if kind == "misspelt"}


def zip_of(chance):
    return str(73000 + chance.randrange(40))


def as_csv(rows):
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *rows])
    return text.getvalue().encode()


def load(chance, known):
    """The partners on file, with an address each."""
    ids = next_ids(Organization, len(known))
    columns = ("id", "name", "sort_name", "name_key", "phone")
    copy_rows(
        Organization,
        columns,
        ((pk, n, sort_key(n), name_key(n), f"+1918{pk:07}") for pk, (n, _) in zip(ids, known, strict=True)),
    )
    site = ("organization_id", "street", "city", "state", "zip")
    copy_rows(
        Site, site, ((pk, f"{pk} Main St", "Cedar Valley", "OK", z) for pk, (_, z) in zip(ids, known, strict=True))
    )
    people = ("organization_id", "name", "sort_name", "email")
    copy_rows(Contact, people, ((pk, "Pat Lee", "pat lee", f"pat@k{pk}.example") for pk in ids))
    with psycopg.connect(settings.DATABASE_OWNER_URL, autocommit=True) as owner:
        owner.execute("vacuum analyze")


def ours(body):
    """The whole import, in the process that asked for it; returns (seconds, processor seconds, import)."""
    cpu, began = kit.own_cpu() + kit.database_cpu(), time.perf_counter()
    job = running.receive(name="list.csv", body=body, by=None)
    Import.objects.filter(pk=job.pk).update(state=ImportState.QUEUED)
    job.refresh_from_db()
    running.perform(job)
    return time.perf_counter() - began, kit.own_cpu() + kit.database_cpu() - cpu, job


def baseline(body):
    """COPY → stage → upsert, into copies of our three tables with all their indexes; (seconds, processor seconds)."""
    with psycopg.connect(settings.DATABASE_OWNER_URL) as owner, owner.cursor() as cursor:
        district_id = current_district_id()
        for table in ("organization", "site", "contact"):
            cursor.execute(f"drop table if exists bench_{table}")
            cursor.execute(f"create table bench_{table} (like partners_{table} including all)")
            cursor.execute(
                f"insert into bench_{table} overriding system value select * from partners_{table} where district_id = %s",
                [district_id],
            )
        cursor.execute("create unique index bench_once on bench_organization (district_id, name_key)")
        owner.commit()
        server = owner.info.backend_pid
        cpu, began = kit.own_cpu() + kit.cpu_of(server), time.perf_counter()
        columns = ", ".join(f"{name.lower()} text" for name in HEADER)
        cursor.execute(f"create temporary table stage ({columns})")
        with cursor.copy("copy stage from stdin (format csv, header, null E'\\\\N')") as copy:
            copy.write(body)
        cursor.execute(
            "insert into bench_organization (id, district_id, name, sort_name, name_key, kind, stage, stage_since, phone, phone_ext, email, website, domain, naics,"
            " industry, employees, source, source_detail, tags, notes) select nextval('partners_organization_id_seq'), %s, company, lower(company), lower(company), 'employer', 'prospect', now(), phone, '', '', website,"
            " '', '', industry, employees::int, 'import', '', '{}', '' from stage on conflict (district_id, name_key) do update"
            " set website = excluded.website, industry = excluded.industry, employees = excluded.employees, updated_at = now()",
            [district_id],
        )
        cursor.execute(
            "insert into bench_site (id, district_id, organization_id, name, street, city, state, zip, phone)"
            " select nextval('partners_site_id_seq'), %s, o.id, '', address, city, state, s.zip, '' from stage s join bench_organization o on o.district_id = %s and o.name_key = lower(company)",
            [district_id, district_id],
        )
        cursor.execute(
            "insert into bench_contact (id, district_id, organization_id, name, sort_name, goes_by, title, email, other_emails, phone, phone_ext, mobile,"
            " prefers, best_time, language, do_not_contact, alumni_school, notes) select nextval('partners_contact_id_seq'), %s, o.id, contact, lower(contact), '', title, s.email, '', s.phone, '', '',"
            " 'email', '', 'en-us', false, '', '' from stage s join bench_organization o on o.district_id = %s and o.name_key = lower(company)",
            [district_id, district_id],
        )
        owner.commit()
        took = time.perf_counter() - began, kit.own_cpu() + kit.cpu_of(server) - cpu
        cursor.execute("drop table stage")
        owner.commit()
    return took


def phases(body, bars):
    """What the seconds go into, in one run of its own: by the clock, and of this process's processor."""
    job = running.receive(name="list.csv", body=body, by=None)
    reading = timed(bars, "read in the child, clean", lambda: running.read_records(job))
    plan = timed(bars, "duplicates and outcomes", lambda: Planner(reading.records, {}, {}, {}).plan())
    timed(bars, "organizations, sites, contacts, timeline, history", lambda: write_partners(plan, job))
    timed(bars, "rows with their undo record", lambda: write_rows(plan, job, reading.cells, applied=True))


def timed(bars, what, work):
    took = kit.took(work)
    bars.note(f"  {what}", f"{took.wall:.2f} s, {took.cpu:.2f} cpu")
    return took.result


def fresh_district(turn):
    return District.objects.create(slug=f"bench-{turn}", name="Bench", state="OK", time_zone="America/Chicago")


def main():
    chance = random.Random(10_000)
    every = names(chance, KNOWN + ROWS - SAME - MISSPELT)
    known = [(name, zip_of(chance)) for name in every[:KNOWN]]
    rows, misspellings = rows_of(chance, known, every[KNOWN:])
    body = as_csv(rows)
    bars = Bars(f"Import of {ROWS:,} rows into {KNOWN:,} partners")
    runs, bases, found, counts = [], [], 0, {}
    for turn in range(TIMES):
        with district(fresh_district(turn)):
            load(chance, known)
            bases.append(baseline(body))
            *took, job = ours(body)
            runs.append(took)
            counts = dict(job.counts)
            found = ImportRow.objects.filter(job=job, outcome="duplicate", name__in=misspellings).count()
    with district(fresh_district(TIMES)):
        load(chance, known)
        with running.no_search_for_cycles():
            phases(body, bars)
    (base, base_cpu), (best, best_cpu) = map(min, zip(*bases, strict=True)), map(min, zip(*runs, strict=True))
    bars.note("COPY → stage → upsert", f"{ROWS / base:,.0f} rows/s, {base_cpu:.2f} s cpu")
    bars.note("import", f"{ROWS / best:,.0f} rows/s, {best_cpu:.2f} s cpu")
    bars.note("import beside the baseline, by the processor", f"{base_cpu / best_cpu:.2f}×")
    bars.note("outcomes", " ".join(f"{value} {key}" for key, value in counts.items() if value))
    bars.at_least("import beside the baseline", base / best, 0.25)
    bars.at_least(f"planted misspellings found of {MISSPELT}", found / MISSPELT * 100, 90, " %")
    bars.finish()


main()

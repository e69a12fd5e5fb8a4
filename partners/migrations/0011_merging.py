"""Pairs that look like one partner, merges, and the candidates for pairs: found by the trigram index, which behind the
policies only a function of the owner can use (0002_search)."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import wbl.tenancy.scope

ALIKE = r"""
create function partners_alike()
returns table (one bigint, other bigint)
language sql stable security definer
set search_path = public, pg_temp set pg_trgm.similarity_threshold = 0.3
as $$
  with scope as (select nullif(current_setting('wbl.district', true), '')::bigint as d),
  present as materialized (
    select o.id, o.district_id, o.name_key, o.phone, o.domain
      from partners_organization o, scope where o.district_id = d and o.archived_at is null
  ),
  reached as (
    select id, 'p' || phone as way from present where phone like '+%'
    union select id, 'd' || domain from present where domain <> ''
    union select p.id, 'p' || c.phone from partners_contact c join present p on p.id = c.organization_id, scope
     where c.district_id = d and c.phone like '+%'
    union select p.id, 'e' || lower(c.email) from partners_contact c join present p on p.id = c.organization_id, scope
     where c.district_id = d and c.email <> ''
  ),
  shared as (select way from reached group by way having count(*) between 2 and 10)
  select a.id, b.id from present a
    join partners_organization b on b.district_id = a.district_id and b.name_key % a.name_key
     and b.id > a.id and b.archived_at is null
   where a.name_key <> ''
  union
  select a.id, b.id from shared join reached a using (way) join reached b using (way) where a.id < b.id
$$;
revoke all on function partners_alike() from public;
grant execute on function partners_alike() to wbl_run;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0010_organization_ties"),
        ("tenancy", "0003_asks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DuplicatePair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "updated_at",
                    models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now()),
                ),
                ("score", models.FloatField()),
                ("reasons", models.JSONField(default=list)),
                ("dismissed_at", models.DateTimeField(null=True)),
                (
                    "dismissed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        db_index=False,
                        default=wbl.tenancy.scope.current_district_id,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.district",
                    ),
                ),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="partners.organization"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="partners.organization"
                    ),
                ),
            ],
            options={
                "ordering": ("-score", "id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("dismissed_at", None)),
                        fields=["district", "-score", "id"],
                        name="pair_waiting",
                    ),
                    models.Index(fields=["district", "other"], name="pair_other"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("district", "one", "other"), name="duplicate_pair_once"),
                    models.CheckConstraint(
                        condition=models.Q(("one__lt", models.F("other"))), name="duplicate_pair_in_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "updated_at",
                    models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now()),
                ),
                ("kind", models.CharField(max_length=80)),
                ("survivor_id", models.BigIntegerField()),
                ("survivor_name", models.CharField(max_length=200)),
                ("loser_id", models.BigIntegerField()),
                ("loser_name", models.CharField(max_length=200)),
                ("loser_key", models.CharField(blank=True, max_length=200)),
                ("plan", models.JSONField()),
                ("told", models.JSONField(default=dict)),
                ("undone_at", models.DateTimeField(null=True)),
                ("kept", models.JSONField(default=list)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        db_index=False,
                        default=wbl.tenancy.scope.current_district_id,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.district",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("undone_at", None)),
                        fields=["district", "kind", "loser_id"],
                        name="merge_loser",
                    ),
                    models.Index(fields=["district", "kind", "survivor_id"], name="merge_survivor"),
                ],
            },
        ),
        # loads pg_trgm's library: in a session that has not, its settings may not be named in a function
        migrations.RunSQL("select similarity('a', 'b')", migrations.RunSQL.noop),
        migrations.RunSQL(ALIKE, "drop function partners_alike()"),
    ]

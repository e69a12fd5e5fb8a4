"""The first twenty-four in one, for a new database: Django draws all models anew for each step of a migration, and there were
two hundred of them. A database that is there already keeps to the twenty-four."""

from importlib import import_module

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import wbl.tenancy.scope

BY_NAME = import_module("partners.migrations.0002_search")
WORDS = import_module("partners.migrations.0017_search_text")
FURTHER = import_module("partners.migrations.0018_search_further")
AT_ONCE = import_module("partners.migrations.0022_search_at_once")


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("partners", "0001_initial"),
        ("partners", "0002_search"),
        ("partners", "0003_contact_log"),
        ("partners", "0004_importing"),
        ("partners", "0005_import_rows_alone"),
        ("partners", "0006_import_rows_one_key"),
        ("partners", "0007_documents_and_people"),
        ("partners", "0008_asks"),
        ("partners", "0009_import_mappings"),
        ("partners", "0010_organization_ties"),
        ("partners", "0011_merging"),
        ("partners", "0012_offers_and_next_asks"),
        ("partners", "0013_bulk_changes"),
        ("partners", "0014_onboarding"),
        ("partners", "0015_sequences"),
        ("partners", "0016_mailings"),
        ("partners", "0017_search_text"),
        ("partners", "0018_search_further"),
        ("partners", "0019_pairs_by_words"),
        ("partners", "0020_pipeline"),
        ("partners", "0021_handover"),
        ("partners", "0022_search_at_once"),
        ("partners", "0023_discarded_and_quoted"),
        ("partners", "0024_moved"),
    ]
    dependencies = [
        ("accounts", "0001_initial"),
        ("files", "0001_initial"),
        ("mail", "0004_providers_and_incoming"),
        ("tenancy", "0005_who_paused_the_rules"),
    ]
    operations = [
        migrations.CreateModel(
            name="BulkChange",
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
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("stage", "Stage"),
                            ("owner", "Owner"),
                            ("tag", "Tag"),
                            ("untag", "Tag taken away"),
                            ("archive", "Archive"),
                            ("handover", "Handed over"),
                        ],
                        max_length=10,
                    ),
                ),
                ("value", models.CharField(blank=True, max_length=60)),
                ("before", models.JSONField()),
                ("undone_at", models.DateTimeField(null=True)),
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Contact",
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
                ("name", models.CharField(max_length=120, verbose_name="full name")),
                ("sort_name", models.CharField(db_collation="C", editable=False, max_length=120)),
                ("goes_by", models.CharField(blank=True, max_length=60, verbose_name="goes by")),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="role or title")),
                ("email", models.CharField(blank=True, max_length=254, verbose_name="email")),
                ("other_emails", models.CharField(blank=True, max_length=500, verbose_name="other emails")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                ("phone_ext", models.CharField(blank=True, max_length=10, verbose_name="extension")),
                ("mobile", models.CharField(blank=True, max_length=40, verbose_name="mobile")),
                (
                    "other_phones",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=300, verbose_name="other phones"
                    ),
                ),
                (
                    "prefers",
                    models.CharField(
                        choices=[
                            ("email", "Email"),
                            ("phone", "Phone"),
                            ("text", "Text message"),
                            ("in_person", "In person"),
                        ],
                        default="email",
                        max_length=10,
                        verbose_name="prefers",
                    ),
                ),
                ("best_time", models.CharField(blank=True, max_length=80, verbose_name="best time")),
                (
                    "language",
                    models.CharField(
                        choices=[("en-us", "English"), ("es", "Spanish")],
                        default="en-us",
                        max_length=5,
                        verbose_name="language of mails",
                    ),
                ),
                ("do_not_contact", models.BooleanField(default=False, verbose_name="do not contact")),
                ("alumni_school", models.CharField(blank=True, max_length=120, verbose_name="went to school at")),
                ("alumni_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="class of")),
                ("notes", models.TextField(blank=True, verbose_name="notes")),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="there since")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="left on")),
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
                    "moved_from",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="moves",
                        to="partners.contact",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "indexes": [
                    models.Index(
                        models.F("district_id"), django.db.models.functions.text.Lower("email"), name="contact_email"
                    ),
                    models.Index(fields=["district", "phone"], name="contact_phone"),
                    models.Index(fields=["district", "moved_from"], name="contact_moved_from"),
                    django.contrib.postgres.indexes.GinIndex(
                        models.F("district_id"),
                        django.contrib.postgres.indexes.OpClass(models.F("sort_name"), "gin_trgm_ops"),
                        name="contact_name_trgm",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Import",
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
                ("filename", models.CharField(max_length=200)),
                ("sheet", models.CharField(blank=True, max_length=100)),
                ("sheets", models.JSONField(default=list)),
                ("headers", models.JSONField(default=list)),
                ("samples", models.JSONField(default=list)),
                ("targets", models.JSONField(default=list)),
                ("meanings", models.JSONField(default=dict)),
                ("overwrites", models.BooleanField(default=False)),
                ("facts", models.JSONField(default=dict)),
                ("rows_total", models.PositiveIntegerField(default=0)),
                ("counts", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("columns", "Choosing columns"),
                            ("checking", "Checking"),
                            ("checked", "Dry run"),
                            ("queued", "Waiting"),
                            ("applying", "Being applied"),
                            ("applied", "Applied"),
                            ("undone", "Taken back"),
                            ("discarded", "Discarded"),
                        ],
                        default="columns",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("problem", models.CharField(blank=True, max_length=500)),
                ("asked_at", models.DateTimeField(null=True)),
                ("applied_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("kept_on_undo", models.JSONField(default=list)),
                (
                    "applied_by",
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
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
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
                (
                    "uploaded_by",
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
                    models.Index(fields=["district", "state"], name="import_state"),
                    models.Index(
                        condition=models.Q(("state__in", ["checking", "queued", "applying"])),
                        fields=["state"],
                        name="import_waiting",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportMapping",
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
                ("key", models.CharField(max_length=64)),
                ("headers", models.JSONField(default=list)),
                ("targets", models.JSONField(default=dict)),
                ("meanings", models.JSONField(default=dict)),
                ("overwrites", models.BooleanField(default=False)),
                ("filename", models.CharField(max_length=200)),
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
            ],
            options={
                "ordering": ("-updated_at",),
                "constraints": [models.UniqueConstraint(fields=("district", "key"), name="import_mapping_once")],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
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
                ("number", models.PositiveIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("create", "Create"),
                            ("update", "Update"),
                            ("unchanged", "Unchanged"),
                            ("duplicate", "Check"),
                            ("skip", "Skip"),
                            ("error", "Error"),
                        ],
                        max_length=9,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200)),
                ("reason", models.TextField(blank=True)),
                ("cells", models.JSONField(default=list)),
                ("left", models.JSONField(default=list)),
                ("change", models.JSONField(default=dict)),
                ("organization_id", models.BigIntegerField(null=True)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("update", "Update that one"),
                            ("both", "Keep both"),
                            ("skip", "Skip"),
                            ("moved", "Update the address"),
                        ],
                        max_length=6,
                    ),
                ),
                ("corrections", models.JSONField(default=dict)),
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
                    "job",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="partners.import",
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
                "indexes": [models.Index(fields=["district", "job", "outcome", "number"], name="import_row_outcome")],
                "constraints": [models.UniqueConstraint(fields=("district", "job", "number"), name="import_row_once")],
            },
        ),
        migrations.CreateModel(
            name="MailedAsk",
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
                (
                    "asked_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("speaker", "Guest speaker"),
                            ("tour", "Workplace tour"),
                            ("career_fair", "Career fair"),
                            ("job_shadow", "Job shadow"),
                            ("informational_interview", "Informational interview"),
                            ("mock_interview", "Mock interview"),
                            ("project", "Industry project"),
                            ("school_enterprise", "School-based enterprise"),
                            ("clinical", "Clinical experience"),
                            ("mentoring", "Mentoring"),
                            ("internship", "Internship"),
                            ("coop", "Cooperative education"),
                            ("practicum", "Practicum"),
                            ("pre_apprenticeship", "Pre-apprenticeship"),
                            ("youth_apprenticeship", "Youth apprenticeship"),
                            ("registered_apprenticeship", "Registered apprenticeship"),
                        ],
                        max_length=30,
                    ),
                ),
                ("asked_anyway", models.CharField(blank=True, max_length=200)),
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
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ask", to="mail.message"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="tenancy.school"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Mailing",
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
                ("subject", models.CharField(max_length=200, verbose_name="subject")),
                ("body", models.TextField(verbose_name="text")),
                ("subject_es", models.CharField(blank=True, max_length=200, verbose_name="subject in Spanish")),
                ("body_es", models.TextField(blank=True, verbose_name="text in Spanish")),
                (
                    "category",
                    models.CharField(
                        choices=[("announcements", "Announcements"), ("requests", "Requests for help")],
                        default="announcements",
                        max_length=15,
                        verbose_name="what it is",
                    ),
                ),
                (
                    "organization_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, editable=False
                    ),
                ),
                ("query", models.CharField(blank=True, editable=False, max_length=500)),
                ("send_at", models.DateTimeField(editable=False, null=True)),
                ("discarded_at", models.DateTimeField(editable=False, null=True)),
                ("stopped_at", models.DateTimeField(editable=False, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        editable=False,
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
                    "stopped_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
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
        migrations.CreateModel(
            name="OnboardingStep",
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
                ("title", models.CharField(max_length=120, verbose_name="step")),
                ("means", models.CharField(blank=True, max_length=300, verbose_name="what it means")),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("employer", "Employer"),
                                ("intermediary", "Chamber, workforce board or industry association"),
                                ("education", "Education or training provider"),
                                ("community", "Community or social-service partner"),
                                ("labor", "Labor organization"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        verbose_name="for which partners",
                    ),
                ),
                (
                    "doer",
                    models.CharField(
                        choices=[
                            ("owner", "The partner’s owner"),
                            ("contact", "The partner, in the portal"),
                            ("admin", "An admin"),
                        ],
                        default="owner",
                        max_length=8,
                        verbose_name="who sees to it",
                    ),
                ),
                (
                    "due_days",
                    models.PositiveSmallIntegerField(default=14, verbose_name="due so many days after the start"),
                ),
                ("check_key", models.CharField(blank=True, max_length=40, verbose_name="done when")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="place in the list")),
                ("retired_at", models.DateTimeField(editable=False, null=True)),
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
            ],
            options={
                "ordering": ("order", "id"),
            },
        ),
        migrations.CreateModel(
            name="Organization",
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
                ("archived_at", models.DateTimeField(editable=False, null=True)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("sort_name", models.CharField(db_collation="C", editable=False, max_length=200)),
                ("name_key", models.CharField(editable=False, max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("employer", "Employer"),
                            ("intermediary", "Chamber, workforce board or industry association"),
                            ("education", "Education or training provider"),
                            ("community", "Community or social-service partner"),
                            ("labor", "Labor organization"),
                        ],
                        default="employer",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "subkind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("chamber", "Chamber of commerce"),
                            ("workforce", "Workforce board"),
                            ("association", "Industry association"),
                        ],
                        db_default="",
                        default="",
                        max_length=12,
                        verbose_name="kind of intermediary",
                    ),
                ),
                ("stage", models.CharField(default="prospect", max_length=12, verbose_name="stage")),
                ("stage_since", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "stage_reason",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=200, verbose_name="why paused or declined"
                    ),
                ),
                ("revisit_on", models.DateField(blank=True, null=True, verbose_name="look at them again on")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                ("phone_ext", models.CharField(blank=True, max_length=10, verbose_name="extension")),
                ("email", models.CharField(blank=True, max_length=254, verbose_name="general email")),
                ("website", models.CharField(blank=True, max_length=300, verbose_name="website")),
                ("domain", models.CharField(blank=True, editable=False, max_length=200)),
                ("naics", models.CharField(blank=True, max_length=6, verbose_name="NAICS code")),
                ("industry", models.CharField(blank=True, max_length=150, verbose_name="industry")),
                ("employees", models.PositiveIntegerField(blank=True, null=True, verbose_name="people employed")),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("council", "Council referral"),
                            ("intermediary", "Intermediary"),
                            ("alumni", "Alumni"),
                            ("event", "Event"),
                            ("cold", "Cold contact"),
                            ("self", "Registered themselves"),
                            ("import", "Import"),
                        ],
                        max_length=12,
                        verbose_name="found through",
                    ),
                ),
                ("source_detail", models.CharField(blank=True, max_length=200, verbose_name="who referred them")),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list
                    ),
                ),
                ("notes", models.TextField(blank=True, verbose_name="notes")),
                ("last_contact_at", models.DateTimeField(editable=False, null=True)),
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
                    "logo",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="subsidiaries",
                        to="partners.organization",
                        verbose_name="parent company",
                    ),
                ),
                (
                    "referred_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="referrals",
                        to="partners.organization",
                    ),
                ),
                (
                    "referred_by_contact",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="referrals",
                        to="partners.contact",
                    ),
                ),
            ],
            options={
                "ordering": ("sort_name", "id"),
                "indexes": [
                    models.Index(fields=["district", "sort_name", "id"], name="organization_sorted"),
                    models.Index(fields=["district", "name_key"], name="organization_key"),
                    models.Index(fields=["district", "domain"], name="organization_domain"),
                    models.Index(fields=["district", "phone"], name="organization_phone"),
                    models.Index(fields=["district", "stage"], name="organization_stage"),
                    models.Index(fields=["district", "owner"], name="organization_owner"),
                    models.Index(fields=["district", "parent"], name="organization_parent"),
                    models.Index(fields=["district", "referred_by"], name="organization_referred_by"),
                    django.contrib.postgres.indexes.GinIndex(
                        models.F("district_id"),
                        django.contrib.postgres.indexes.OpClass(models.F("name_key"), "gin_trgm_ops"),
                        name="organization_key_trgm",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OnboardingTask",
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
                ("title", models.CharField(max_length=120)),
                ("means", models.CharField(blank=True, max_length=300)),
                (
                    "doer",
                    models.CharField(
                        choices=[
                            ("owner", "The partner’s owner"),
                            ("contact", "The partner, in the portal"),
                            ("admin", "An admin"),
                        ],
                        default="owner",
                        max_length=8,
                    ),
                ),
                ("due", models.DateField(verbose_name="due")),
                ("check_key", models.CharField(blank=True, max_length=40)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("told_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("done_how", models.CharField(blank=True, max_length=200)),
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
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="tasks",
                        to="partners.onboardingstep",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="onboarding",
                        to="partners.organization",
                    ),
                ),
            ],
            options={
                "ordering": ("order", "id"),
                "indexes": [
                    models.Index(fields=["district", "organization"], name="onboarding_organization"),
                    models.Index(
                        condition=models.Q(("done_at", None)), fields=["district", "due"], name="onboarding_open"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("step__isnull", False)),
                        fields=("district", "organization", "step"),
                        name="onboarding_task_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Offer",
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
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("speaker", "Guest speaker"),
                            ("tour", "Workplace tour"),
                            ("career_fair", "Career fair"),
                            ("job_shadow", "Job shadow"),
                            ("informational_interview", "Informational interview"),
                            ("mock_interview", "Mock interview"),
                            ("project", "Industry project"),
                            ("school_enterprise", "School-based enterprise"),
                            ("clinical", "Clinical experience"),
                            ("mentoring", "Mentoring"),
                            ("internship", "Internship"),
                            ("coop", "Cooperative education"),
                            ("practicum", "Practicum"),
                            ("pre_apprenticeship", "Pre-apprenticeship"),
                            ("youth_apprenticeship", "Youth apprenticeship"),
                            ("registered_apprenticeship", "Registered apprenticeship"),
                        ],
                        max_length=30,
                        verbose_name="activity",
                    ),
                ),
                ("seats", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="students each time")),
                (
                    "times",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(500),
                        ],
                        verbose_name="how many times",
                    ),
                ),
                (
                    "per",
                    models.CharField(
                        choices=[
                            ("year", "a year"),
                            ("semester", "a semester"),
                            ("month", "a month"),
                            ("week", "a week"),
                        ],
                        default="year",
                        max_length=8,
                        verbose_name="in what time",
                    ),
                ),
                (
                    "months",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), blank=True, default=list, verbose_name="months"
                    ),
                ),
                (
                    "min_age",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(21),
                        ],
                        verbose_name="youngest age",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        choices=[("site", "At their place"), ("school", "At school"), ("virtual", "By video")],
                        max_length=8,
                        verbose_name="place",
                    ),
                ),
                ("limits", models.CharField(blank=True, max_length=200, verbose_name="limits")),
                ("how_often", models.CharField(blank=True, max_length=60, verbose_name="how often")),
                ("when", models.CharField(blank=True, max_length=120, verbose_name="more on when")),
                (
                    "hours",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=5, null=True, verbose_name="hours it asks of them"
                    ),
                ),
                ("paused_until", models.DateField(blank=True, null=True, verbose_name="paused until")),
                ("closed_at", models.DateTimeField(editable=False, null=True)),
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
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="offers", to="partners.organization"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "indexes": [
                    models.Index(fields=["district", "organization"], name="offer_organization"),
                    models.Index(fields=["district", "type"], name="offer_type"),
                ],
            },
        ),
        migrations.CreateModel(
            name="NotNow",
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
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("speaker", "Guest speaker"),
                            ("tour", "Workplace tour"),
                            ("career_fair", "Career fair"),
                            ("job_shadow", "Job shadow"),
                            ("informational_interview", "Informational interview"),
                            ("mock_interview", "Mock interview"),
                            ("project", "Industry project"),
                            ("school_enterprise", "School-based enterprise"),
                            ("clinical", "Clinical experience"),
                            ("mentoring", "Mentoring"),
                            ("internship", "Internship"),
                            ("coop", "Cooperative education"),
                            ("practicum", "Practicum"),
                            ("pre_apprenticeship", "Pre-apprenticeship"),
                            ("youth_apprenticeship", "Youth apprenticeship"),
                            ("registered_apprenticeship", "Registered apprenticeship"),
                        ],
                        max_length=30,
                    ),
                ),
                ("until", models.DateField(verbose_name="ask again on")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="why not now")),
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
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="not_now", to="partners.organization"
                    ),
                ),
            ],
            options={
                "ordering": ("until", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("district", "organization", "type"), name="not_now_once")
                ],
            },
        ),
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
        migrations.AddField(
            model_name="contact",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="contacts", to="partners.organization"
            ),
        ),
        migrations.CreateModel(
            name="PartnerAccess",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organization_id", models.BigIntegerField()),
                ("contact_id", models.BigIntegerField(null=True)),
                ("organization_name", models.CharField(max_length=200)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tenancy.district"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partner_access",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "district", "organization_id"), name="partner_access_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PartnerDocument",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mou", "Agreement (MOU)"),
                            ("insurance", "Insurance certificate"),
                            ("background", "Background check"),
                            ("other", "Other document"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="title")),
                ("starts", models.DateField(blank=True, null=True, verbose_name="starts")),
                ("expires", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "renews",
                    models.BooleanField(default=False, verbose_name="renews itself unless somebody gives notice"),
                ),
                (
                    "notice_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="notice, in days before"),
                ),
                ("notes", models.CharField(blank=True, max_length=300, verbose_name="notes")),
                ("acts_on", models.DateField(editable=False, null=True)),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="documents",
                        to="partners.contact",
                        verbose_name="about whom",
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
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="partners.organization",
                    ),
                ),
            ],
            options={
                "ordering": ("acts_on", "id"),
                "indexes": [
                    models.Index(fields=["district", "organization"], name="document_organization"),
                    models.Index(
                        condition=models.Q(("ended_at", None)), fields=["district", "acts_on"], name="document_acts_on"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PipelineStage",
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
                ("key", models.CharField(editable=False, max_length=12)),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("place", models.PositiveSmallIntegerField(editable=False)),
                (
                    "on_ladder",
                    models.BooleanField(
                        default=True, verbose_name="a step up the ladder; off it a reason is asked for"
                    ),
                ),
                (
                    "is_warm",
                    models.BooleanField(default=False, verbose_name="they work with us: long silence is told on Today"),
                ),
                ("retired_at", models.DateTimeField(editable=False, null=True)),
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
            ],
            options={
                "ordering": ("place", "id"),
                "constraints": [models.UniqueConstraint(fields=("district", "key"), name="pipeline_stage_key")],
            },
        ),
        migrations.CreateModel(
            name="Sequence",
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
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "about",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="for whom, and what it is to bring about"
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
                    "rule",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sequence",
                        to="mail.rule",
                    ),
                ),
            ],
            options={
                "ordering": ("name", "id"),
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
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
                ("started_on", models.DateField()),
                ("stage_at_start", models.CharField(max_length=12)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reply", "Answered"),
                            ("stage", "Moved on"),
                            ("opted_out", "Opted out"),
                            ("bounced", "Address bounced"),
                            ("gone", "No longer there"),
                            ("condition", "Condition not met"),
                            ("hand", "Taken out"),
                            ("done", "All steps done"),
                        ],
                        max_length=10,
                    ),
                ),
                ("ended_why", models.CharField(blank=True, max_length=300)),
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
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="enrolments", to="partners.contact"
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
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enrolments",
                        to="partners.organization",
                    ),
                ),
                (
                    "sequence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="enrolments", to="partners.sequence"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "indexes": [models.Index(fields=["district", "contact"], name="enrolment_contact")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("district", "sequence", "contact"),
                        name="enrolled_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SequenceStep",
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
                ("place", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("mail", "Mail"), ("call", "Call"), ("wait", "Wait"), ("condition", "Only if")],
                        default="mail",
                        max_length=10,
                        verbose_name="step",
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(default=0, verbose_name="days")),
                ("template_key", models.CharField(blank=True, max_length=80, verbose_name="template")),
                ("script", models.TextField(blank=True, verbose_name="what to say")),
                (
                    "condition",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("quiet", "nobody has spoken with them since the start"),
                            ("unasked", "nobody in the district has asked them for anything lately"),
                        ],
                        max_length=10,
                        verbose_name="only if",
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
                    "sequence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="partners.sequence"
                    ),
                ),
            ],
            options={
                "ordering": ("place", "id"),
                "indexes": [models.Index(fields=["district", "sequence", "place"], name="sequence_steps")],
            },
        ),
        migrations.CreateModel(
            name="EnrolmentStep",
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
                ("due", models.DateField()),
                ("done_at", models.DateTimeField(null=True)),
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
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="runs", to="partners.enrolment"
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="runs", to="partners.sequencestep"
                    ),
                ),
            ],
            options={
                "ordering": ("due", "step__place"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)), fields=["district", "due"], name="enrolment_step_due"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("district", "enrolment", "step"), name="enrolment_step_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="enrolment",
            name="ended_step",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="partners.sequencestep"
            ),
        ),
        migrations.CreateModel(
            name="Site",
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
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name of the site")),
                ("street", models.CharField(blank=True, max_length=200, verbose_name="street")),
                ("city", models.CharField(blank=True, max_length=100, verbose_name="city")),
                ("state", models.CharField(blank=True, max_length=30, verbose_name="state")),
                ("zip", models.CharField(blank=True, max_length=20, verbose_name="ZIP")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
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
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sites", to="partners.organization"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "indexes": [
                    models.Index(fields=["district", "organization"], name="site_organization"),
                    models.Index(fields=["district", "zip"], name="site_zip"),
                    models.Index(
                        models.F("district_id"), django.db.models.functions.text.Lower("city"), name="site_city"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StageChange",
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
                ("was", models.CharField(max_length=12)),
                ("became", models.CharField(max_length=12)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("since", models.DateTimeField(null=True)),
                ("before", models.JSONField(default=dict)),
                (
                    "bulk",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stage_changes",
                        to="partners.bulkchange",
                    ),
                ),
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
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stage_changes",
                        to="partners.organization",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-id"),
                "indexes": [
                    models.Index(fields=["district", "organization", "-at"], name="stage_change_organization"),
                    models.Index(fields=["district", "-at"], name="stage_change_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TimelineEntry",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("call", "Call"),
                            ("email", "Email"),
                            ("visit", "Visit"),
                            ("meeting", "Meeting"),
                            ("video", "Video call"),
                            ("text", "Text message"),
                            ("event", "Event"),
                            ("mail_out", "Mail sent"),
                            ("mail_in", "Mail received"),
                            ("council", "Council"),
                            ("placement", "Placement"),
                            ("referral", "Referral"),
                            ("import", "Import"),
                            ("stage", "Stage"),
                            ("note", "Note"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("summary", models.CharField(max_length=300)),
                ("body", models.TextField(blank=True)),
                ("quoted", models.TextField(blank=True, db_default="", default="", editable=False)),
                ("about_kind", models.CharField(blank=True, max_length=80)),
                ("about_id", models.BigIntegerField(null=True)),
                (
                    "asked_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("speaker", "Guest speaker"),
                            ("tour", "Workplace tour"),
                            ("career_fair", "Career fair"),
                            ("job_shadow", "Job shadow"),
                            ("informational_interview", "Informational interview"),
                            ("mock_interview", "Mock interview"),
                            ("project", "Industry project"),
                            ("school_enterprise", "School-based enterprise"),
                            ("clinical", "Clinical experience"),
                            ("mentoring", "Mentoring"),
                            ("internship", "Internship"),
                            ("coop", "Cooperative education"),
                            ("practicum", "Practicum"),
                            ("pre_apprenticeship", "Pre-apprenticeship"),
                            ("youth_apprenticeship", "Youth apprenticeship"),
                            ("registered_apprenticeship", "Registered apprenticeship"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True, choices=[("yes", "Yes"), ("no", "No"), ("later", "Later")], max_length=12
                    ),
                ),
                ("asked_anyway", models.CharField(blank=True, max_length=200)),
                ("bad_at", models.DateTimeField(editable=False, null=True)),
                ("bad_note", models.CharField(blank=True, max_length=300)),
                (
                    "bad_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="timeline",
                        to="partners.contact",
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
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="timeline", to="partners.organization"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="tenancy.school",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-id"),
                "indexes": [
                    models.Index(fields=["district", "organization", "-at", "-id"], name="timeline_newest"),
                    models.Index(fields=["district", "-at"], name="timeline_district"),
                    models.Index(fields=["district", "about_kind", "about_id"], name="timeline_about"),
                    models.Index(
                        condition=models.Q(("asked_for", ""), _negated=True),
                        fields=["district", "organization", "-at"],
                        name="timeline_asks",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(fields=["district", "organization"], name="contact_organization"),
        ),
        # loads pg_trgm's library: in a session that has not, its settings may not be named in a function
        migrations.RunSQL("select similarity('a', 'b')", migrations.RunSQL.noop),
        migrations.RunSQL(BY_NAME.CREATE, "drop function partners_search(text, text, text, int)"),
        migrations.RunSQL(FURTHER.SEARCH, migrations.RunSQL.noop),
        migrations.RunSQL(WORDS.INDEX, "drop index timeline_words"),
        migrations.RunSQL(WORDS.CREATE, "drop function partners_search_text(text, text, text, int)"),
        migrations.RunSQL(AT_ONCE.TEXT, migrations.RunSQL.noop),
        migrations.RunSQL(AT_ONCE.NAMES, migrations.RunSQL.noop),
    ]

from decimal import Decimal

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import wbl.tenancy.scope


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("partners", "0003_contact_log"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Event",
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
                            ("mock_interview", "Mock interview"),
                        ],
                        default="speaker",
                        max_length=30,
                        verbose_name="kind",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True, help_text="The topic, if it has one.", max_length=120, verbose_name="title"
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("begins", models.TimeField(verbose_name="from")),
                ("ends", models.TimeField(blank=True, null=True, verbose_name="to")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                ("seats", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="seats")),
                ("notes", models.TextField(blank=True, verbose_name="notes")),
                ("rolled_at", models.DateTimeField(editable=False, null=True)),
                ("cancelled_at", models.DateTimeField(editable=False, null=True)),
                ("cancelled_reason", models.CharField(blank=True, editable=False, max_length=300)),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="partners.contact",
                        verbose_name="who comes or hosts",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="partners.organization",
                        verbose_name="partner",
                    ),
                ),
                (
                    "rolled_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="tenancy.school",
                        verbose_name="school",
                    ),
                ),
            ],
            options={
                "ordering": ("day", "begins", "id"),
                "indexes": [
                    models.Index(fields=["district", "day"], name="event_day"),
                    models.Index(fields=["district", "organization"], name="event_organization"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends", None), ("ends__gt", models.F("begins")), _connector="OR"),
                        name="event_ends_after_it_begins",
                        violation_error_message="It ends before it begins.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Placement",
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
                        default="internship",
                        max_length=30,
                        verbose_name="kind of experience",
                    ),
                ),
                ("job_title", models.CharField(blank=True, max_length=120, verbose_name="what they do there")),
                ("starts", models.DateField(verbose_name="starts")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="ends")),
                ("schedule", models.CharField(blank=True, max_length=200, verbose_name="weekly schedule")),
                ("paid", models.BooleanField(default=False, verbose_name="paid")),
                (
                    "wage",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=6,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="wage an hour",
                    ),
                ),
                ("hours_goal", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="hours to reach")),
                (
                    "hazards",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=6), blank=True, default=list
                    ),
                ),
                (
                    "student_learner",
                    models.BooleanField(
                        default=False,
                        help_text="29 CFR 570.50(c): names the student, signed by employer and school.",
                        verbose_name="under a written student-learner agreement",
                    ),
                ),
                (
                    "work_experience_program",
                    models.BooleanField(
                        default=False,
                        help_text="29 CFR 570.36",
                        verbose_name="in a state-approved work-experience program (WECEP)",
                    ),
                ),
                ("grade", models.PositiveSmallIntegerField(editable=False, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("eligible", "Eligible"),
                            ("matched", "Matched"),
                            ("consented", "Consented"),
                            ("agreed", "Agreed"),
                            ("active", "Active"),
                            ("evaluated", "Evaluated"),
                            ("completed", "Completed"),
                            ("ended", "Ended early"),
                        ],
                        default="planned",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("status_since", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("ended_on", models.DateField(editable=False, null=True)),
                ("ended_reason", models.CharField(blank=True, editable=False, max_length=300)),
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
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="partners.organization",
                        verbose_name="partner",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="tenancy.school",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="placements",
                        to="partners.site",
                        verbose_name="site",
                    ),
                ),
                (
                    "supervisor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="placements",
                        to="partners.contact",
                        verbose_name="supervisor",
                    ),
                ),
            ],
            options={
                "ordering": ("-starts", "-id"),
                "indexes": [
                    models.Index(fields=["district", "status"], name="placement_status"),
                    models.Index(fields=["district", "organization"], name="placement_organization"),
                    models.Index(fields=["district", "school", "starts"], name="placement_school"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends", None), ("ends__gte", models.F("starts")), _connector="OR"),
                        name="placement_ends_after_it_starts",
                        violation_error_message="The last day lies before the first.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HoursEntry",
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
                ("date", models.DateField(verbose_name="day")),
                ("hours", models.DecimalField(decimal_places=2, max_digits=4, verbose_name="hours")),
                ("begins", models.TimeField(blank=True, null=True, verbose_name="from")),
                ("ends", models.TimeField(blank=True, null=True, verbose_name="to")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="what they did")),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("confirmed_name", models.CharField(blank=True, max_length=120)),
                ("disputed_at", models.DateTimeField(null=True)),
                ("dispute", models.CharField(blank=True, max_length=300)),
                ("approved_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="partners.contact"
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
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hours", to="placements.placement"
                    ),
                ),
            ],
            options={
                "ordering": ("-date", "-id"),
                "indexes": [
                    models.Index(fields=["district", "placement", "date"], name="hours_placement"),
                    models.Index(
                        condition=models.Q(("approved_at", None)), fields=["district", "date"], name="hours_waiting"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("hours__gt", 0), ("hours__lte", 24)),
                        name="hours_of_one_day",
                        violation_error_message="A day has 24 hours.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlacementStep",
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
                    "step",
                    models.CharField(
                        choices=[
                            ("eligible", "Eligible"),
                            ("matched", "Matched"),
                            ("consented", "Consented"),
                            ("agreed", "Agreed"),
                            ("active", "Active"),
                            ("evaluated", "Evaluated"),
                            ("completed", "Completed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("note", models.CharField(blank=True, max_length=200)),
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
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="placements.placement"
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
                "constraints": [models.UniqueConstraint(fields=("placement", "step"), name="placement_step_once")],
            },
        ),
        migrations.CreateModel(
            name="Student",
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
                (
                    "birth_date",
                    models.DateField(
                        help_text="Decides which youth-employment rules apply.", verbose_name="birth date"
                    ),
                ),
                (
                    "grade",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(6, "6"), (7, "7"), (8, "8"), (9, "9"), (10, "10"), (11, "11"), (12, "12")],
                        null=True,
                        verbose_name="grade",
                    ),
                ),
                (
                    "graduation_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="graduates in"),
                ),
                ("guardian_name", models.CharField(blank=True, max_length=120, verbose_name="guardian")),
                ("guardian_email", models.EmailField(blank=True, max_length=254, verbose_name="guardian’s email")),
                (
                    "concentrator",
                    models.BooleanField(
                        default=False,
                        help_text="Has completed two courses in one program (Perkins V).",
                        verbose_name="CTE concentrator",
                    ),
                ),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="left the district on")),
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
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="students",
                        to="tenancy.school",
                        verbose_name="school",
                    ),
                ),
            ],
            options={
                "ordering": ("sort_name", "id"),
                "indexes": [
                    models.Index(fields=["district", "sort_name", "id"], name="student_sorted"),
                    models.Index(fields=["district", "school"], name="student_school"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RosterRow",
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
                ("grade", models.PositiveSmallIntegerField(null=True)),
                ("attended", models.BooleanField(null=True)),
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
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="roster", to="placements.event"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.school"
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="roster", to="placements.student"
                    ),
                ),
            ],
            options={
                "ordering": ("student__sort_name", "id"),
                "indexes": [models.Index(fields=["district", "student"], name="roster_student")],
                "constraints": [models.UniqueConstraint(fields=("event", "student"), name="roster_once")],
            },
        ),
        migrations.AddField(
            model_name="placement",
            name="student",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="placements", to="placements.student"
            ),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(fields=["district", "student"], name="placement_student"),
        ),
    ]

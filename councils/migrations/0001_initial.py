import uuid

import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import councils.models.meetings
import wbl.tenancy.scope


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("partners", "0003_contact_log"),
        ("pathways", "0001_initial"),
        ("tenancy", "0002_change_goes_with_its_district"),
        ("todo", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgendaItem",
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
                ("order", models.PositiveSmallIntegerField(editable=False)),
                ("title", models.CharField(max_length=200, verbose_name="item")),
                ("presenter", models.CharField(blank=True, max_length=120, verbose_name="who presents")),
                ("minutes_allotted", models.PositiveSmallIntegerField(default=10, verbose_name="minutes")),
                ("text", models.TextField(blank=True, editable=False, verbose_name="minutes")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("written_at", models.DateTimeField(editable=False, null=True)),
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
                    "written_by",
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
                "ordering": ("order", "id"),
            },
        ),
        migrations.CreateModel(
            name="Amendment",
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
                ("was", models.TextField()),
                ("became", models.TextField(blank=True, verbose_name="amended text")),
                ("reason", models.CharField(max_length=200, verbose_name="why")),
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
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="amendments", to="councils.agendaitem"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Council",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("advisory", "Business advisory council"),
                            ("occupational", "Occupational advisory committee"),
                            ("regional", "Regional partnership"),
                            ("other", "Other council"),
                        ],
                        default="advisory",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "letter",
                    models.CharField(
                        help_text="As M in M-17.",
                        max_length=3,
                        validators=[
                            django.core.validators.RegexValidator("^[A-Z]{1,3}$", "One to three capital letters.")
                        ],
                        verbose_name="letter of its recommendations",
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="what it is for")),
                (
                    "minimum_members",
                    models.PositiveSmallIntegerField(
                        default=8,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(200),
                        ],
                        verbose_name="members, at least",
                    ),
                ),
                (
                    "maximum_members",
                    models.PositiveSmallIntegerField(
                        default=10,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(200),
                        ],
                        verbose_name="members, at most",
                    ),
                ),
                (
                    "meetings_per_year",
                    models.PositiveSmallIntegerField(
                        default=4,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(24),
                        ],
                        verbose_name="meetings a school year",
                    ),
                ),
                (
                    "quorum_rule",
                    models.CharField(
                        choices=[
                            ("majority", "More than half of the filled seats"),
                            ("two_thirds", "Two thirds of the filled seats"),
                            ("number", "A fixed number"),
                        ],
                        default="majority",
                        max_length=12,
                        verbose_name="quorum",
                    ),
                ),
                (
                    "quorum_number",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="fixed number for the quorum"),
                ),
                ("notice_days", models.PositiveSmallIntegerField(default=7, verbose_name="days of notice")),
                ("term_years", models.PositiveSmallIntegerField(default=2, verbose_name="years of a term")),
                ("archived_at", models.DateTimeField(editable=False, null=True)),
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
                "ordering": ("name", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district", "name"),
                        name="council_name_once",
                        violation_error_message="There is a council of this name already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CouncilPathway",
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
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pathway_ties", to="councils.council"
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
                    "pathway",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="council_ties", to="pathways.pathway"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("district", "council", "pathway"), name="council_pathway_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
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
                ("number", models.PositiveSmallIntegerField(editable=False)),
                ("school_year", models.PositiveSmallIntegerField(editable=False)),
                ("day", models.DateField(verbose_name="day")),
                ("starts", models.TimeField(verbose_name="from")),
                ("ends", models.TimeField(verbose_name="to")),
                (
                    "zone",
                    models.CharField(default=councils.models.meetings.district_zone, editable=False, max_length=50),
                ),
                ("starts_at", models.DateTimeField(editable=False)),
                ("ends_at", models.DateTimeField(editable=False)),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                ("video_url", models.URLField(blank=True, verbose_name="video link")),
                ("notice_posted_on", models.DateField(blank=True, null=True, verbose_name="public notice posted on")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                ("closed_at", models.DateTimeField(editable=False, null=True)),
                ("approved_at", models.DateTimeField(editable=False, null=True)),
                ("canceled_at", models.DateTimeField(editable=False, null=True)),
                ("cancel_reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "approved_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "called_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="meetings", to="councils.council"
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
                "ordering": ("-starts_at", "-id"),
                "indexes": [models.Index(fields=["district", "starts_at"], name="meeting_starts")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district", "council", "school_year", "number"), name="meeting_number_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
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
                ("text", models.CharField(max_length=300, verbose_name="decision")),
                ("votes_for", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="for")),
                ("votes_against", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="against")),
                ("abstained", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="abstained")),
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
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="decisions",
                        to="councils.agendaitem",
                        verbose_name="on item",
                    ),
                ),
                (
                    "moved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="partners.contact",
                        verbose_name="moved by",
                    ),
                ),
                (
                    "seconded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="partners.contact",
                        verbose_name="seconded by",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="councils.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="items", to="councils.meeting"
            ),
        ),
        migrations.CreateModel(
            name="Action",
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
                ("text", models.CharField(max_length=200, verbose_name="action")),
                ("due", models.DateField(verbose_name="due")),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="partners.contact",
                        verbose_name="member",
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
                    "todo",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="todo.todo"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="colleague",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="councils.agendaitem",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="actions", to="councils.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ("due", "id"),
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
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
                ("number", models.PositiveIntegerField(editable=False)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("economy", "Economy and jobs"),
                            ("skills", "Skills and curriculum"),
                            ("relationship", "Schools and employers"),
                            ("businesses", "Other businesses"),
                        ],
                        max_length=12,
                        verbose_name="purpose",
                    ),
                ),
                ("text", models.CharField(max_length=300, verbose_name="recommendation")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("board", "To the board"),
                            ("referral", "Referral to write"),
                            ("adopted", "Adopted"),
                            ("declined", "Declined"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="what became of it",
                    ),
                ),
                ("state_note", models.CharField(blank=True, max_length=120, verbose_name="in a few words")),
                ("state_on", models.DateField(blank=True, null=True, verbose_name="on")),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="partners.contact",
                        verbose_name="from",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations",
                        to="councils.council",
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
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="councils.agendaitem",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="recommendations",
                        to="councils.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
                "constraints": [
                    models.UniqueConstraint(fields=("district", "council", "number"), name="recommendation_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
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
                    "category",
                    models.CharField(
                        choices=[
                            ("business", "Business"),
                            ("labor", "Labor"),
                            ("education", "Education and training"),
                            ("workforce", "Workforce board or chamber"),
                            ("community", "Community and support services"),
                            ("student", "Student or parent"),
                        ],
                        default="business",
                        max_length=10,
                        verbose_name="speaks for",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True, help_text="As “chair” or “welding”.", max_length=80, verbose_name="what the seat is"
                    ),
                ),
                ("chair", models.BooleanField(default=False, verbose_name="chairs the council")),
                ("term_from", models.DateField(blank=True, null=True, verbose_name="term from")),
                ("term_to", models.DateField(blank=True, null=True, verbose_name="term to")),
                ("ended_on", models.DateField(editable=False, null=True)),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="seats",
                        to="partners.contact",
                        verbose_name="member",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seats", to="councils.council"
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
                    "follows",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="followed_by",
                        to="councils.seat",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="council_seats",
                        to="partners.organization",
                        verbose_name="kept for",
                    ),
                ),
            ],
            options={
                "ordering": ("-chair", "id"),
                "indexes": [
                    models.Index(fields=["district", "council"], name="seat_council"),
                    models.Index(fields=["district", "contact"], name="seat_contact"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)),
                        fields=("district", "council", "contact"),
                        name="seat_holder_once",
                        violation_error_message="This person sits on the council already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
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
                    "status",
                    models.CharField(
                        choices=[
                            ("invited", "No answer yet"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("deputy", "Sends somebody else"),
                        ],
                        default="invited",
                        max_length=8,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("deputy_name", models.CharField(blank=True, max_length=120, verbose_name="their name")),
                ("deputy_email", models.EmailField(blank=True, max_length=254, verbose_name="their email")),
                ("present_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="council_invitations",
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
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="councils.meeting"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="invitations",
                        to="councils.seat",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "indexes": [models.Index(fields=["district", "contact"], name="council_invitation_contact")],
                "constraints": [
                    models.UniqueConstraint(fields=("district", "meeting", "contact"), name="council_invitation_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("district", "meeting", "order"),
                name="agenda_order_once",
            ),
        ),
    ]

"""The first four in one, for a new database: it is made in a fraction of the time. One that is there already keeps to the four."""

import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import wbl.mail.models.messages
import wbl.tenancy.scope


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("mail", "0001_initial"),
        ("mail", "0002_templates_and_rules"),
        ("mail", "0003_files_of_a_mail"),
        ("mail", "0004_providers_and_incoming"),
    ]
    dependencies = [
        ("accounts", "0001_initial"),
        ("files", "0001_initial"),
        ("tenancy", "0005_who_paused_the_rules"),
    ]
    operations = [
        migrations.CreateModel(
            name="Message",
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
                ("rule_key", models.CharField(max_length=80)),
                ("step", models.CharField(blank=True, max_length=40)),
                ("record_kind", models.CharField(blank=True, max_length=80)),
                ("record_id", models.BigIntegerField(null=True)),
                ("reference_date", models.DateField(null=True)),
                ("recipient", models.CharField(max_length=254)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("due", "Due"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("delivered", "Delivered"),
                            ("bounced", "Bounced"),
                            ("complained", "Marked as spam"),
                            ("failed", "Failed"),
                            ("withheld", "Withheld"),
                            ("cancelled", "Canceled"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("because", models.CharField(blank=True, max_length=300)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("announcements", "Announcements"),
                            ("requests", "Requests for help"),
                            ("reminders", "Reminders and follow-ups"),
                            ("council", "Advisory council"),
                            ("required", "Signatures, safety and answers you asked for"),
                        ],
                        max_length=15,
                    ),
                ),
                ("required", models.BooleanField(default=False)),
                ("by_hand", models.BooleanField(default=False)),
                ("to_name", models.CharField(blank=True, max_length=120)),
                ("to_email", models.CharField(blank=True, max_length=254)),
                ("person_kind", models.CharField(blank=True, max_length=80)),
                ("person_id", models.BigIntegerField(null=True)),
                ("about_kind", models.CharField(blank=True, max_length=80)),
                ("about_id", models.BigIntegerField(null=True)),
                ("about_label", models.CharField(blank=True, max_length=200)),
                ("language", models.CharField(default="en-us", max_length=5)),
                ("reply_to", models.CharField(blank=True, max_length=400)),
                ("subject", models.CharField(blank=True, max_length=300)),
                ("text", models.TextField(blank=True)),
                ("html", models.TextField(blank=True)),
                ("source", models.TextField(blank=True)),
                (
                    "file_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list
                    ),
                ),
                ("token", models.CharField(default=wbl.mail.models.messages.new_token, max_length=40)),
                ("provider_id", models.CharField(blank=True, max_length=200)),
                ("due_at", models.DateTimeField()),
                ("next_try_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
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
                    "link",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="links.signedlink"
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
                    "stopped_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["planned", "due"])),
                        fields=["next_try_at", "district"],
                        name="message_ready",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["planned", "due"])),
                        fields=["district", "next_try_at"],
                        name="message_waiting",
                    ),
                    models.Index(condition=models.Q(("state", "sending")), fields=["district"], name="message_sending"),
                    models.Index(
                        condition=models.Q(("sent_at__isnull", False), ("told_at", None)),
                        fields=["sent_at", "district"],
                        name="message_untold",
                    ),
                    models.Index(
                        condition=models.Q(("provider_id", ""), _negated=True),
                        fields=["provider_id"],
                        name="message_provider",
                    ),
                    models.Index(fields=["district", "-due_at", "-id"], name="message_ledger"),
                    models.Index(fields=["district", "about_kind", "about_id"], name="message_about"),
                    models.Index(fields=["district", "state", "-due_at"], name="message_state"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=(
                            "district",
                            "rule_key",
                            "step",
                            "record_kind",
                            "record_id",
                            "reference_date",
                            "recipient",
                        ),
                        name="message_once",
                        nulls_distinct=False,
                    ),
                    models.UniqueConstraint(fields=("district", "token"), name="message_token"),
                ],
            },
        ),
        migrations.CreateModel(
            name="IncomingMail",
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
                ("external_id", models.CharField(max_length=300)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reply", "Reply"),
                            ("other", "Other"),
                            ("automatic", "Automatic"),
                            ("bounce", "Bounce"),
                            ("complaint", "Complaint"),
                            ("logged", "Logged"),
                        ],
                        max_length=10,
                    ),
                ),
                ("from_name", models.CharField(blank=True, max_length=200)),
                ("from_email", models.CharField(max_length=254)),
                ("subject", models.CharField(blank=True, max_length=300)),
                ("text", models.TextField(blank=True)),
                ("quoted", models.TextField(blank=True)),
                ("received_at", models.DateTimeField()),
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
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="mail.message",
                    ),
                ),
            ],
            options={
                "ordering": ("received_at",),
                "indexes": [models.Index(fields=["district", "message"], name="incoming_message")],
                "constraints": [models.UniqueConstraint(fields=("district", "external_id"), name="incoming_once")],
            },
        ),
        migrations.CreateModel(
            name="MessageEvent",
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
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("what", models.CharField(max_length=20)),
                ("why", models.CharField(blank=True, max_length=300)),
                ("external_id", models.CharField(blank=True, max_length=200)),
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
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="mail.message"
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
                "indexes": [models.Index(fields=["district", "message"], name="event_message")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=("district", "message", "external_id"),
                        name="event_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OptOut",
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
                ("email", models.EmailField(max_length=254)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("announcements", "Announcements"),
                            ("requests", "Requests for help"),
                            ("reminders", "Reminders and follow-ups"),
                            ("council", "Advisory council"),
                            ("required", "Signatures, safety and answers you asked for"),
                        ],
                        max_length=15,
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
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
                "constraints": [models.UniqueConstraint(fields=("district", "email", "category"), name="opt_out_once")],
            },
        ),
        migrations.CreateModel(
            name="Rule",
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
                ("key", models.CharField(editable=False, max_length=80)),
                ("trigger_key", models.CharField(editable=False, max_length=80)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "offsets",
                    django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), default=list),
                ),
                ("repeat_days", models.PositiveSmallIntegerField(null=True)),
                ("repeat_most", models.PositiveSmallIntegerField(null=True)),
                ("audience", models.JSONField(blank=True, default=dict)),
                ("hour", models.TimeField(default=datetime.time(8, 0), verbose_name="time of day")),
                ("template_key", models.CharField(blank=True, max_length=80, verbose_name="template")),
                ("subject", models.CharField(blank=True, max_length=200, verbose_name="subject")),
                ("body", models.TextField(blank=True, verbose_name="text")),
                ("quiet_hours", models.BooleanField(default=True, verbose_name="keep the quiet hours")),
                ("school_days", models.BooleanField(default=True, verbose_name="only on school days")),
                ("active_since", models.DateTimeField(editable=False, null=True)),
                ("planned_at", models.DateTimeField(editable=False, null=True)),
                (
                    "active_by",
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
            ],
            options={
                "ordering": ("id",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("active_since__isnull", False)),
                        fields=["planned_at", "district"],
                        name="rule_on",
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("district", "key"), name="rule_key_once")],
            },
        ),
        migrations.AddField(
            model_name="message",
            name="rule",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="messages", to="mail.rule"
            ),
        ),
        migrations.CreateModel(
            name="Suppression",
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
                ("email", models.EmailField(max_length=254)),
                ("detail", models.CharField(blank=True, max_length=300)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("lifted_at", models.DateTimeField(null=True)),
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
                    "lifted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("district", "email"), name="suppression_once")],
            },
        ),
        migrations.CreateModel(
            name="DropBox",
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
                ("token", models.CharField(max_length=40)),
                ("renewed_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("district", "user"), name="drop_box_once"),
                    models.UniqueConstraint(fields=("district", "token"), name="drop_box_token"),
                ],
            },
        ),
        migrations.CreateModel(
            name="IncomingFile",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="files.storedfile"
                    ),
                ),
                (
                    "mail",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="mail.incomingmail"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "indexes": [models.Index(fields=["district", "mail"], name="incoming_file_mail")],
            },
        ),
        migrations.CreateModel(
            name="MailSettings",
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
                    "reply_to",
                    models.EmailField(
                        blank=True,
                        help_text="Where a mail has no owner. Otherwise its owner gets the answers.",
                        max_length=254,
                        verbose_name="answers go to",
                    ),
                ),
                (
                    "signature",
                    models.TextField(
                        blank=True,
                        help_text="As in: Work-Based Learning Office, Room 12",
                        max_length=600,
                        verbose_name="lines under every mail",
                    ),
                ),
                ("logo", models.BinaryField(blank=True, default=bytes)),
                ("most", models.PositiveSmallIntegerField(default=2, verbose_name="announcements at most")),
                ("within_days", models.PositiveSmallIntegerField(default=30, verbose_name="in so many days")),
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
                "constraints": [models.UniqueConstraint(fields=("district",), name="mail_settings_once")],
            },
        ),
        migrations.CreateModel(
            name="MailTemplate",
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
                ("key", models.CharField(editable=False, max_length=80)),
                ("trigger_key", models.CharField(blank=True, editable=False, max_length=80)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("announcements", "Announcements"),
                            ("requests", "Requests for help"),
                            ("reminders", "Reminders and follow-ups"),
                            ("council", "Advisory council"),
                            ("required", "Signatures, safety and answers you asked for"),
                        ],
                        default="requests",
                        max_length=15,
                        verbose_name="what it is",
                    ),
                ),
                ("subject", models.CharField(max_length=200, verbose_name="subject")),
                ("body", models.TextField(verbose_name="text")),
                ("subject_es", models.CharField(blank=True, max_length=200, verbose_name="subject in Spanish")),
                ("body_es", models.TextField(blank=True, verbose_name="text in Spanish")),
                ("removed_at", models.DateTimeField(editable=False, null=True)),
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
                "constraints": [models.UniqueConstraint(fields=("district", "key"), name="template_key_once")],
            },
        ),
    ]

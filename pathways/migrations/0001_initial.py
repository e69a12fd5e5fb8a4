from decimal import Decimal

import django.core.validators
import django.db.models.constraints
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
        ("partners", "0001_initial"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pathway",
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
                    "cluster",
                    models.CharField(
                        choices=[
                            ("advanced_manufacturing", "Advanced Manufacturing"),
                            ("agriculture", "Agriculture"),
                            ("arts", "Arts, Entertainment and Design"),
                            ("construction", "Construction"),
                            ("digital", "Digital Technology"),
                            ("education", "Education"),
                            ("energy", "Energy and Natural Resources"),
                            ("finance", "Financial Services"),
                            ("health", "Healthcare and Human Services"),
                            ("hospitality", "Hospitality, Events and Tourism"),
                            ("management", "Management and Entrepreneurship"),
                            ("marketing", "Marketing and Sales"),
                            ("public", "Public Service and Safety"),
                            ("supply_chain", "Supply Chain and Transportation"),
                            ("architecture_2002", "Architecture and Construction (2002)"),
                            ("arts_2002", "Arts, A/V Technology and Communications (2002)"),
                            ("business_2002", "Business Management and Administration (2002)"),
                            ("government_2002", "Government and Public Administration (2002)"),
                            ("health_2002", "Health Science (2002)"),
                            ("human_2002", "Human Services (2002)"),
                            ("it_2002", "Information Technology (2002)"),
                            ("law_2002", "Law, Public Safety, Corrections and Security (2002)"),
                            ("manufacturing_2002", "Manufacturing (2002)"),
                            ("stem_2002", "Science, Technology, Engineering and Mathematics (2002)"),
                            ("transportation_2002", "Transportation, Distribution and Logistics (2002)"),
                        ],
                        max_length=30,
                        verbose_name="career cluster",
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("students", models.PositiveIntegerField(blank=True, null=True, verbose_name="students enrolled")),
                (
                    "finishers",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="people who finish in a year"),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        help_text="Who counted openings and wages, and when.",
                        max_length=200,
                        verbose_name="source of the demand",
                    ),
                ),
                ("source_url", models.URLField(blank=True, max_length=300, verbose_name="address of the source")),
                ("published_at", models.DateTimeField(editable=False, null=True)),
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
                (
                    "published_by",
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
                "ordering": ("name", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district", "name"),
                        name="pathway_name_once",
                        violation_error_message="There is a pathway of this name already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Adoption",
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
                ("key", models.CharField(max_length=120)),
                ("version", models.PositiveIntegerField()),
                ("adopted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "adopted_by",
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
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.district"
                    ),
                ),
                (
                    "pathway",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="adoption", to="pathways.pathway"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("district", "region", "key"), name="adoption_once")],
            },
        ),
        migrations.CreateModel(
            name="PathwayOccupation",
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
                    "soc",
                    models.CharField(
                        blank=True,
                        help_text="SOC 2018 or O*NET, as 51-4041.",
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\d{2}-\\d{4}(\\.\\d{2})?$", "A SOC code is written 51-4041 or 51-4041.00."
                            )
                        ],
                        verbose_name="SOC code",
                    ),
                ),
                ("title", models.CharField(max_length=100, verbose_name="occupation")),
                (
                    "wage",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=7,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="wage an hour",
                    ),
                ),
                ("openings", models.PositiveIntegerField(blank=True, null=True, verbose_name="openings a year")),
                ("source", models.CharField(help_text="Who counted, and when.", max_length=200, verbose_name="source")),
                ("source_url", models.URLField(blank=True, max_length=300, verbose_name="address of the source")),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="occupations", to="pathways.pathway"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district", "pathway", "title"),
                        name="pathway_occupation_once",
                        violation_error_message="This occupation is on the pathway already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
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
                (
                    "grade",
                    models.CharField(
                        help_text="As “Grade 9”, “Technology center” or “College”.",
                        max_length=40,
                        verbose_name="grade or place",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("course", "Course"),
                            ("program", "Program"),
                            ("college", "College credit or degree"),
                            ("work", "Training at work"),
                        ],
                        default="course",
                        max_length=8,
                        verbose_name="kind",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="pathways.pathway"
                    ),
                ),
            ],
            options={
                "ordering": ("order", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("district", "pathway", "order"),
                        name="step_order_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Experience",
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
                        verbose_name="experience",
                    ),
                ),
                ("hours", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="hours")),
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
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="experiences",
                        to="pathways.step",
                        verbose_name="at step",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="ExitPoint",
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
                    "occupation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exits",
                        to="pathways.pathwayoccupation",
                        verbose_name="occupation",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exits",
                        to="pathways.step",
                        verbose_name="after step",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="EntryPoint",
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
                    "who",
                    models.CharField(
                        help_text="As “Any 8th grader” or “Adults”.", max_length=60, verbose_name="who may enter"
                    ),
                ),
                ("condition", models.CharField(blank=True, max_length=60, verbose_name="on what condition")),
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
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="pathways.step",
                        verbose_name="step",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Credential",
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
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("issuer", models.CharField(blank=True, max_length=120, verbose_name="issued by")),
                ("stacks", models.BooleanField(default=True, verbose_name="counts toward later credentials")),
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
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="credentials",
                        to="pathways.step",
                        verbose_name="earned at",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="SupportService",
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
                ("name", models.CharField(max_length=120, verbose_name="what it is")),
                ("provider", models.CharField(blank=True, max_length=120, verbose_name="through whom")),
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
                    "first_step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="pathways.step",
                        verbose_name="from step",
                    ),
                ),
                (
                    "last_step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="pathways.step",
                        verbose_name="to step",
                    ),
                ),
                (
                    "pathway",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="services", to="pathways.pathway"
                    ),
                ),
            ],
            options={
                "ordering": ("first_step__order", "id"),
            },
        ),
        migrations.CreateModel(
            name="Tie",
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
                    "role",
                    models.CharField(
                        choices=[("provider", "Teaches or trains"), ("employer", "Hires or hosts students")],
                        default="employer",
                        max_length=8,
                        verbose_name="part",
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
                        related_name="pathway_ties",
                        to="partners.organization",
                        verbose_name="partner",
                    ),
                ),
                (
                    "pathway",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ties", to="pathways.pathway"
                    ),
                ),
            ],
            options={
                "ordering": ("role", "organization__sort_name", "id"),
                "indexes": [models.Index(fields=["district", "organization"], name="pathway_tie_organization")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district", "pathway", "organization", "role"),
                        name="pathway_tie_once",
                        violation_error_message="This partner has that part already.",
                    )
                ],
            },
        ),
    ]

"""Organizations that work with the district."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.cache import cache
from django.db import models, transaction
from django.db.models import Count
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.kinds import KIND_SUFFIX, Kind, Source, Subkind
from partners.models.stages import Stage, StageChange, all_steps, step_of
from partners.names import name_key, sort_key
from partners.reach import domain_of, doubt
from wbl.files.models import StoredFile
from wbl.tenancy.base import DistrictManager
from wbl.tenancy.record import kind_of
from wbl.tenancy.shelf import Shelved, ShelvedQuerySet
from wbl.todo.models import Todo

_COUNT = "partners:total"
DOCUMENT_COLUMNS = (
    *("id", "kind", "title", "contact_id", "file_id", "starts", "expires"),
    *("renews", "notice_days", "notes", "acts_on", "ended_at"),
)


def _tied(path: str, **only: Any) -> Any:
    """[id, name] of what lies at `path` from an organization, once each."""
    there = Organization.objects.filter(pk=models.OuterRef("pk"), **{f"{path}__isnull": False}, **only)
    pair = JSONObject(pk=models.F(path), name=models.F(f"{path}__name"))
    return there.order_by(f"{path}__name").values(pair=pair).distinct()


def _number_of(path: str) -> models.Subquery:
    """How many lie at `path` from an organization; None for none."""
    there = Organization.objects.filter(pk=models.OuterRef("pk"), **{f"{path}__isnull": False}).order_by()
    return models.Subquery(there.values("pk").annotate(n=Count(path)).values("n"))


class OrganizationQuerySet(ShelvedQuerySet):
    def in_stage(self, *stages: str) -> Self:
        return self.filter(stage__in=stages)

    def owned_by(self, user: Any) -> Self:
        return self.filter(owner=user)

    def with_ties(self) -> Self:
        """What the apps above hang on a partner, by reverse names: its pathways, council seats, placements and events.

        `tied_pathways` and `tied_councils` are lists of {"pk", "name"}, the other two numbers, None for none.
        """
        return self.annotate(
            tied_pathways=ArraySubquery(_tied("pathway_ties__pathway")),
            tied_councils=ArraySubquery(_tied("contacts__seats__council", contacts__seats__ended_on=None)),
            placement_count=_number_of("placements"),
            event_count=_number_of("events"),
        )

    def with_kin(self) -> Self:
        """`tied_subsidiaries` and `tied_referrals`, lists of {"pk", "name"}; no query of their own."""
        return self.annotate(
            tied_subsidiaries=ArraySubquery(_tied("subsidiaries", subsidiaries__archived_at=None)),
            tied_referrals=ArraySubquery(_tied("referrals", referrals__archived_at=None)),
        )

    def with_documents(self) -> Self:
        """`document_rows`: the papers of each, as PartnerDocument.of_rows takes them; no query of their own."""
        there = Organization.objects.filter(pk=models.OuterRef("pk"), documents__isnull=False)
        columns = {name: models.F(f"documents__{name}") for name in DOCUMENT_COLUMNS}
        rows = there.order_by("documents__acts_on", "documents__id").values(row=JSONObject(**columns))
        return self.annotate(document_rows=ArraySubquery(rows))

    def with_onboarding(self) -> Self:
        """`steps_begun` and `steps_open` of each, and `next_step_title`: no query of their own."""
        begun = models.F("onboarding__pk")
        is_open = models.Q(onboarding__done_at=None)
        there = Organization.objects.filter(pk=models.OuterRef("pk"), onboarding__isnull=False).order_by()
        count = there.values("pk").annotate(n=Count(begun), open=Count(begun, filter=is_open))
        first = there.filter(is_open).order_by("onboarding__due", "onboarding__order", "onboarding__pk")
        return self.annotate(
            steps_begun=models.Subquery(count.values("n")),
            steps_open=models.Subquery(count.values("open")),
            next_step_title=models.Subquery(first.values("onboarding__title")[:1]),
        )

    def quiet_since(self, moment: dt.datetime) -> Self:
        """Without any contact since then, or ever."""
        return self.filter(models.Q(last_contact_at=None) | models.Q(last_contact_at__lt=moment))


class Organization(Shelved):
    """A business or other body: the partner. Its people are contacts, its addresses sites."""

    nouns: ClassVar[tuple[str, str]] = ("partner", "partners")

    name = models.CharField(_("name"), max_length=200)
    # ordered by bytes on every server: a folded copy of the name
    sort_name = models.CharField(max_length=200, db_collation="C", editable=False)
    # the name without legal form, punctuation and spelling habits: for duplicates and search
    name_key = models.CharField(max_length=200, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.EMPLOYER)
    subkind = models.CharField(
        _("kind of intermediary"), max_length=12, choices=Subkind, blank=True, default="", db_default=""
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent company"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="subsidiaries",
    )
    logo = models.ForeignKey(
        StoredFile, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    stage = models.CharField(_("stage"), max_length=12, default=Stage.PROSPECT)
    stage_since = models.DateTimeField(default=timezone.now, editable=False)
    stage_reason = models.CharField(_("why paused or declined"), max_length=200, blank=True, default="", db_default="")
    revisit_on = models.DateField(_("look at them again on"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    phone_ext = models.CharField(_("extension"), max_length=10, blank=True)
    email = models.CharField(_("general email"), max_length=254, blank=True)
    website = models.CharField(_("website"), max_length=300, blank=True)
    domain = models.CharField(max_length=200, blank=True, editable=False)
    naics = models.CharField(_("NAICS code"), max_length=6, blank=True)
    industry = models.CharField(_("industry"), max_length=150, blank=True)
    employees = models.PositiveIntegerField(_("people employed"), null=True, blank=True)
    source = models.CharField(_("found through"), max_length=12, choices=Source, blank=True)
    source_detail = models.CharField(_("who referred them"), max_length=200, blank=True)
    # the partner, and the person there, who referred them; `source_detail` holds the words where they are no record
    referred_by = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="referrals"
    )
    referred_by_contact = models.ForeignKey(
        "partners.Contact", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="referrals"
    )
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    last_contact_at = models.DateTimeField(null=True, editable=False)

    objects = DistrictManager.from_queryset(OrganizationQuerySet)()

    class Meta:
        verbose_name, verbose_name_plural = _("partner"), _("partners")
        ordering = ("sort_name", "id")
        indexes = [
            models.Index(fields=["district", "sort_name", "id"], name="organization_sorted"),
            models.Index(fields=["district", "name_key"], name="organization_key"),
            models.Index(fields=["district", "domain"], name="organization_domain"),
            models.Index(fields=["district", "phone"], name="organization_phone"),
            models.Index(fields=["district", "stage"], name="organization_stage"),
            models.Index(fields=["district", "owner"], name="organization_owner"),
            models.Index(fields=["district", "parent"], name="organization_parent"),
            models.Index(fields=["district", "referred_by"], name="organization_referred_by"),
            GinIndex(
                models.F("district_id"), OpClass(models.F("name_key"), "gin_trgm_ops"), name="organization_key_trgm"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_derived()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "sort_name", "name_key", "domain", "updated_at"}
        counts = self._state.adding or "archived_at" in (fields or ())
        super().save(*args, **kwargs)
        if counts:
            self.count_anew()

    @classmethod
    def count_present(cls) -> int:
        """How many partners the district has; counted at most once a minute, and anew when one comes or goes."""
        return int(cache.get_or_set(_COUNT, cls.objects.present().count, 60) or 0)

    @classmethod
    def count_anew(cls) -> None:
        """Whoever writes many at once calls it, after the transaction."""
        cache.delete(_COUNT)

    def fill_derived(self) -> None:
        """Set what follows from the name, the website and the email; bulk writers call it themselves."""
        self.sort_name = sort_key(self.name)[:200]
        self.name_key = name_key(self.name)[:200]
        self.domain = domain_of(self.website) or domain_of(self.email)

    def get_absolute_url(self) -> str:
        return reverse("partners:detail", args=[self.pk])

    @property
    def web_address(self) -> str:
        """The website as a link, or nothing where what was typed is no web address."""
        typed = self.website.strip()
        if doubt("website", typed) or not typed:
            return ""
        return typed if typed.lower().startswith(("http://", "https://")) else f"https://{typed}"

    @property
    def doubts(self) -> dict[str, str]:
        """What couldn't be read and was kept as typed, with what to say beside it."""
        return {kind: doubt(kind, getattr(self, kind)) for kind in ("phone", "website", "email")}

    @property
    def kind_suffix(self) -> Any:
        return KIND_SUFFIX.get(self.kind, "")

    @property
    def kind_in_words(self) -> Any:
        """The narrower kind where there is one: Workforce board."""
        return self.get_subkind_display() or self.get_kind_display()  # type: ignore[attr-defined]

    @property
    def above(self) -> list["Organization"]:
        """Its parent, the parent's parent and so on; a circle that a merge made ends where it closes."""
        found: list[Organization] = []
        each = self.parent
        while each is not None and each.pk not in {self.pk, *(o.pk for o in found)}:
            found.append(each)
            each = each.parent
        return found

    @property
    def rung(self) -> int:
        """How far up the ladder, 1–6; 0 when paused or declined."""
        return step_of(self.stage).rung

    def get_stage_display(self) -> str:
        """The district's own name of the stage."""
        return step_of(self.stage).name

    @property
    def days_in_stage(self) -> int:
        return (timezone.localdate() - timezone.localdate(self.stage_since)).days

    @transaction.atomic
    def record(
        self,
        *,
        kind: str,
        summary: str,
        by: Any = None,
        contact: Any = None,
        body: str = "",
        at: dt.datetime | None = None,
        about: models.Model | None = None,
        asked_for: str = "",
        answer: str = "",
        school: models.Model | None = None,
        asked_anyway: str = "",
        quoted: str = "",
    ) -> Any:
        """Write what passed between the district and this partner into its timeline: the one way in, for every app.

        `about` is the record behind it (a placement, a meeting, a message); `asked_for` a type of the continuum when it
        was an ask, `school` for which one, `asked_anyway` why although they had been asked lately; `quoted` what a mail
        that came in repeats of ours. Contact kinds move `last_contact_at`.
        """
        from partners.models.timeline import CONTACT_KINDS, TimelineEntry

        entry = TimelineEntry.objects.create(
            organization=self,
            contact=contact,
            kind=kind,
            summary=summary[:300],
            body=body,
            at=at or timezone.now(),
            by=by,
            about_kind=kind_of(about) if about else "",
            about_id=about.pk if about else None,
            asked_for=asked_for,
            answer=answer,
            school=school,
            asked_anyway=asked_anyway,
            quoted=quoted,
        )
        if kind in CONTACT_KINDS:
            Organization.objects.filter(pk=self.pk).filter(
                models.Q(last_contact_at=None) | models.Q(last_contact_at__lt=entry.at)
            ).update(last_contact_at=entry.at, updated_at=timezone.now())
        return entry

    @classmethod
    @transaction.atomic
    def record_mails(cls, mails: Sequence[tuple[Any, Any]]) -> None:
        """Write many sent mails, pairs of contact and message, as `record` would: two statements in all, and a look
        at what letters by hand asked for."""
        from partners.models.timeline import MailedAsk, TimelineEntry

        by_hand = [message.pk for _contact, message in mails if message.by_hand]
        asked = {ask.message_id: ask for ask in MailedAsk.objects.filter(message__in=by_hand)} if by_hand else {}
        TimelineEntry.objects.bulk_create(
            TimelineEntry.of_mail(contact, message, asked.get(message.pk)) for contact, message in mails
        )
        at = max(message.sent_at for _contact, message in mails)
        cls.objects.filter(pk__in={contact.organization_id for contact, _message in mails}).filter(
            models.Q(last_contact_at=None) | models.Q(last_contact_at__lt=at)
        ).update(last_contact_at=at, updated_at=timezone.now())

    @transaction.atomic
    def move_to(
        self,
        *,
        stage: str,
        by: Any,
        reason: str = "",
        revisit_on: dt.date | None = None,
        because: models.Model | None = None,
    ) -> StageChange | None:
        """Change the stage, noting since when, by whom and why; on the day to revisit the owner has a to-do.

        On the ladder neither reason nor day stands any more; `because` is the record that moved it. None where nothing
        changes.
        """
        if not all_steps().get(stage, step_of(stage)).asks_reason:
            reason, revisit_on = "", None
        if stage == self.stage and (reason, revisit_on) == (self.stage_reason, self.revisit_on):
            return None
        before = {"stage_reason": self.stage_reason, "revisit_on": str(self.revisit_on or "")}
        if because:
            before["because"] = f"{kind_of(because)} {because.pk}"
        was, since = self.stage, self.stage_since
        self.stage, self.stage_reason, self.revisit_on = stage, reason, revisit_on
        if stage != was:
            self.stage_since = timezone.now()
        self.save(update_fields=["stage", "stage_since", "stage_reason", "revisit_on"])
        self.plan_revisit(by=by)
        if stage == was:
            return None
        change = StageChange.objects.create(
            organization=self, was=was, became=stage, by=by, reason=reason, since=since, before=before
        )
        self.record(kind="stage", summary=f"{change}{f': {reason}' if reason else ''}", by=by, about=change)
        if stage == Stage.COMMITTED:
            from partners import onboarding

            onboarding.start(self, by=by)
        return change

    @transaction.atomic
    def take_back(self, change: StageChange) -> bool:
        """Undo the last move; False where the partner has moved on since."""
        from partners.models.timeline import TimelineEntry

        if self.stage != change.became or self.stage_changes.filter(pk__gt=change.pk).exists():
            return False
        day = change.before.get("revisit_on") or ""
        self.stage, self.stage_since = change.was, change.since or self.stage_since
        self.stage_reason = change.before.get("stage_reason", "")
        self.revisit_on = dt.date.fromisoformat(day) if day else None
        self.save(update_fields=["stage", "stage_since", "stage_reason", "revisit_on"])
        self.plan_revisit(by=change.by)
        TimelineEntry.objects.filter(about_kind=kind_of(change), about_id=change.pk).delete()
        change.delete()
        return True

    def plan_revisit(self, *, by: Any) -> None:
        """One open to-do for the day to revisit; none where there is no such day."""
        waiting = Todo.objects.open().filter(source_kind=kind_of(self), source_id=self.pk)
        if self.revisit_on is None:
            waiting.delete()
        elif not waiting.update(due=self.revisit_on, updated_at=timezone.now()):
            title = f"Look at {self.name} again: {step_of(self.stage).name.lower()}"
            owner = self.owner or by
            Todo.open(
                title=title,
                note=self.stage_reason,
                due=self.revisit_on,
                owner=owner,
                about=self,
                source=self,
                kind="task",
            )

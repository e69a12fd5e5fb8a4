"""One change of many partners at once, and the way back."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from partners.models.bulk_sets import SETS, put, take_back, told
from partners.models.bulk_stages import put_stage, take_stages_back
from partners.models.organizations import Organization
from wbl.tenancy.base import DistrictModel


class BulkChange(DistrictModel):
    """Which partners got what value in one field, and what each had before: enough to take it back."""

    history: ClassVar[bool] = False  # the partners' own history has each change

    class Field(models.TextChoices):
        STAGE = "stage", "Stage"
        OWNER = "owner", "Owner"
        TAG = "tag", "Tag"
        UNTAG = "untag", "Tag taken away"
        ARCHIVE = "archive", "Archive"
        HANDOVER = "handover", "Handed over"  # partners/handover.py

    field = models.CharField(max_length=10, choices=Field)
    value = models.CharField(max_length=60, blank=True)
    before = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.field} of {len(self.before)} partners"

    @classmethod
    @transaction.atomic
    def apply(cls, *, field: str, value: Any, organizations: Iterable[Organization], by: Any) -> Self:
        """Set stage (a Stage), owner (a User or None), add or take away a tag (text), or archive them all."""
        ids = [o.pk for o in organizations]
        rows = Organization.objects.filter(pk__in=ids).select_for_update()
        if field in SETS:
            changed = put(field, value, Organization.objects.filter(pk__in=ids))
            return cls.objects.create(field=field, value=value, before=changed, by=by)
        if field == "stage":
            made = cls.objects.create(field=field, value=value, before=dict(rows.values_list("pk", "stage")), by=by)
            put_stage(value, Organization.objects.filter(pk__in=ids), bulk=made, by=by)
            return made
        before = {str(pk): old for pk, old in rows.values_list("pk", "owner_id")}
        rows.update(owner=value, updated_at=timezone.now())
        return cls.objects.create(field=field, value=str(value.pk if value else ""), before=before, by=by)

    @property
    def told(self) -> str:
        """What was done, in a sentence."""
        return told(self.field, self.value, len(self.before))

    @transaction.atomic
    def undo(self) -> int:
        """Give each partner its old value back where nobody has changed it since; how many."""
        if self.field == "stage":
            done = take_stages_back(self)
        else:
            done = take_back(self.field, self.value, self.before) if self.field in SETS else 0
        for pk, old in self.before.items() if self.field == "owner" else ():
            rows = Organization.objects.filter(pk=int(pk), owner_id=self.value or None)
            done += rows.update(owner_id=old, updated_at=timezone.now())
        self.undone_at = timezone.now()
        self.save(update_fields=["undone_at", "updated_at"])
        return done

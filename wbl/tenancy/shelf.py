"""Rows that are put away instead of deleted: what refers to them stays true, and they can come back."""

from typing import Self

from django.db import models
from django.utils import timezone

from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet


class ShelvedQuerySet(DistrictQuerySet):
    def present(self) -> Self:
        """Not archived."""
        return self.filter(archived_at=None)


class Shelved(DistrictModel):
    """Base of tenant tables whose rows are archived and restored; wbl.web.shelving has the two views."""

    archived_at = models.DateTimeField(null=True, editable=False)

    objects = DistrictManager.from_queryset(ShelvedQuerySet)()

    class Meta:
        abstract = True

    def archive(self) -> None:
        self._shelve(timezone.now())

    def restore(self) -> None:
        self._shelve(None)

    def _shelve(self, moment) -> None:
        self.archived_at = moment
        self.save(update_fields=["archived_at", "updated_at"])

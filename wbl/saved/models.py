"""A list's state under a name."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet


class SavedViewQuerySet(DistrictQuerySet):
    def seen_by(self, user: Any) -> Self:
        """Their own and the district's shared ones."""
        mine_or_shared = models.Q(owner=user) | (models.Q(shared=True) & ~models.Q(name=""))
        return self.filter(mine_or_shared, removed_at=None)

    def named(self) -> Self:
        return self.exclude(name="")


class SavedView(DistrictModel):
    """Search, filters, sort and columns of one list under a name. `query` is the list's address without its page.

    The nameless one of each person holds what they chose for the list as a whole: its columns (`query` is `cols=…`) and
    the view it opens with (`first`).
    """

    list = models.CharField(max_length=20)
    name = models.CharField(max_length=60, blank=True)
    query = models.CharField(max_length=2_000, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    shared = models.BooleanField(default=False)
    first = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = DistrictManager.from_queryset(SavedViewQuerySet)()

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["district", "list", "owner", "name"],
                condition=models.Q(removed_at=None),
                name="saved_view_once",
            )
        ]

    def __str__(self) -> str:
        return self.name or f"Columns of {self.list}"

    @classmethod
    def own(cls, *, key: str, by: Any) -> Self:
        """The person's nameless row of a list, made when it is needed."""
        return cls.objects.get_or_create(list=key, owner=by, name="", removed_at=None)[0]

    def open_with(self, *, by: Any) -> None:
        """The list opens with this view for this person from now on."""
        SavedView.own(key=self.list, by=by)
        SavedView.objects.filter(list=self.list, owner=by, name="").update(first=self, updated_at=timezone.now())

    def open_no_more(self, *, by: Any) -> None:
        own = SavedView.objects.filter(list=self.list, owner=by, name="", first=self)
        own.update(first=None, updated_at=timezone.now())

    def remove(self) -> None:
        self.removed_at = timezone.now()
        self.save(update_fields=["removed_at", "updated_at"])

    def restore(self) -> bool:
        """Take the removal back; False when its name was given to another meanwhile."""
        same = SavedView.objects.filter(list=self.list, owner=self.owner_id, name=self.name, removed_at=None)
        if same.exists():
            return False
        self.removed_at = None
        self.save(update_fields=["removed_at", "updated_at"])
        return True

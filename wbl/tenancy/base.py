"""What every tenant table inherits: the district's key and the one manager that is wall 1."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models.expressions import Func
from django.db.models.functions import Now

from wbl.tenancy.scope import current_district_id, sees_all


class InDistrict(Func):
    """`district_id = <open district>`, read when the SQL is built, not when the queryset is.

    So module-level querysets, ModelForms, generic views and the admin work unmodified.
    """

    conditional = True
    output_field = models.BooleanField()

    def as_sql(self, compiler: Any, connection: Any, **kwargs: Any) -> Any:
        if sees_all():
            return "TRUE", ()
        column, params = compiler.compile(self.source_expressions[0])
        return f"{column} = %s", (*params, current_district_id())


class DistrictQuerySet(models.QuerySet):
    """Base of the querysets of tenant tables; their adjectives are methods of subclasses."""


class DistrictManager(models.Manager.from_queryset(DistrictQuerySet)):  # type: ignore[misc]
    """Adds the open district to every query; without one, the query raises NoDistrict."""

    _walled: Any = None

    def get_queryset(self) -> Any:
        """A copy of the walled queryset, which is built once for a model and not for each query."""
        if self._db is not None or self._hints:
            return super().get_queryset().filter(InDistrict("district_id"))
        if self._walled is None or self._walled.model is not self.model:
            self._walled = super().get_queryset().filter(InDistrict("district_id"))
        return self._walled.all()


class DistrictModel(models.Model):
    """A row that belongs to one district.

    The step after migrate gives its table row-level security, composite foreign keys and the history trigger.
    `history = False` leaves a table out of the history (say why beside it); `history_omits` names columns whose
    values are too large or too private to be kept twice.
    """

    district = models.ForeignKey(
        "tenancy.District",
        on_delete=models.CASCADE,
        default=current_district_id,
        editable=False,
        related_name="+",
        db_index=False,
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(auto_now=True, db_default=Now())

    history: ClassVar[bool] = True
    history_omits: ClassVar[tuple[str, ...]] = ()

    objects = DistrictManager()

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Any = None) -> None:
        """Check constraints over `district` too: it is no form field, so Django would leave them out."""
        super().validate_constraints(exclude=set(exclude or ()) - {"district"})

    def copy_of(self) -> Self:
        """An unsaved copy in the open district."""
        twin = type(self)(
            **{f.attname: getattr(self, f.attname) for f in self._meta.concrete_fields if not f.primary_key}
        )
        twin.district_id = current_district_id()
        return twin

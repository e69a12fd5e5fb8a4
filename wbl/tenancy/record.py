"""A reference to any record is a kind ("partners.organization") and an id, resolved through both walls."""

from django.apps import apps
from django.db import models

from wbl.tenancy.base import DistrictModel


def kind_of(record: models.Model | type[models.Model]) -> str:
    """`app.model` of a record or a model."""
    return record._meta.label_lower


def noun(model: type[models.Model], count: int = 1) -> str:
    """What people call such a record: `nouns` of the model (one, many), or its name."""
    one, many = getattr(model, "nouns", (model._meta.verbose_name, model._meta.verbose_name_plural))
    return str(one if count == 1 else many)


def tenant_model(kind: str) -> type[DistrictModel]:
    """The model of a kind. Raises LookupError for one that is no tenant table."""
    model = apps.get_model(kind)
    if not issubclass(model, DistrictModel):
        raise LookupError(f"{kind} is no tenant table.")
    return model


def resolve(kind: str, record_id: int | None) -> models.Model | None:
    """The record in the open district, or None. Raises LookupError for a kind that is no tenant table."""
    return tenant_model(kind).objects.filter(pk=record_id).first() if record_id else None

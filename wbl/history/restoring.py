"""Back to what it was: one value, or a whole record that was removed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.text import capfirst

from wbl.history.reading import same
from wbl.tenancy import rows
from wbl.tenancy.models import Change
from wbl.tenancy.record import noun, tenant_model


@transaction.atomic
def restore_value(change: Change, column: str) -> Any:
    """Give a record back the value that it had before a change; returns the record.

    Raises ValidationError when it is gone, has been changed since, or the old value is not allowed any more.
    """
    model: Any = tenant_model(change.kind)
    field = next((f for f in model._meta.concrete_fields if f.column == column and f.editable), None)
    if change.op != Change.Op.CHANGED or field is None or column not in (change.before or {}):
        raise ValidationError("This value can’t be restored.")
    row = model._default_manager.select_for_update(of=("self",)).filter(pk=change.record_id).first()
    if row is None:
        raise ValidationError("The record is gone. Bring it back first.")
    if not same(field, row, (change.after or {}).get(column)):
        raise ValidationError(
            f"{capfirst(str(field.verbose_name))} was changed again since. Restore the newer change first, or edit it."
        )
    kept = (change.before or {})[column]
    setattr(row, field.attname, kept if field.is_relation or kept is None else field.to_python(kept))
    changed = [field.name, *_since(model, field)]
    for name in changed[1:]:
        setattr(row, name, timezone.now())
    row.clean_fields(exclude=[f.name for f in model._meta.concrete_fields if f.name != field.name])
    row.validate_constraints()
    row.save(update_fields=changed)
    return row


def _since(model: type[models.Model], field: Any) -> list[str]:
    """`stage_since` tells when `stage` was set."""
    return [f.name for f in model._meta.concrete_fields if f.name == f"{field.name}_since"]


def bring_back(change: Change) -> Any:
    """Write a removed record back under its old id; returns it.

    Raises ValidationError when it is there, was kept in part only, or what it belonged to is gone.
    """
    model: Any = tenant_model(change.kind)
    if change.op != Change.Op.DELETED or not change.before or getattr(model, "history_omits", ()):
        raise ValidationError("This can’t be brought back.")
    if model._default_manager.filter(pk=change.record_id).exists():
        raise ValidationError("It is there already.")
    try:
        with transaction.atomic():
            rows.insert(model, change.before)
    except IntegrityError:
        raise ValidationError(
            f"This {noun(model)} can’t come back: what it belonged to is gone, or something has taken its place."
        ) from None
    return model._default_manager.get(pk=change.record_id)

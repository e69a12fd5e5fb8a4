"""Who may point at whom: foreign keys count like imports, also those named by a string."""

from django.apps import apps

from wbl.tenancy.globals import GLOBAL_TABLES

# the higher may know the lower, never the other way round; those of one line are strangers
LAYERS = (("home",), ("councils", "placements"), ("pathways",), ("partners",))
OURS = [a.label for a in apps.get_app_configs() if a.name.startswith("wbl.")]


def height(label: str) -> int:
    return next((len(LAYERS) - n for n, layer in enumerate(LAYERS) if label in layer), 0)


def may_point(from_app: str, to_app: str) -> bool:
    return from_app == to_app or height(to_app) < height(from_app) or (height(to_app) == height(from_app) == 0)


def test_foreign_keys_point_downwards() -> None:
    wrong = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model
        and not may_point(model._meta.app_label, field.related_model._meta.app_label)
    ]
    assert not wrong, wrong


def test_what_lies_outside_the_walls_points_at_nothing_inside() -> None:
    from wbl.tenancy.base import DistrictModel

    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        if not issubclass(model, DistrictModel)
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model
        and issubclass(field.related_model, DistrictModel)
    ]
    assert not wrong, f"checked without a district, so it could point at anybody's row: {wrong}"


def test_every_global_table_is_there_and_says_why() -> None:
    labels = {m._meta.label for m in apps.get_models(include_auto_created=True)}
    assert set(GLOBAL_TABLES) <= labels
    assert all(len(why) > 15 for why in GLOBAL_TABLES.values())


def test_strangers_are_strangers() -> None:
    assert not may_point("councils", "placements") and not may_point("partners", "pathways")
    assert may_point("placements", "partners") and "tenancy" in OURS

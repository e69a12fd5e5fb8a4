"""A district's own levels and what counts for 5S3."""

from django.contrib import admin

from wbl.admin import DistrictAdmin
from wbl.continuum.models import TypeChoice


@admin.register(TypeChoice)
class TypeChoiceAdmin(DistrictAdmin):
    list_display = ("type", "level", "counts", "hours_needed")
    list_filter = ("level",)

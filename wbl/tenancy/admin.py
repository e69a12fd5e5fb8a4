"""Schools and the calendar in the district's admin."""

from django.contrib import admin

from wbl.admin import DistrictAdmin
from wbl.tenancy.models import NonSchoolDay, School, Term


@admin.register(School)
class SchoolAdmin(DistrictAdmin):
    list_display = ("name", "address", "closed_on")
    search_fields = ("name",)


@admin.register(Term)
class TermAdmin(DistrictAdmin):
    list_display = ("name", "first_day", "last_day")


@admin.register(NonSchoolDay)
class NonSchoolDayAdmin(DistrictAdmin):
    list_display = ("name", "first_day", "last_day")

"""To-dos in the district's admin."""

from django.contrib import admin

from wbl.admin import DistrictAdmin
from wbl.todo.models import Todo


@admin.register(Todo)
class TodoAdmin(DistrictAdmin):
    list_display = ("title", "about_label", "due", "owner", "done_at")
    list_filter = ("kind",)
    list_select_related = ("owner",)
    search_fields = ("title", "about_label")
    fields = ("kind", "title", "note", "due", "owner", "done_at", "done_by")
    readonly_fields = ("done_at", "done_by")

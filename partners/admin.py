"""Partners with their people, sites and offers in the district's admin."""

from django.contrib import admin

from partners.models import Contact, Offer, Organization, Site
from wbl.admin import DistrictAdmin


class ContactInline(admin.StackedInline):
    model = Contact
    extra = 0
    fields = ("name", "title", "email", "phone", "prefers", "do_not_contact", "left_on")


class SiteInline(admin.StackedInline):
    model = Site
    extra = 0


class OfferInline(admin.StackedInline):
    model = Offer
    extra = 0


@admin.register(Organization)
class OrganizationAdmin(DistrictAdmin):
    list_display = ("name", "kind", "stage", "owner", "last_contact_at")
    list_filter = ("kind", "stage")
    list_select_related = ("owner",)
    search_fields = ("name", "website", "phone")
    inlines = (ContactInline, SiteInline, OfferInline)


@admin.register(Contact)
class ContactAdmin(DistrictAdmin):
    list_display = ("name", "organization", "title", "email", "phone", "prefers", "left_on")
    list_filter = ("prefers", "do_not_contact")
    list_select_related = ("organization",)
    search_fields = ("name", "email", "organization__name")
    raw_id_fields = ("organization",)


@admin.register(Site)
class SiteAdmin(DistrictAdmin):
    list_display = ("organization", "name", "street", "city", "zip")
    list_select_related = ("organization",)
    search_fields = ("organization__name", "name", "street", "city")
    raw_id_fields = ("organization",)


@admin.register(Offer)
class OfferAdmin(DistrictAdmin):
    list_display = ("type", "organization", "seats", "how_often", "when", "closed_at")
    list_filter = ("type",)
    list_select_related = ("organization",)
    search_fields = ("organization__name",)
    raw_id_fields = ("organization",)

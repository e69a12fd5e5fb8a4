"""Partners with their people, sites and offers in the district's admin."""

from django.contrib import admin
from django.forms import ModelForm

from partners.forms import PhoneMixin
from partners.models import Contact, Offer, Organization, PartnerDocument, Site
from wbl.admin import DistrictAdmin


class ReachForm(PhoneMixin, ModelForm):
    """Phones, ZIPs and addresses are read here as everywhere: what can't be is kept as typed."""


class ContactInline(admin.StackedInline):
    model = Contact
    form = ReachForm
    extra = 0
    fields = ("name", "title", "email", "phone", "prefers", "do_not_contact", "left_on")


class SiteInline(admin.StackedInline):
    model = Site
    form = ReachForm
    extra = 0


class OfferInline(admin.StackedInline):
    model = Offer
    extra = 0


@admin.register(Organization)
class OrganizationAdmin(DistrictAdmin):
    form = ReachForm
    list_display = ("name", "kind", "stage", "owner", "last_contact_at")
    list_filter = ("kind", "stage")
    list_select_related = ("owner",)
    search_fields = ("name", "website", "phone")
    raw_id_fields = ("parent",)
    inlines = (ContactInline, SiteInline, OfferInline)


@admin.register(Contact)
class ContactAdmin(DistrictAdmin):
    form = ReachForm
    list_display = ("name", "organization", "title", "email", "phone", "prefers", "left_on")
    list_filter = ("prefers", "do_not_contact")
    list_select_related = ("organization",)
    search_fields = ("name", "email", "organization__name")
    raw_id_fields = ("organization",)


@admin.register(Site)
class SiteAdmin(DistrictAdmin):
    form = ReachForm
    list_display = ("organization", "name", "street", "city", "zip")
    list_select_related = ("organization",)
    search_fields = ("organization__name", "name", "street", "city")
    raw_id_fields = ("organization",)


@admin.register(Offer)
class OfferAdmin(DistrictAdmin):
    list_display = ("type", "organization", "seats", "times", "per", "min_age", "paused_until", "closed_at")
    list_filter = ("type",)
    list_select_related = ("organization",)
    search_fields = ("organization__name",)
    raw_id_fields = ("organization",)


@admin.register(PartnerDocument)
class DocumentAdmin(DistrictAdmin):
    list_display = ("__str__", "organization", "kind", "starts", "expires", "renews", "ended_at")
    list_filter = ("kind", "renews")
    list_select_related = ("organization",)
    search_fields = ("organization__name", "title")
    raw_id_fields = ("organization", "contact")
    exclude = ("file", "added_by")

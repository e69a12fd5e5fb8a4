"""Django's admin app with our site (apart from wbl.admin, which may be imported only when the models are there)."""

from django.contrib.admin.apps import AdminConfig


class WblAdminConfig(AdminConfig):
    default_site = "wbl.admin.DistrictAdminSite"

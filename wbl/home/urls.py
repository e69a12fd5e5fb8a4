"""The pages that belong to all apps."""

from django.urls import path

from wbl.home import asks, granting, pipeline, reports, search, today

app_name = "home"
urlpatterns = [
    path("", today.today, name="today"),
    path("search/", search.search, name="search"),
    path("reports/", reports.reports, name="reports"),
    path("reports/participation/", reports.participation, name="reports_participation"),
    path("reports/participation.<str:form>", reports.participation_file, name="reports_participation_file"),
    path("reports/participation/students/", reports.students, name="reports_students"),
    path("reports/partners/", reports.partner_activity, name="reports_partners"),
    path("reports/partners.<str:form>", reports.partner_activity_file, name="reports_partners_file"),
    path("reports/partners/<int:pk>/", reports.partner, name="reports_partner"),
    path("reports/pipeline/", pipeline.pipeline, name="reports_pipeline"),
    path("reports/pipeline/<str:table>.<str:form>", pipeline.pipeline_file, name="reports_pipeline_file"),
    path("reports/asks/", asks.asks, name="reports_asks"),
    path("reports/asks.<str:form>", asks.asks_file, name="reports_asks_file"),
    path("portal-access/<int:contact>/", granting.grant, name="portal_grant"),
    path("portal-access/<int:contact>/removal/", granting.revoke, name="portal_revoke"),
]

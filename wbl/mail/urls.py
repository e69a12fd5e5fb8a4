"""Addresses of mail inside a district."""

from django.urls import path

from wbl.mail import incoming_views, public, rule_views, stop_views, template_views, views, write_views

app_name = "mail"
urlpatterns = [
    path("", views.ledger, name="ledger"),
    path("write/", write_views.write, name="write"),
    path("messages/<int:pk>/", views.message, name="message"),
    path("messages/<int:pk>/html/", views.message_html, name="message_html"),
    path("messages/<int:pk>/dispatch/", views.dispatch, name="dispatch"),
    path("messages/<int:pk>/cancellation/", views.cancellation, name="cancellation"),
    path("messages/<int:pk>/return/", views.message_return, name="message_return"),
    path("rules/", rule_views.rules, name="rules"),
    path("rules/<str:key>/", rule_views.rule, name="rule"),
    path("rules/<str:key>/preview/", rule_views.rule_preview, name="rule_preview"),
    path("rules/<str:key>/another/", rule_views.rule_add, name="rule_add"),
    path("rules/<str:key>/removal/", rule_views.rule_removal, name="rule_removal"),
    path("rules/<str:key>/activation/", rule_views.activation, name="activation"),
    path("rules/<str:key>/deactivation/", rule_views.deactivation, name="deactivation"),
    path("rules/<str:key>/older/", rule_views.older_dates, name="older_dates"),
    path("templates/", template_views.templates, name="templates"),
    path("templates/new/", template_views.template_add, name="template_add"),
    path("templates/<str:key>/", template_views.template, name="template"),
    path("templates/<str:key>/preview/", template_views.template_preview, name="template_preview"),
    path("templates/<str:key>/removal/", template_views.template_removal, name="template_removal"),
    path("templates/<str:key>/return/", template_views.template_return, name="template_return"),
    path("settings/", template_views.settings, name="settings"),
    path("drop-box/", incoming_views.drop_box, name="drop_box"),
    path("answers/<int:pk>/", incoming_views.answer, name="answer"),
    path("incoming-files/<int:pk>/", incoming_views.incoming_file, name="incoming_file"),
    path("pause/", rule_views.pause, name="pause"),
    path("resumption/", rule_views.resumption, name="resumption"),
    path("stops/", stop_views.stops, name="stops"),
    path("stops/note/", stop_views.opt_out, name="opt_out"),
    path("stops/<int:pk>/lifting/", stop_views.suppression_lifting, name="suppression_lifting"),
    path("stop/<str:token>/", public.unsubscribe, name="unsubscribe"),
    path("choices/<str:token>/", public.preferences, name="preferences"),
]

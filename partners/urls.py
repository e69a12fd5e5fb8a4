"""Addresses of partners inside a district."""

from django.urls import include, path

from partners.views import asks, contacts, documents, lists, logging, logos, names, partner

app_name = "partners"
urlpatterns = [
    path("", lists.partner_list, name="list"),
    path("export.<str:form>", lists.partner_export, name="export"),
    path("bulk/", lists.bulk, name="bulk"),
    path("bulk/<int:pk>/undo/", lists.bulk_undo, name="bulk_undo"),
    path("new/", partner.add, name="add"),
    path("import/", include("partners.import_urls")),
    path("log/", logging.log, name="log"),
    path("names/", names.names, name="names"),
    path("names/referrers/", names.referrers, name="referrers"),
    path("names/industries/", names.industries, name="industries"),
    path("entries/<int:pk>/removal/", logging.entry_removal, name="entry_removal"),
    path("contacts/<int:pk>/", contacts.contact, name="contact"),
    path("contacts/<int:pk>/departure/", contacts.contact_departure, name="contact_departure"),
    path("contacts/<int:pk>/move/", contacts.contact_move, name="contact_move"),
    path("contacts/<int:pk>/move/undo/", contacts.contact_move_undo, name="contact_move_undo"),
    path("<int:pk>/", partner.detail, name="detail"),
    path("<int:pk>/edit/", partner.edit, name="edit"),
    path("<int:pk>/logo.png", logos.logo, name="logo"),
    path("<int:pk>/logo/", logos.logo_edit, name="logo_edit"),
    path("<int:pk>/logo/removal/", logos.logo_removal, name="logo_removal"),
    path("<int:pk>/changes/", partner.changes, name="changes"),
    path("<int:pk>/archive/", partner.archive, name="archive"),
    path("<int:pk>/restore/", partner.restore, name="restore"),
    path("<int:pk>/asks/", asks.asks, name="asks"),
    path("<int:pk>/asks/export.<str:form>", asks.asks_file, name="asks_file"),
    path("<int:organization>/asks/<int:pk>/answer/", asks.answer, name="ask_answer"),
    path("<int:organization>/asks/<int:pk>/answer/removal/", asks.answer_removal, name="ask_answer_removal"),
    path("<int:organization>/log/", logging.log, name="log_with"),
    path("<int:organization>/contacts/new/", contacts.contact_add, name="contact_add"),
    path("<int:organization>/sites/new/", partner.site, name="site_add"),
    path("<int:organization>/sites/<int:pk>/", partner.site, name="site"),
    path("<int:organization>/documents/new/", documents.document, name="document_add"),
    path("<int:organization>/documents/<int:pk>/", documents.document, name="document"),
    path("<int:organization>/documents/<int:pk>/renewal/", documents.document_renewal, name="document_renewal"),
    path("<int:organization>/documents/<int:pk>/file/", documents.document_file, name="document_file"),
    path("<int:organization>/documents/<int:pk>/ending/", documents.document_ending, name="document_ending"),
    path("<int:organization>/offers/new/", partner.offer, name="offer_add"),
    path("<int:organization>/offers/<int:pk>/", partner.offer, name="offer"),
    path("<int:organization>/offers/<int:pk>/closing/", partner.offer_closing, name="offer_closing"),
]

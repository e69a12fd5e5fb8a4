"""Addresses that mail providers call; a refused call's secret is in its header, never in the address."""

from django.urls import path

from wbl.mail import hooks

app_name = "hooks"
urlpatterns = [
    path("<slug:provider>/tracking/", hooks.hook, {"part": "tracking"}, name="tracking"),
    path("<slug:provider>/inbound/", hooks.hook, {"part": "inbound"}, name="inbound"),
    # Mailgun sends the whole mail, unparsed, to an address that says so
    path("<slug:provider>/inbound_mime/", hooks.hook, {"part": "inbound"}, name="inbound_mime"),
]

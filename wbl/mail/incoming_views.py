"""A member's drop-box, and the files that came with mails."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from wbl.accounts.access import can
from wbl.files.views import attachment
from wbl.mail.models import DropBox, IncomingFile, IncomingMail
from wbl.mail.people import person_kind
from wbl.web.responses import toast


@can("log")
def drop_box(request: HttpRequest) -> HttpResponse:
    """One's own secret address; POST makes a new one, and the one before is nobody's."""
    if request.method == "POST" and settings.WBL_INBOUND_DOMAIN:
        had_one = DropBox.objects.filter(user=request.user).exists()
        DropBox.renew(user=request.user)
        toast(request, "A new address. The one before takes nothing any more." if had_one else "This is your address.")
        return redirect("mail:drop_box")
    box = DropBox.objects.filter(user=request.user).first()
    context = {"box": box, "takes_mail": bool(settings.WBL_INBOUND_DOMAIN), "rail_place": "settings"}
    return render(request, "mail/drop_box.html", context)


@can("view")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """To where an answer is read: among what passed with that person, else beside the mail it answers."""
    mail = get_object_or_404(IncomingMail.objects.select_related("message"), pk=pk)
    message = mail.message
    if message is None:
        return redirect("mail:ledger")
    kind, person = person_kind(message.person_kind), message.person
    place = kind.place_of(person, message, mail) if kind and person else ""
    return redirect(place or f"{message.get_absolute_url()}#answers")


@can("view")
def incoming_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A file that came with an answer, to be saved; never shown as a page of ours."""
    return attachment(get_object_or_404(IncomingFile.objects.select_related("file"), pk=pk).file)

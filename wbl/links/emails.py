"""A fresh link for one that has expired, to the address that the old one went to."""

from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wbl.links.models import SignedLink
from wbl.mail.categories import Category
from wbl.mail.models import Message
from wbl.mail.people import Recipient, find_person, recipient_of
from wbl.mail.triggers import MailKind, register


@register
class FreshLink(MailKind):
    """Asked for by whoever holds the expired one, so no opt-out stops it."""

    key = "links.fresh"
    label = gettext_lazy("A fresh link")
    category = Category.REQUIRED
    required = True
    by_hand = True
    link_label = gettext_lazy("Open your page")


def send_fresh(link: SignedLink) -> Message:
    """Mail a new link for the same purpose, person and record; asked twice within the hour it is one mail."""
    person = find_person(link.person_kind, link.person_id)
    to = recipient_of(person) if person else Recipient(email=link.email, name=link.person_name)
    fresh = SignedLink.issue(
        purpose=link.purpose, record=link.record, person=link.person, name=link.person_name, email=link.email
    )
    waits = Message.objects.waiting().filter(rule_key=FreshLink.key, record_kind="links.signedlink", record_id=link.pk)
    if waiting := waits.first():
        return waiting
    return Message.write(
        kind=FreshLink.key,
        record=link,
        recipient=Recipient(email=link.email, name=to.name, called=to.called, about=to.about, language=to.language),
        subject=_("Your new link"),
        body=_("Hello {name},\n\nthe link you opened had expired. Here is a new one:\n\n{{{{ link }}}}").format(
            name=to.called or to.name
        ),
        link=fresh,
        step=get_random_string(12),
        because=_("Asked for on the page of an expired link."),
    )

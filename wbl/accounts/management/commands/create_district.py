"""create_district NAME --slug S --state OK --time-zone America/Chicago --admin EMAIL"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from wbl.accounts.founding import Founded, found
from wbl.accounts.letters import UNDELIVERED, invitation_url, send_invitation
from wbl.tenancy.models import District
from wbl.tenancy.scope import district


class Command(BaseCommand):
    help = "Found a district; its first admin gets an invitation by mail, and the link is printed too."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="as “Cedar Valley Public Schools”")
        parser.add_argument("--slug", required=True, help="its address: cedar-valley")
        parser.add_argument("--state", required=True, help="two letters: OK")
        parser.add_argument("--time-zone", required=True, help="as America/Chicago")
        parser.add_argument("--admin", required=True, metavar="EMAIL", help="the first admin")
        parser.add_argument("--region", action="store_true", help="a region that publishes to districts")

    def handle(self, *args: Any, **options: Any) -> None:
        kind = District.Kind.REGION if options["region"] else District.Kind.DISTRICT
        new = District(
            name=options["name"],
            slug=options["slug"].lower(),
            state=options["state"].upper(),
            time_zone=options["time_zone"],
            kind=kind,
        )
        try:
            validate_email(options["admin"])
            founded = found(new, admin=options["admin"])
        except ValidationError as error:
            raise CommandError(_in_words(error)) from None
        with district(founded.district):
            self._tell(founded)

    def _tell(self, founded: Founded) -> None:
        try:
            send_invitation(founded.invitation, founded.token)
            said = f"An invitation was mailed to {founded.invitation.email}."
        except UNDELIVERED as error:
            said = f"The invitation could not be mailed ({error}). Hand on the link yourself:"
        self.stdout.write(f"{founded.district} is at /{founded.district.slug}/. {said}")
        self.stdout.write(f"The link, good for 14 days: {invitation_url(founded.token)}")


def _in_words(error: ValidationError) -> str:
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(f"{field}: {' '.join(texts)}" for field, texts in error.message_dict.items())

"""create_operator EMAIL: who runs this installation."""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from wbl.accounts.models import Membership, User
from wbl.tenancy.scope import absolute
from wbl.web.urls import outside


class Command(BaseCommand):
    help = "Make an account that may found districts at /operator/, and print the link to set its password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        user = User.objects.filter(email__iexact=email).first()
        if user and Membership.objects.of_user(user).exists():
            raise CommandError(f"{email} works in a district. An operator needs an account, and an address, apart.")
        self.stdout.write(f"{email} runs this installation now, at {absolute('/operator/')}")
        self.stdout.write(f"Set the password (once, within three days): {_link(user or _made(email, options['name']))}")


@transaction.atomic
def _made(email: str, name: str) -> User:
    user = User.objects.create_operator(email, None, name=name)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _link(user: User) -> str:
    """allauth's own password reset, made here instead of mailed."""
    User.objects.filter(pk=user.pk).update(is_operator=True)
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    uid, _dash, secret = key.partition("-")
    return absolute(outside("account_reset_password_from_key", uidb36=uid, key=secret))

"""reseal_second_factors: after a new WBL_SECRET_KEY, so that the old one can leave WBL_SECRET_KEY_FALLBACKS."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from django.core.management.base import BaseCommand
from django.db import transaction

SEALED = ("secret", "seed")  # of authenticator apps, of recovery codes


class Command(BaseCommand):
    help = "Encrypt the secrets of authenticator apps and recovery codes with the present WBL_SECRET_KEY."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for each in Authenticator.objects.select_for_update().exclude(type=Authenticator.Type.WEBAUTHN):
            for name in SEALED:
                if name in each.data:
                    each.data[name] = encrypt(decrypt(each.data[name]))
            each.save(update_fields=["data"])
            count += 1
        self.stdout.write(f"{count} second factors are sealed with the present key.")

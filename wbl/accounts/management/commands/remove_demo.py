"""remove_demo: the demonstration district, its rows and its people, in one step."""

from typing import Any

from django.core.management.base import BaseCommand

from wbl.accounts.founding import remove_demo


class Command(BaseCommand):
    help = "Remove the demonstration district with all its rows, and the accounts that work nowhere else."

    def handle(self, *args: Any, **options: Any) -> None:
        removed = remove_demo()
        for each in removed:
            self.stdout.write(f"Removed {each}")
        if not removed:
            self.stdout.write("There is no demonstration district.")

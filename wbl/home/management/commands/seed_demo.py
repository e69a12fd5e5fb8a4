"""`manage.py seed_demo`: the demonstration district; with numbers, load for benchmarks."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from wbl.home.demo import build, load


class Command(BaseCommand):
    help = "Make the demonstration district (slug demo). With --districts and --partners: load for benchmarks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--districts", type=int, default=0, help="how many districts of load")
        parser.add_argument("--partners", type=int, default=0, help="how many partners in each")
        parser.add_argument("--first", type=int, default=0, help="how many partners in the first of them")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["districts"]:
            made = load.seed(districts=options["districts"], partners=options["partners"], first=options["first"])
            self.stdout.write(f"{made} partners in {options['districts']} districts (load-1 …).")
            return
        made_district = build.seed()
        self.stdout.write(f"The demonstration district {made_district} is at /{made_district.slug}/.")

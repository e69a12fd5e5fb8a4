"""`manage.py find_duplicates --district S [--json]`."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partners.finding import scan
from partners.models import DuplicatePair
from wbl.tenancy.models import District
from wbl.tenancy.scope import district


class Command(BaseCommand):
    help = "Compare all partners of a district, as every night does, and list the pairs that may be one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--district", required=True, metavar="SLUG", help="the district's short name in addresses")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = District.objects.filter(slug=options["district"]).first()
        if chosen is None:
            raise CommandError(f"No district has the short name “{options['district']}”.")
        with district(chosen):
            count = scan()
            pairs = list(DuplicatePair.objects.waiting().select_related("one", "other"))
        if options["json"]:
            found = [
                {"one": [p.one_id, p.one.name], "other": [p.other_id, p.other.name], "score": p.score, "why": p.reasons}
                for p in pairs
            ]
            self.stdout.write(json.dumps({"pairs": found}, ensure_ascii=False))
            return
        for pair in pairs:
            self.stdout.write(f"{pair.one.name}  |  {pair.other.name}: {', '.join(pair.reasons)}")
        self.stdout.write(f"{count} pair{'s' if count != 1 else ''} that may be one partner.")

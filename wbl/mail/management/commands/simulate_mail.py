"""What mail would go out in the coming days, and what would not: told by the planner itself, nothing written."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from wbl.mail.planner import simulate
from wbl.tenancy.models import District
from wbl.tenancy.scope import district


class Command(BaseCommand):
    help = "Tell the mail of the coming days: recipient, due, decision, reason."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--district", required=True, metavar="SLUG")
        parser.add_argument("--days", type=int, default=14)
        parser.add_argument("--json", action="store_true", help="a list of objects instead of lines")

    def handle(self, *args: Any, **options: Any) -> None:
        found = District.objects.filter(slug=options["district"]).first()
        if found is None:
            raise CommandError(f"There is no district “{options['district']}”.")
        if not 1 <= options["days"] <= 366:
            raise CommandError("--days must lie between 1 and 366.")
        with district(found):
            told = [line.as_json() for line in simulate(options["days"])]
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        for line in told:
            why = f" ({line['reason']})" if line["reason"] else ""
            self.stdout.write(f"{line['due']}  {line['decision']:9}  {line['recipient']}  {line['about']}{why}")
        self.stdout.write(f"{len(told)} mails in {options['days']} days.")

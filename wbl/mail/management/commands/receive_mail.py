"""`manage.py receive_mail [--to ADDRESS] < mail`: what a mail server of one's own pipes in, as from a Postfix alias."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from wbl.mail.inbound import receive


class Command(BaseCommand):
    help = "File one incoming mail, read from standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", default="", help="the envelope's recipient")

    def handle(self, **options: Any) -> None:
        filed = receive(sys.stdin.buffer.read(), to=options["to"])
        self.stdout.write("filed" if filed else "none of ours")

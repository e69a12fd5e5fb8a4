"""A mail worker without Celery around it: waits for a line, sends what is due in the district, says how long it took and how much
memory it ever had, in MB."""

import sys
import time

import django

django.setup()

from tests.bench.kit import most_memory  # noqa: E402
from wbl.mail.deliver import deliver  # noqa: E402
from wbl.tenancy.models import District  # noqa: E402
from wbl.tenancy.scope import district  # noqa: E402

with district(District.objects.get(slug=sys.argv[1])):
    deliver()  # nothing is due yet: everything is loaded and connected
    print("ready", flush=True)
    for _line in sys.stdin:
        wall, cpu = time.perf_counter(), time.process_time()
        sent = deliver().sent
        print(sent, time.perf_counter() - wall, time.process_time() - cpu, most_memory(), flush=True)

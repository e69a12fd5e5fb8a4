"""Merge and undo leave every table as it was, whatever hung on the two; opt-outs made in between stay."""

from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from partners.merging.doing import merge
from partners.merging.undoing import undo
from partners.models import Contact, Organization
from tests.partners.graphs import Graphs, snapshot
from wbl.mail.models import OptOut

SEED, GRAPHS, AT_ONCE = 20261121, 200, 10


@pytest.mark.django_db
def test_merge_and_undo_leave_every_table_as_it_was(in_cedar: Any, people: SimpleNamespace) -> None:
    random = Random(SEED)
    graphs = Graphs(random, [people.coordinator, people.staff])
    fields = [f.name for f in Organization._meta.concrete_fields if f.editable]
    for number in range(0, GRAPHS, AT_ONCE):
        with transaction.atomic():
            pairs = [graphs.one() for _ in range(AT_ONCE)]
            for email in _some_addresses(random):
                OptOut.stop(email=email, category="requests", source="before")
            before = snapshot()
            done = [
                merge(survivor=one, loser=other, take=random.sample(fields, 3), by=people.coordinator)
                for one, other in pairs
            ]
            assert Organization.objects.filter(pk__in=[other.pk for _, other in pairs]).count() == 0
            said = _some_addresses(random)
            for email in said:
                OptOut.stop(email=email, category="requests", source="in between")
            random.shuffle(done)
            kept = [undo(each, by=people.coordinator) for each in done]
            after = snapshot()
            stops = [found.pop("mail_optout", {}) for found in (before, after)]
            assert after == before, f"seed {SEED}, graphs from {number}: {kept}"
            _kept_what_was_said(*stops, said, number)
            transaction.set_rollback(True)


def _some_addresses(random: Random) -> set[str]:
    known = sorted({email.lower() for email in Contact.objects.values_list("email", flat=True) if email})
    return {email for email in known if random.random() < 0.3}


def _kept_what_was_said(before: Any, after: Any, said: set[str], number: int) -> None:
    standing = {row["email"] for row in after.values() if not row["ended_at"]}
    assert standing == {row["email"] for row in before.values() if not row["ended_at"]} | said, f"graphs from {number}"
    assert all(after[pk] == row for pk, row in before.items() if row["email"] not in said)

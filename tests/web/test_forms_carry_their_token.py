"""A form without its token is refused by a real browser only: Django's test client does not ask for it."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import engines
from django.test import Client, RequestFactory

from partners.models import Organization


def test_a_part_included_with_only_has_the_token(rf: RequestFactory, tmp_path: Any, settings: Any) -> None:
    inner = engines["django"].from_string("{% csrf_token %}")
    outer = engines["django"].from_string("{% include part with a=1 only %}")
    assert "csrfmiddlewaretoken" in outer.render({"part": inner.template}, rf.get("/"))


@pytest.mark.parametrize("page", ["", "partners/", "partners/new/", "partners/{acme}/", "partners/log/", "to-dos/new/"])
def test_every_form_that_posts_has_the_token(
    page: str, people: SimpleNamespace, acme: Organization, sign_in: Any
) -> None:
    client: Client = sign_in(people.admin)
    text = client.get("/cedar/" + page.format(acme=acme.pk)).content.decode()
    forms = re.findall(r'<form[^>]*method="post".*?</form>', text, re.S)
    assert forms
    assert [form[:120] for form in forms if "csrfmiddlewaretoken" not in form] == []

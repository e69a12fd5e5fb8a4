"""Every page that a link leads to: opens, reads well in both themes and on a phone, and leads nowhere dead."""

import os
import re
import time
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from partners.models import Contact, PartnerAccess
from placements.models import Placement, Student
from tests.browser.conftest import client_of, person
from tests.browser.crawl import Page, crawl
from tests.browser.look import Looker
from wbl.accounts.models import Invitation, Role, User
from wbl.links.models import SignedLink
from wbl.mail.addresses import unsubscribe_url
from wbl.mail.models import Message
from wbl.tenancy.scope import acting, district

pytestmark = pytest.mark.browser
ICONS = set(re.findall(r'id="([^"]+)"', (settings.BASE_DIR / "static/icons.svg").read_text()))
PLACES = (
    "",
    "partners/",
    "councils/",
    "placements/",
    "placements/students/",
    "placements/events/",
    "pathways/",
    "mail/",
)
EVERYONE = ("marisol", "tom", "vera")


def walk(page: Any, found: dict[str, Page]) -> list[str]:
    """Look at one page of each kind; prints how long it took."""
    looker, began = Looker(page, ICONS), time.monotonic()
    wrong = [line for each in found.values() for line in looker.look(each.url)]
    print(
        f"\n{len(found)} pages in {time.monotonic() - began:.0f} s",
        *sorted(found) if os.environ.get("V") else (),
        sep="\n",
    )
    return wrong


def test_every_page_of_a_district(demo: SimpleNamespace, open_as: Any) -> None:
    ada = client_of(demo.ada)
    starts = [demo.at, f"{demo.at}settings/", "/accounts/me/", f"{demo.at}admin/"]
    found, wrong = crawl(ada, starts, (demo.at, "/accounts/"))
    wrong += walk(open_as(ada), found)
    assert not wrong, "\n".join(["", *wrong])


@pytest.mark.parametrize("who", EVERYONE)
def test_nobody_is_shown_a_link_that_is_closed_to_them(demo: SimpleNamespace, who: str) -> None:
    """A coordinator, a teacher and a board member: what they may not open, no page offers them; and no page names a
    student to a board member."""
    with district(demo.district):
        students = list(Student.objects.values_list("name", flat=True)) if who == "vera" else []
    starts, within = [demo.at, "/accounts/me/"], (demo.at, "/accounts/")
    _found, wrong = crawl(client_of(getattr(demo, who)), starts, within, students)
    assert not wrong, "\n".join(["", *wrong])


def test_every_page_of_an_operator(demo: SimpleNamespace, open_as: Any) -> None:
    operator = person("operator@example.org")
    User.objects.filter(pk=operator.pk).update(is_operator=True)
    client = client_of(operator)
    found, wrong = crawl(client, ["/", "/operator/"], ("/operator/", "/districts/"))
    wrong += walk(open_as(client), found)
    assert "/operator/" in found
    assert not wrong, "\n".join(["", *wrong])


def test_every_page_of_the_portal(demo: SimpleNamespace, open_as: Any) -> None:
    """Of a partner with students, if there is one: most asks, most pages."""
    with district(demo.district):
        busy = Placement.objects.order_by("-id").values_list("organization_id", flat=True).first()
        contact = Contact.objects.filter(left_on=None, **({"organization_id": busy} if busy else {})).exclude(email="")[
            0
        ]
        user = PartnerAccess.grant(contact=contact).user
    client = client_of(person(user.email))
    home = f"{demo.at}portal/{contact.organization_id}/"
    found, wrong = crawl(client, ["/", home], (home, "/portal/"))
    wrong += walk(open_as(client), found)
    assert f"{demo.at}portal/#/" in found
    assert not wrong, "\n".join(["", *wrong])


def test_every_page_without_a_name(demo: SimpleNamespace, open_as: Any) -> None:
    """The front window, the doors, and what a mailed link opens."""
    with district(demo.district), acting(demo.ada.pk):
        _invitation, token = Invitation.issue(email="nora.new@example.org", role=Role.VIEWER, by=demo.ada)
        links = {link.purpose: link.url() for link in SignedLink.objects.order_by("id")}
        letters = [unsubscribe_url(letter.pk) for letter in Message.objects.exclude(to_email="")[:1]]
    mailed = [urlsplit(url).path for url in (*links.values(), *letters)]
    starts = [f"{demo.at}work-based-learning/", "/accounts/login/", f"{demo.at}settings/join/{token}/", *mailed]
    client = client_of(None)
    found, wrong = crawl(client, starts, (f"{demo.at}work-based-learning/", "/accounts/", f"{demo.at}go/"))
    pages = found | {url: Page(url, 200) for url in mailed}
    wrong += walk(open_as(client), pages)
    assert not wrong, "\n".join(["", *wrong])


def test_a_district_on_its_first_day(empty: SimpleNamespace, open_as: Any) -> None:
    """Every page opens with nothing to show, and the places say what belongs there and how to begin."""
    ada = client_of(empty.ada)
    _found, wrong = crawl(ada, [empty.at, f"{empty.at}settings/"], (empty.at,))
    page = open_as(ada)
    for place in PLACES:
        page.goto(f"{empty.at}{place}")
        if not page.locator("main .empty a[href], main #s-begin").count():
            wrong.append(f"/{place} does not say how to begin")
    wrong += walk(page, {place: Page(f"{empty.at}{place}", 200) for place in PLACES})
    assert not wrong, "\n".join(["", *wrong])

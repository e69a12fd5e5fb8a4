"""Every page that a link leads to: opens, reads well in both themes and on a phone, and leads nowhere dead."""

import os
import re
import time
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings

from tests.browser.conftest import client_of
from tests.browser.crawl import Page, crawl
from tests.browser.look import Looker

pytestmark = pytest.mark.browser
ICONS = set(re.findall(r'id="([^"]+)"', (settings.BASE_DIR / "static/icons.svg").read_text()))


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

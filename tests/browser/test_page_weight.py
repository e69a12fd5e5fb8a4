"""A workspace page on first view: at most 60 kB of HTML, CSS and JavaScript, one stylesheet set, and nothing that moves."""

import gzip
from types import SimpleNamespace
from typing import Any

import pytest

from partners.models import Organization
from wbl.tenancy.scope import district

pytestmark = pytest.mark.browser
MOST = 60_000
COUNTED = ("document", "stylesheet", "script")
SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => list.getEntries().forEach(each => window.shifts.push({
  value: each.value, what: each.sources.map(source => source.node?.outerHTML?.slice(0, 120)) })))
  .observe({type: 'layout-shift', buffered: true});
"""


def addresses(demo: SimpleNamespace) -> dict[str, str]:
    with district(demo.district):
        partner = Organization.objects.present().order_by("id")[0]
    return {
        "Today": demo.at,
        "Partners": f"{demo.at}partners/",
        "Partner": f"{demo.at}partners/{partner.pk}/",
    }


def seen(page: Any, url: str) -> list[Any]:
    """The answers that a first view of the page asks for."""
    answers: list[Any] = []

    def keep(answer: Any) -> None:
        answers.append(answer)

    page.on("response", keep)
    page.goto(url, wait_until="networkidle")
    page.remove_listener("response", keep)
    return answers


def test_first_view_weighs_at_most_sixty_kilobytes(demo: SimpleNamespace, open_as: Any) -> None:
    page = open_as(demo.marisol)
    heavy = []
    for name, url in addresses(demo).items():
        answers = seen(page, url)
        sizes = {
            kind: sum(len(gzip.compress(a.body(), 6)) for a in answers if a.request.resource_type == kind and a.ok)
            for kind in COUNTED
        }
        total = sum(sizes.values())
        print(f"\n{name}: {total / 1000:.1f} kB compressed: " + ", ".join(f"{k} {v}" for k, v in sizes.items()))
        if total > MOST:
            heavy.append(f"{name}: {total} bytes: {sizes}")
    assert not heavy


def test_one_stylesheet_set_and_no_script_in_the_way(demo: SimpleNamespace, open_as: Any) -> None:
    page = open_as(demo.marisol)
    for url in addresses(demo).values():
        page.goto(url)
        assert page.locator("link[rel=stylesheet]").count() == 1
        blocking = page.eval_on_selector_all(
            "script[src]", "all => all.filter(s => !s.defer && !s.async).map(s => s.src)"
        )
        assert [src.rpartition("/")[2] for src in blocking] == ["theme.js"], "which must run before the first paint"


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_moves_while_a_page_loads(demo: SimpleNamespace, open_as: Any, width: int) -> None:
    page = open_as(demo.marisol, width=width)
    page.add_init_script(SHIFTS)
    slow_phone = {"rate": 12}  # which pauses in the middle of reading a page, where a fast machine rarely does
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", slow_phone)
    for name, url in addresses(demo).items():
        page.goto(url, wait_until="networkidle")
        shifts = page.evaluate("() => window.shifts")
        print(f"\n{name} at {width}: layout shift {sum(each['value'] for each in shifts):.4f}")
        assert shifts == [], f"{name} at {width}: {shifts}"

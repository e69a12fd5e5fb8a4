"""A drawing is the same in every language: no number in it has a decimal comma, which SVG reads as no number."""

import datetime as dt
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import localize
from django.utils.translation import override

from councils.charts import Cadence, QuorumGauge, Share
from pathways.models import Pathway
from pathways.words import drawn
from tests.pathways.conftest import lay
from wbl.tenancy.models import District
from wbl.web import charts

NUMBER_WITH_COMMA = re.compile(r'\b(?:x|y|cx|cy|r|d|width|height|viewBox)="[^"]*\d,\d[^"]*"')
DAY = dt.date(2026, 10, 15)
SHOWN = SimpleNamespace(pk=1, name="Precision Manufacturing")
DRAWN = {
    "councils/parts/quorum.html": {"quorum": QuorumGauge(present=5, seats=9, needed=5)},
    "councils/parts/cadence.html": {"cadence": Cadence(held=1, booked=1, wanted=4)},
    "councils/parts/composition.html": {"composition": {"Speaks for": [Share("Business", 6, 66)]}},
}
CHARTS = [
    charts.day_bars([charts.Day(DAY, 3, 2)] * 7, today=DAY, says="x"),
    charts.columns([("a", 12.5), ("b", 3.1), ("c", 0)], says="x", unit="Hours", limit=10.3, limit_label="10"),
    charts.bars([charts.Bar("a", (1.5, 2)), charts.Bar("b", (7, 0))], says="x"),
    charts.seats(7, 9, mark=6, mark_label="6", says="x"),
    charts.cadence([(DAY, "1", True)], start=dt.date(2026, 8, 1), end=dt.date(2027, 6, 1), today=DAY, says="x"),
]


def test_numbers_in_spanish_are_written_as_in_the_us() -> None:
    with override("es"):
        assert localize(115.5) == "115.5"


@pytest.mark.parametrize("template", DRAWN)
def test_drawings_of_councils(template: str) -> None:
    with override("es"):
        assert not NUMBER_WITH_COMMA.findall(render_to_string(template, DRAWN[template]))


@pytest.mark.parametrize("chart", CHARTS)
def test_charts(chart: charts.Chart) -> None:
    with override("es"):
        assert not NUMBER_WITH_COMMA.findall(render_to_string("components/chart.html", {"chart": chart, "name": "x"}))


def test_the_map_of_a_pathway(in_cedar: District) -> None:
    lay()
    with override("es"):
        picture = drawn(Pathway.objects.drawn().get())
        html = render_to_string("pathways/map.svg.html", {"map": picture, "pathway": SHOWN, "described": "d"})
    assert 'cx="' in html
    assert not NUMBER_WITH_COMMA.findall(html)


def test_no_drawing_is_left_out() -> None:
    """A template that draws with numbers of its own is named above."""
    numbers = re.compile(r'<(?:rect|circle|text|path)\b[^>]*(?:x|y|width|height|d)="[^"]*\{\{')
    root = Path(settings.BASE_DIR) / "templates"
    found = {str(path.relative_to(root)) for path in root.rglob("*.html") if numbers.search(path.read_text())}
    assert found == {*DRAWN, "pathways/map.svg.html"}

"""Every component renders, escapes what it is given and is wired for screen readers."""

import datetime as dt
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from wbl.saved.lists import Tab
from wbl.web import charts
from wbl.web.lists import Page

SLY = '<script>"&'
SAFE = "&lt;script&gt;&quot;&amp;"


class Log(forms.Form):
    how = forms.ChoiceField(choices=[("call", "Call"), ("mail", "Email")], widget=forms.RadioSelect)
    line = forms.CharField(label=SLY, help_text="One is enough.")
    note = forms.CharField(required=False, widget=forms.Textarea)
    who = forms.ChoiceField(choices=[("1", "Ray")], required=False)
    tags = forms.MultipleChoiceField(choices=[("a", "x" * 30)], widget=forms.CheckboxSelectMultiple, required=False)
    private = forms.BooleanField(required=False)
    file = forms.FileField(required=False)
    secret = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> None:
        raise forms.ValidationError("Say when.")


def draw(source: str, **context: Any) -> str:
    request = RequestFactory().get("/?sort=name&page=2")
    html = engines["django"].from_string(source).render(context, request)
    return re.sub(r"\s+>", ">", re.sub(r"\s+", " ", html))


def test_a_field_has_its_label_hint_and_error_wired() -> None:
    html = draw("{% field form.line %}", form=Log({}))
    assert f'<label class="field__label" for="id_line">{SAFE}' in html
    assert 'aria-describedby="id_line_helptext id_line_error"' in html
    assert 'id="id_line_helptext"' in html
    assert 'id="id_line_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_group_of_choices_is_a_fieldset_with_a_legend() -> None:
    html = draw("{% field form.how %}", form=Log())
    assert "<legend" in html
    assert html.count('type="radio"') == 2


def test_every_kind_of_field_renders() -> None:
    html = draw("{% fields form %}", form=Log())
    for part in ("textarea", "<select", 'type="checkbox"', 'type="file"', 'type="hidden"', "kinds--stacked"):
        assert part in html


def test_a_rare_kind_of_field_says_so() -> None:
    class Two(forms.Form):
        name = forms.CharField()
        title = forms.CharField(required=False)
        phone = forms.CharField(required=False)

    assert "required" in draw("{% field form.name %}", form=Two()).split("<input")[0]
    assert "field__mark" not in draw("{% field form.title %}", form=Two())


def test_errors_of_the_whole_form_stand_above_it_with_links_to_the_fields() -> None:
    html = draw("{% form_errors form %}", form=Log({}))
    assert "Say when." in html
    assert 'href="#id_line"' in html
    assert "This field is required." in html  # of the hidden field, which has no other place
    assert draw("{% form_errors form %}", form=Log()).strip() == ""


def test_a_form_of_django_looks_the_same() -> None:
    assert "field__label" in str(Log())


def test_parts_are_escaped() -> None:
    assert draw("{% badge text 'warn' %}", text=SLY) == f'<span class="badge badge--warn">{SAFE}</span>'
    assert SAFE in draw("{% stage 5 text %}", text=SLY)


@pytest.mark.parametrize("pages", [Page([1, 2], 2, 2, has_next=True), Paginator(list(range(99)), 10).page(2)])
def test_a_pager_keeps_the_rest_of_the_address(pages: Any) -> None:
    html = draw("{% pager page %}", page=pages)
    assert "?sort=name&amp;page=1" in html
    assert "?sort=name&amp;page=3" in html
    assert 'aria-current="page"' in html


def test_a_page_that_nobody_counted_says_no_total() -> None:
    assert " of " not in draw("{% pager page %}", page=Page([1], 1, 2, has_next=False))
    assert "of 1,208" in draw("{% pager page %}", page=Page([1], 1, 2, has_next=True, total=1208))


COMPONENTS: dict[str, dict[str, Any]] = {
    "empty": {"title": SLY, "text": SLY, "href": "/a", "action": SLY, "more_href": "/b", "more": SLY},
    "notice": {"text": SLY, "tone": "warn", "href": "/a", "action": SLY},
    "tabs": {"name": SLY, "tabs": [{"label": SLY, "href": "/a", "current": True, "count": 0}]},
    "facts": {"facts": [(SLY, SLY)]},
    "timeline_item": {
        "on": dt.date(2026, 10, 9),
        "icon": "phone",
        "title": SLY,
        "text": SLY,
        "quote": SLY,
        "meta": SLY,
    },
    "bulk": {"actions": [(SLY, "stage")], "form_id": "ticks", "noun": "partners"},
    "heat": {
        "name": SLY,
        "columns": [SLY],
        "rows": [(SLY, "", 12, [charts.Cell(SLY, 0), charts.Cell("4", 2, "/a")])],
        "row_label": "Pathway",
        "count_label": "Students",
    },
}


@pytest.mark.parametrize("component", COMPONENTS)
def test_a_component_escapes_what_it_is_given(component: str) -> None:
    html = render_to_string(f"components/{component}.html", COMPONENTS[component])
    assert SAFE in html
    assert SLY not in html


def test_a_list_draws_its_search_filters_and_heads() -> None:
    from tests.web.test_lists import Names

    listing = Names(QueryDict("q=a&site=yes&sort=-name"))
    html = draw(
        '{% include "components/filters.html" with name="Partners" %}{% include "components/filter_tokens.html" %}'
        '{% once "components/table_head.html" headings=list.headings ticks=True %}{% include "components/columns.html" %}',
        list=listing,
    )
    for part in (
        'value="a"',
        'value="yes" selected',
        'aria-sort="descending"',
        'name="sort" value="-name"',
        "Remove filter: Has a site",
    ):
        assert part in html


DAYS = [charts.Day(dt.date(2026, 10, 15) + dt.timedelta(days=n), n, n % 2, closed=n == 2) for n in range(14)]


@pytest.mark.parametrize(
    "chart",
    [
        charts.day_bars(DAYS, today=dt.date(2026, 10, 15), says=SLY),
        charts.columns([(SLY, 12.5), ("b", 0)], says=SLY, unit="Hours", limit=10, limit_label=SLY),
        charts.bars([charts.Bar(SLY, (1, 2), "/a"), charts.Bar("b", (0, 0))], says=SLY, series=("x", "y")),
        charts.funnel([(SLY, 10, "/a"), ("b", 4, "/b")], says=SLY),
        charts.seats(7, 9, mark=6, mark_label=SLY, says=SLY),
        charts.cadence(
            [(dt.date(2026, 10, 1), SLY, True)],
            start=dt.date(2026, 8, 1),
            end=dt.date(2027, 6, 1),
            today=dt.date(2026, 10, 15),
            says=SLY,
        ),
        charts.bars([], says=SLY),
        charts.day_bars([], today=dt.date(2026, 10, 15), says=SLY),
        charts.seats(0, 0, says=SLY),
    ],
)
def test_a_chart_says_itself_in_words_and_shows_its_numbers(chart: charts.Chart) -> None:
    html = render_to_string("components/chart.html", {"chart": chart, "name": SLY})
    assert f'aria-label="{SAFE}"' in html
    assert SLY not in html
    assert ('<th scope="row">' in html) == bool(chart.rows)


def test_heat_has_a_gap_and_four_steps() -> None:
    assert [charts.heat_level(value, (0.1, 0.5, 1.5)) for value in (0, 0.05, 0.1, 0.5, 9)] == [0, 1, 2, 3, 4]


def test_a_toast_offers_the_way_back() -> None:
    message = SimpleNamespace(level_tag="success", extra_tags="undo:/u/5/", __str__=lambda: SLY)
    html = render_to_string("components/toasts.html", {"messages": [message]}, RequestFactory().get("/"))
    assert 'action="/u/5/"' in html
    assert "csrfmiddlewaretoken" in html


def test_a_part_that_is_drawn_once_is_another_for_other_values() -> None:
    tabs = '{% once "components/tabs.html" tabs=tabs name=name %}'
    here, there = (Tab(SLY, "/a", current) for current in (True, False))
    first, second = draw(tabs, tabs=(here,), name="Views"), draw(tabs, tabs=(there,), name="Views")
    assert 'aria-current="page"' in first and 'aria-current="page"' not in second
    assert SAFE in first and SLY not in first
    assert draw(tabs, tabs=(here,), name="Views") == first
    assert 'aria-label="Others"' in draw(tabs, tabs=(here,), name="Others")


def test_a_long_name_stands_whole_above_its_bar_on_a_phone_and_is_cut_beside_it_on_a_desk() -> None:
    name = "Career Academy of Health Sciences and Nursing"
    chart = charts.bars([charts.Bar(name, (3,))], says="Students by school.", series=("Students",))
    wide, narrow = str(chart.svg).split("only-narrow")
    assert "Career Academy of Health…" in wide
    assert name not in wide
    assert name in narrow
    assert chart.rows[0][0] == name

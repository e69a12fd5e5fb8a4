"""What Python draws of a table: cells, options and icons hold nothing that a row could break out of."""

from types import SimpleNamespace
from typing import Any

from django.template import Context, Template
from django.utils import translation

from partners.models import Organization, Stage
from wbl.tenancy.models import District
from wbl.web.cells import cell
from wbl.web.choices import words_of
from wbl.web.lists import Column

NASTY = "<b>\"Tom\" & 'Jerry'"
ESCAPED = "&lt;b&gt;&quot;Tom&quot; &amp; &#x27;Jerry&#x27;"


def render(source: str, **context: Any) -> str:
    return Template(source).render(Context(context))


def test_a_cell_shows_words_as_themselves_and_a_dash_for_none() -> None:
    draw = cell(Column("tags", "Tags & more"), lambda row: (row.words, "quiet"))
    assert draw(SimpleNamespace(words=NASTY)) == (
        f'<td data-label="Tags &amp; more" class="c-tags"><span class="quiet">{ESCAPED}</span></td>'
    )
    assert draw(SimpleNamespace(words="")) == (
        '<td data-label="Tags &amp; more" class="c-tags is-none"><span class="quiet">–</span></td>'
    )


def test_options_show_labels_as_themselves_and_choose_one() -> None:
    drawn = render("{% options pairs 'b' %}", pairs=[("a", NASTY), ("b", "B")])
    assert drawn == f'<option value="a">{ESCAPED}</option><option value="b" selected>B</option>'


def test_an_icon_is_the_same_by_name_and_by_variable() -> None:
    assert render('{% icon "phone" "s" %}') == render("{% icon name 's' %}", name="phone")
    assert render('{% icon "phone" %}').startswith('<svg class="icon" aria-hidden="true">')


def test_words_of_choices_are_those_of_the_language() -> None:
    assert words_of(Stage)["active"] == "Active"
    with translation.override("es"):
        assert words_of(Stage)["active"] == str(Stage.ACTIVE.label)


def test_any_of_many_ids_is_asked_in_one_parameter(in_cedar: District) -> None:
    made = [Organization.objects.create(name=name).pk for name in ("Acme", "Bluestem", "Cottonwood")]
    found = Organization.objects.filter(pk__any=made[:2])
    assert {row.pk for row in found} == set(made[:2])
    assert "ANY" in str(found.query)
    assert not Organization.objects.filter(pk__any=[])

"""Addresses remembered by their pieces are those that Django finds."""

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse

from wbl.tenancy.models import District
from wbl.tenancy.scope import district, outside_districts
from wbl.web.urls import address

NAMES = (
    ("partners:list", ()),
    ("partners:detail", (7,)),
    ("partners:stage_move", (900_000_001,)),
    ("partners:offer", (12, 3)),
    ("partners:offer_closing", (3, 3)),
    ("home:today", ()),
)


@pytest.mark.parametrize(("name", "ids"), NAMES)
def test_an_address_is_what_reverse_finds_in_each_district(
    cedar: District, rival: District, name: str, ids: tuple[int, ...]
) -> None:
    for where in (cedar, rival, cedar):
        with district(where):
            drawn = Template("{% url name a b %}" if len(ids) == 2 else "{% url name a %}" if ids else "{% url name %}")
            said = drawn.render(Context({"name": name, **dict(zip("ab", ids, strict=False))}))
            assert said == address(name, *ids) == reverse(name, args=ids)
            assert said.startswith(f"/{where.slug}/")


def test_the_tag_leaves_the_rest_to_django(in_cedar: District) -> None:
    def drawn(text: str, **context: object) -> str:
        return Template(text).render(Context(context))

    assert drawn("{% url 'partners:stage' key %}", key="a-b") == "/cedar/partners/stages/a-b/"
    assert drawn("{% url 'partners:detail' pk=4 %}") == "/cedar/partners/4/"
    assert drawn("{% url 'no:such' as there %}[{{ there }}]") == "[]"
    assert drawn("{% url 'admin:partners_organization_changelist' %}") == "/cedar/admin/partners/organization/"
    for text in ("{% url 'no:such' %}", "{% url 'partners:detail' -1 %}", "{% url 'partners:detail' '' %}"):
        with pytest.raises(NoReverseMatch):
            drawn(text)
    with outside_districts():
        assert drawn("{% url 'account_login' %}") == "/accounts/login/"

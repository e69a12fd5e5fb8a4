"""The tags and filters every template may use without loading them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Hashable, Iterable
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.base import FilterExpression, Node, Parser, TextNode, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.template.exceptions import TemplateSyntaxError
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from wbl.web import dates, urls
from wbl.web.fields import FieldView, errors_of
from wbl.web.names import brand_parts, browser_name, first_name_of, full_name_of, initials_of, mark_of
from wbl.web.numbers import counted, grouped, phone_href, phone_text
from wbl.web.responses import UNDO

register = template.Library()

Dated = dt.date | dt.datetime | None


# --- parts -----------------------------------------------------------------------------------


@lru_cache(maxsize=500)
def icon(name: str, size: str = "") -> SafeString:
    """The picture `name` of the sprite."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        f" icon--{size}" if size else "",
        static("icons.svg"),
        name,
    )


@register.tag("icon")
def icon_tag(parser: Parser, token: Token) -> Node:
    """`{% icon "phone" %}`, `{% icon "phone" "s" %}`: decoration, always beside a word.

    Most names are literal: those are drawn when the template is read, and cost a page nothing.
    """
    words = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    if not 1 <= len(words) <= 2:
        raise TemplateSyntaxError('icon takes a name and perhaps a size: {% icon "phone" "s" %}')
    if any(word.is_var or word.filters for word in words):
        return IconNode(words)
    return TextNode(icon(*(word.resolve(Context()) for word in words)))


class IconNode(Node):
    """An icon whose name the context knows."""

    def __init__(self, words: list[FilterExpression]) -> None:
        self.words = words

    def render(self, context: Context) -> SafeString:
        return icon(*(str(word.resolve(context)) for word in self.words))


@register.simple_tag
def options(pairs: Iterable[tuple[str, str]], chosen: str = "") -> SafeString:
    """`{% options select.options select.value %}`: the options of a select, (value, label) each, one of them chosen."""
    return SafeString(
        "".join(
            f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(label)}</option>'
            for value, label in pairs
        )
    )


@register.simple_tag
def boxes(name: str, pairs: Iterable[tuple[str, str]], ticked: Container[str]) -> SafeString:
    """`{% boxes "cols" list.choosable list.keys %}`: a line with a box for each (value, label), some of them ticked."""
    return SafeString(
        "".join(
            f'<label class="checkline"><input class="check" type="checkbox" name="{escape(name)}" value="{escape(value)}"'
            f"{' checked' if value in ticked else ''}><span>{escape(label)}</span></label>"
            for value, label in pairs
        )
    )


@register.simple_tag
def stage(rung: int, label: str) -> SafeString:
    """`{% stage 5 "Active" %}`: rungs 1 to 6; 0 is off the ladder (paused, declined)."""
    return format_html('<span class="stage stage--{}">{}</span>', rung, label)


@register.simple_tag
def badge(label: str, tone: str = "") -> SafeString:
    """`{% badge "Withheld" "warn" %}`; tones info, good, warn, bad, line, none for neutral."""
    return format_html('<span class="badge{}">{}</span>', f" badge--{tone}" if tone else "", label)


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: Context, page: Any, noun: str = "") -> dict[str, Any]:
    """`{% pager page %}`; `page` is wbl.web.lists.Page or Django's. `noun` as in "partners"."""
    alone = page.number == page.end_index == 1 and not page.has_next  # of ours; Django's counts by itself
    if alone:
        noun = noun.removesuffix("s")
    return {"page": page, "noun": noun, "alone": alone, "request": context.get("request")}


@register.simple_tag
def brand(name: str) -> SafeString:
    """A district's name on two lines: **Cedar Valley** / Public Schools."""
    strong, rest = brand_parts(name)
    return format_html("<b>{}</b>{}", strong, rest)


@register.simple_tag
def once(template_name: str, **values: Hashable) -> SafeString:
    """`{% once "layouts/rail_links.html" places=rail.main current=current %}`: a part that the same few values make the
    same on every page, included as with `only` and drawn once for each of them."""
    return _drawn(template_name, tuple(values.items()), get_language())


@lru_cache(maxsize=1000)
def _drawn(template_name: str, values: tuple[tuple[str, Hashable], ...], _language: str | None) -> SafeString:
    return SafeString(render_to_string(template_name, dict(values)))


# --- forms -----------------------------------------------------------------------------------


@register.simple_tag
def field(bound: BoundField, **options: Any) -> SafeString:
    """`{% field form.email %}`: label, control, hint and error, wired together.

    Options: label, hint, size ("small", "big", "code"), hide_label, placeholder,
    autofocus, autocomplete, rows, list (id of a datalist).
    """
    return FieldView(bound, **options).render()


@register.simple_tag
def fields(form: BaseForm, *names: str) -> SafeString:
    """Every field of a form in order, or the named ones; hidden ones too."""
    chosen = [form[name] for name in names] if names else list(form)
    return SafeString("".join(FieldView(bound).render() for bound in chosen))


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: BaseForm, *, below: bool = False) -> dict[str, Any]:
    """What is wrong with the form as a whole, and which fields to look at when it is long or stands far below."""
    return errors_of(form, below=below)


@register.tag("csrf_token")
def csrf_tag(parser: Parser, token: Token) -> Node:
    """Django's tag, for parts included with `only` too: they keep the request but not what context processors gave."""
    return CsrfNode()


class CsrfNode(Node):
    def render(self, context: Context) -> SafeString:
        request = getattr(context, "request", None) or context.get("request")
        return csrf_field(request) if request is not None else _hidden(context.get("csrf_token", ""))


def csrf_field(request: HttpRequest) -> SafeString:
    """The hidden field of a form that posts. Masked once an answer, as Django's own is: a page of a hundred forms asked
    for three thousand random letters."""
    secret = request.META.get("CSRF_COOKIE")  # another one after signing in
    known = getattr(request, "csrf_field", None)
    if known is None or known[0] != secret:
        field = _hidden(get_token(request))
        known = request.csrf_field = (request.META["CSRF_COOKIE"], field)  # type: ignore[attr-defined]
    return known[1]


def _hidden(token: str) -> SafeString:
    if not token:
        return SafeString("")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)


# --- addresses -------------------------------------------------------------------------------


@register.tag("url")
def url_tag(parser: Parser, token: Token) -> Node:
    """Django's `{% url %}`, which remembers what an address looks like; only the ids change."""
    node = django_url(parser, token)
    return UrlNode(node.view_name, node.args, node.kwargs, node.asvar)


class UrlNode(URLNode):
    """Names alone or with ids; anything else, and the admin with its own name in each address, is Django's to find."""

    def render(self, context: Context) -> str:
        if self.kwargs or self.asvar:
            return super().render(context)
        name, ids = self.view_name.resolve(context), [arg.resolve(context) for arg in self.args]
        if not isinstance(name, str) or name.startswith("admin:") or any(type(pk) is not int or pk < 0 for pk in ids):
            return super().render(context)
        return escape(urls.address(name, *ids))


@register.simple_tag
def outside(name: str, *args: Any, **kwargs: Any) -> str:
    """`{% outside 'account_login' %}`: an address that has no district."""
    return urls.outside(name, *args, **kwargs)


@register.simple_tag
def district_url(district: Any, name: str, *args: Any, **kwargs: Any) -> str:
    """`{% district_url d 'home:today' %}`: an address inside that district."""
    return urls.district_url(district, name, *args, **kwargs)


@register.simple_tag(takes_context=True)
def account_tabs(context: Context) -> list[dict[str, Any]]:
    """The pages of one's own account, for layouts/account.html."""
    return urls.account_tabs(context["request"])


@register.filter
def undo_url(message: Any) -> str:
    """Where a toast's Undo posts to; empty when there is no way back."""
    tags = message.extra_tags or ""
    return tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""


# --- dates, people, numbers ------------------------------------------------------------------


@register.filter
def day(value: Dated) -> str:
    """Today, Oct 9, or Oct 9, 2025; a dash for nothing."""
    return dates.day_in_words(value) if value else "–"


@register.filter
def day_inside(value: Dated) -> str:
    """The same within a sentence: "since today", "since Oct 9"."""
    words = day(value)
    return words.lower() if words == "Today" else words


@register.filter
def on_day(value: Dated) -> str:
    """Within a sentence: "Added today", "Added on Oct 9"."""
    words = day_inside(value)
    return words if words == "today" else f"on {words}"


@register.filter
def long_day(value: Dated) -> str:
    """Thursday, October 15 (and the year when it isn't this one)."""
    if not value:
        return "–"
    on = dates.local_day(value)
    return f"{on:%A}, {dates.plain_day(on, month='%B')}"


@register.filter
def time_of_day(value: dt.time | dt.datetime | None) -> str:
    """7:30 am, noon."""
    return dates.time_in_words(value) if value is not None else ""


@register.filter
def when(value: dt.datetime | None) -> str:
    """Today 2:00 pm, Wed 6:02 am, Oct 9, 2:00 pm."""
    return dates.moment_in_words(value) if value else "–"


@register.filter
def when_inside(value: dt.datetime | None) -> str:
    """The same within a sentence: saved today 2:00 pm."""
    words = when(value)
    return words.replace("Today", "today", 1)


@register.filter
def late(value: Dated) -> str:
    """13 days late; Today; Oct 21."""
    if not value:
        return ""
    days = dates.days_late(value)
    return f"{counted(days, 'day')} late" if days > 0 else dates.day_in_words(value)


@register.filter
def due_tone(value: Dated) -> str:
    """The class of a due date: is-bad when late, is-warn today, nothing before."""
    if not value:
        return ""
    days = dates.days_late(value)
    return "is-bad" if days > 0 else "is-warn" if days == 0 else ""


@register.filter
def phone(value: Any) -> str:
    """(555) 014-3381 x12; what can't be read is shown as it was typed."""
    return phone_text(value)


@register.filter
def tel(value: Any) -> str:
    """The address of a phone link."""
    return phone_href(value)


@register.filter
def cells(listing: Any, row: Any) -> Any:
    """The shown columns of a list's row, with their words (wbl.web.lists)."""
    return listing.cells(row)


@register.filter
def browser(user_agent: str) -> str:
    """A browser's own description, as a person would say it: Firefox on Windows."""
    return browser_name(user_agent)


@register.filter
def num(value: Any) -> str:
    """1,208; a dash for nothing."""
    return grouped(value)


@register.simple_tag
def count(number: int, one: str, many: str = "") -> str:
    """`{% count 3 "partner" %}` gives "3 partners"; `{% count n "person" "people" %}`."""
    return counted(number, one, many)


@register.filter
def initials(value: Any) -> str:
    """Marisol Tate: MT; a dash for nobody."""
    return initials_of(full_name_of(value))


@register.filter
def mark(value: Any) -> str:
    """The two letters that stand for an organization without a logo."""
    return mark_of(str(value))


@register.filter
def first_name(value: Any) -> str:
    """What one calls a person: the name they go by, else the first word of their name."""
    return first_name_of(value)


@register.filter
def full_name(value: Any) -> str:
    """A person's name, else their address."""
    return full_name_of(value)

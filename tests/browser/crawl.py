"""Follows every link a person is shown, without a window: what is dead, and one address for each kind of page."""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.test import Client

EACH = 2  # addresses that differ in nothing but a row or a value: enough to know the pattern
NEVER = ("/i18n/language/", "/static/")


@dataclass
class Page:
    """One answer: what it links to and what in its source is forbidden."""

    url: str
    status: int
    is_html: bool = False
    links: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Reader(HTMLParser):
    """Links, and what may not stand in a page: style and script of its own, controls that can't be used."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("a", "area") and "href" in given:
            self.links.append(given["href"])
        if "hx-get" in given and "hx-include" not in given:
            self.links.append(given["hx-get"])
        if tag == "form" and given.get("method", "get").lower() == "get" and given.get("action"):
            self.links.append(given["action"])
        if tag == "link" and given.get("rel") in ("stylesheet", "icon", "alternate"):
            self.links.append(given.get("href", ""))
        self.judge(tag, given)

    def judge(self, tag: str, given: dict[str, str]) -> None:
        where = f"<{tag} {' '.join(f'{k}={v!r}' for k, v in list(given.items())[:4])}>"[:160]
        if tag == "style" or "style" in given:
            self.wrong.append(f"inline style: {where}")
        if any(name.startswith("on") for name in given):
            self.wrong.append(f"inline handler: {where}")
        if tag == "script" and "src" not in given and "json" not in given.get("type", "") and "nonce" not in given:
            self.wrong.append(f"inline script: {where}")
        if "disabled" in given or given.get("aria-disabled") == "true":
            self.wrong.append(f"disabled: {where}")
        if tag == "a" and given.get("href", "").strip() in ("", "#") and given.get("role") != "button":
            self.wrong.append(f"leads nowhere: {where}")


def kind_of(url: str) -> str:
    """The same for addresses that differ only in a row's number, a token or a value asked for."""
    parts = urlsplit(url)
    path = re.sub(r"/(\d+|[A-Za-z0-9_:-]{24,})(?=/|$)", "/#", parts.path)
    path = re.sub(r"/admin/\w+/\w+/", "/admin/app/model/", path)  # Django's own pages, the same for every model
    return f"{path}?{'&'.join(sorted({key for key, _value in parse_qsl(parts.query, keep_blank_values=True)}))}"


def read(client: Client, url: str, unsaid: Collection[str] = ()) -> Page:
    answer = client.get(url)
    page = Page(url, answer.status_code)
    said = b"".join(answer).decode(errors="replace") if unsaid and answer.streaming else ""
    said = said or (answer.content.decode(errors="replace") if unsaid else "")
    named = [f"says “{word}”" for word in unsaid if word in said]
    page.is_html = answer.headers.get("Content-Type", "").startswith("text/html") and b"<html" in answer.content[:2000]
    if answer.status_code in (301, 302, 303):
        page.links = [answer["Location"]]
    elif page.is_html and answer.status_code == 200:
        reader = Reader()
        reader.feed(answer.content.decode())
        page.links, page.wrong = reader.links, reader.wrong
    page.wrong += named
    return page


def crawl(
    client: Client, starts: list[str], within: tuple[str, ...], unsaid: Collection[str] = ()
) -> tuple[dict[str, Page], list[str]]:
    """Every kind of page below `within`, EACH times at most: kind → the first of it that opened; what is wrong, which
    any of the words `unsaid` is."""
    seen, kinds, wrong = set(starts), Counter[str](), []
    waiting, found = [(url, "") for url in starts], {}
    while waiting:
        url, source = waiting.pop(0)
        page = read(client, url, unsaid)
        if page.status >= 400:
            wrong.append(f"{page.status} at {url}, linked from {source or 'nowhere'}")
        wrong += [f"{url}: {each}" for each in page.wrong]
        if page.is_html and page.status == 200:
            found.setdefault(kind_of(url).partition("?")[0], page)
        for link in page.links:
            there = urljoin(url, link).partition("#")[0]
            if there in seen or not there.startswith(within) or there.startswith(NEVER):
                continue
            if kinds[kind_of(there)] < EACH:
                kinds[kind_of(there)] += 1
                seen.add(there)
                waiting.append((there, url))
    return found, wrong

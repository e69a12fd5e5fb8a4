"""A person at a browser without script: reads pages, follows links, fills the forms that stand on them.

Tokens, hidden fields, ticked boxes and preset values go along as a browser would send them; a form that would be
refused for want of a token is refused here too.
"""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.test import Client


class Form:
    """One form: where it posts, and what it would send as it stands. `buttons` is what each button adds."""

    def __init__(self, attrs: dict[str, Any]) -> None:
        self.action, self.method = attrs.get("action") or "", (attrs.get("method") or "get").lower()
        self.id, self.fields, self.buttons = attrs.get("id"), {}, []
        self.text = ""

    def add(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)


class Reader(HTMLParser):
    """The forms, links and words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.words: list[str] = []
        self._form: Form | None = None
        self._link: str | None = None
        self._select: tuple[str, list[str], list[str]] | None = None
        self._area: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, given: Any) -> None:
        attrs = dict(given)
        if tag == "form":
            self._form = Form(attrs)
            self.forms.append(self._form)
        elif tag == "a" and attrs.get("href"):
            self._link = attrs["href"]
            self.links.append((self._link, ""))
        elif self._form and tag == "input" and attrs.get("name"):
            kind = attrs.get("type", "text")
            if kind not in ("checkbox", "radio", "file", "submit", "button") or "checked" in attrs:
                self._form.add(attrs["name"], attrs.get("value", "on" if "checked" in attrs else ""))
        elif self._form and tag == "select":
            self._select = (attrs.get("name", ""), [], [])
        elif self._select and tag == "option":
            self._select[2 if "selected" in attrs else 1].append(attrs.get("value", ""))
        elif self._form and tag == "textarea":
            self._area = (attrs.get("name", ""), [])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "a":
            self._link = None
        elif tag == "select" and self._select and self._form:
            name, options, chosen = self._select
            if value := (chosen or options)[:1]:
                self._form.add(name, value[0])
            self._select = None
        elif tag == "textarea" and self._area and self._form:
            self._form.add(self._area[0], "".join(self._area[1]).removeprefix("\n"))
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area[1].append(data)
        if self._form:
            self._form.text += data
        if self._link and self.links:
            href, said = self.links[-1]
            self.links[-1] = (href, said + data)
        self.words.append(data)


class Person:
    """Somebody at a browser. `page` is where they are; every step raises AssertionError where it does not go on."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.path, self.page, self.html = "/", Reader(), ""

    def goes(self, path: str) -> "Person":
        return self._shows(self.client.get(urljoin(self.path, path), follow=True))

    def follows(self, said: str) -> "Person":
        """The first link with these words."""
        found = [href for href, words in self.page.links if said.lower() in " ".join(words.split()).lower()]
        assert found, f"No link says “{said}” on {self.path}: {[w for _, w in self.page.links]}"
        return self.goes(found[0])

    def sends(self, action: str = "", *, files: Any = None, **fields: Any) -> "Person":
        """Fill and send the form whose address holds `action`; without one, the form that posts to this very page."""
        posts = [f for f in self.page.forms if f.method == "post"]
        found = [f for f in posts if f.action == action] or [f for f in posts if action and action in f.action]
        found = found or [f for f in posts if not action and f.action in ("", self.path)]
        found = found or [f for f in posts if action and not f.action and action in self.path]
        assert found, f"No form posts to “{action}” on {self.path}: {[f.action for f in self.page.forms]}"
        data: dict[str, Any] = {
            **found[0].fields,
            **{k: v for k, v in fields.items() if v is not None},
            **(files or {}),
        }
        return self._shows(self.client.post(urljoin(self.path, found[0].action), data, follow=True))

    def sees(self, *words: str) -> bool:
        text = " ".join(" ".join(self.page.words).split())
        return all(word in text for word in words)

    def _shows(self, answer: Any) -> "Person":
        assert answer.status_code == 200, (
            f"{answer.status_code} at {answer.request['PATH_INFO']}: {answer.content[:600]!r}"
        )
        self.path = answer.redirect_chain[-1][0] if answer.redirect_chain else answer.request["PATH_INFO"]
        if answer.request["QUERY_STRING"] and not answer.redirect_chain:
            self.path += "?" + answer.request["QUERY_STRING"]
        self.html = answer.content.decode()
        self.page = Reader()
        self.page.feed(self.html)
        return self

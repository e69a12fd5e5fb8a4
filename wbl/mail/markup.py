"""Markdown in mails: one source, two equal parts. No HTML, no pictures, no code.

What a field becomes is a value and never markup: texts are parsed once with marks for their fields, and the values,
escaped, take the marks' places. That also spares parsing a text again for every mail of a batch.
"""

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from django.utils.html import escape as escape_html
from django.utils.html import urlize
from markdown_it import MarkdownIt
from markdown_it.token import Token

from wbl.mail import texts

PARAGRAPH = "margin:0 0 16px;overflow-wrap:anywhere"
_HEADING = "margin:24px 0 8px;font-size:18px;line-height:1.3"
_LIST = "margin:0 0 16px;padding-left:24px"
# mail programs drop style sheets: what matters stands on the element
STYLES = {
    "paragraph_open": PARAGRAPH,
    "heading_open": _HEADING,
    "bullet_list_open": _LIST,
    "ordered_list_open": _LIST,
    "list_item_open": "margin:0 0 4px",
    "link_open": "color:#0b5563",
    "blockquote_open": "margin:0 0 16px;padding-left:12px;border-left:3px solid #d5dadd",
}
_OFF = ["code", "fence", "html_block", "html_inline", "image", "lheading", "reference", "backticks", "entity"]
_BEGIN, _END = "\ue000", "\ue001"  # around a field's number: characters for private use, which no text needs
_MARK = re.compile(f"{_BEGIN}([0-9]+){_END}|%EE%80%80([0-9]+)%EE%80%81")  # in running text, in a link's address
_OURS = re.compile(f"[{_BEGIN}{_END}]|%EE%80%8[01]", re.IGNORECASE)
_ADDRESS = re.compile(r"\w\.\w|://|@")  # what urlize, which is slow, would find something in
_SAFE = re.compile(r"^(https?://|mailto:|tel:)", re.IGNORECASE)


def to_html(text: str, *, styled: bool = True) -> str:
    """The HTML part's inside, each element with its style; without `styled` for a page, whose policy forbids them."""
    tokens = _markdown.parse(_prepared(text))
    for token in tokens:
        linked = 0
        for each in (token, *(token.children or ())):
            linked += (each.type == "link_open") - (each.type == "link_close")
            each.meta["linked"] = linked
            if styled and (style := STYLES.get(each.type)):
                each.attrSet("style", style)
    return _markdown.renderer.render(tokens, _markdown.options, {})


def to_text(text: str) -> str:
    """The plain part: lists keep their marks, a link's address stands behind its words."""
    plain = _Plain()
    for token in _markdown.parse(_prepared(text)):
        plain.take(token)
    return plain.made.strip("\n")


def filled(body: str, values: Mapping[str, str], *, styled: bool = True) -> tuple[str, str]:
    """(HTML, plain text) of a text with fields. Raises EmptyField as texts.fill does."""
    html, plain, fields = _compiled(body, styled)
    found = [str(values.get(name) or "").strip("\n") or spare for name, spare in fields]
    if empty := [name for (name, _spare), value in zip(fields, found, strict=True) if not value]:
        raise texts.EmptyField(list(dict.fromkeys(empty)))
    html = _MARK.sub(lambda m: _as_html(found[int(m[1])]) if m[1] else quote(found[int(m[2])], safe=""), html)
    return html, _MARK.sub(lambda m: found[int(m[1] or m[2])], plain)


@functools.lru_cache(maxsize=500)
def _compiled(body: str, styled: bool) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    fields: list[tuple[str, str]] = []

    def mark(name: str, spare: str) -> str:
        fields.append((name, spare))
        return f"{_BEGIN}{len(fields) - 1}{_END}"

    marked = texts.each_field(_OURS.sub("", body), mark)
    return to_html(marked, styled=styled), to_text(marked), tuple(fields)


def _as_html(value: str) -> str:
    linked = urlize(value, nofollow=False, autoescape=True) if _ADDRESS.search(value) else escape_html(value)
    return str(linked).replace("\n", "<br>\n")


def _prepared(text: str) -> str:
    return text.replace("\r\n", "\n").strip("\n")


class _Plain:
    """Writes blocks one under another while tokens go by."""

    def __init__(self) -> None:
        self.made = ""
        self.lists: list[int] = []  # -1 for bullets, else the next number
        self.mark = ""  # of an item whose first line is still to come
        self.quotes = 0

    def take(self, token: Token) -> None:
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            self.lists.append(-1 if kind[0] == "b" else int(token.attrGet("start") or 1))
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
            if not self.lists:
                self.made = self.made.rstrip("\n") + "\n\n"
        elif kind == "list_item_open":
            self.mark = "- " if self.lists[-1] < 0 else f"{self.lists[-1]}. "
            self.lists[-1] += self.lists[-1] >= 0
        elif kind in ("blockquote_open", "blockquote_close"):
            self.quotes += 1 if kind.endswith("open") else -1
        elif kind == "hr":
            self.made += "-----\n\n"
        elif kind == "inline":
            self._block(inline_text(token.children or []))

    def _block(self, words: str) -> None:
        indent = "  " * max(len(self.lists) - 1, 0)
        hanging = indent + " " * (len(self.mark) or 2 * bool(self.lists))
        first, *rest = words.split("\n")
        lines = [indent + self.mark + first if self.mark else hanging * bool(self.lists) + first]
        lines += [(hanging if self.lists else "") + line for line in rest]
        self.mark = ""
        self.made += "\n".join("> " * self.quotes + line for line in lines) + ("\n" if self.lists else "\n\n")


def inline_text(tokens: Sequence[Token]) -> str:
    """The words of a line without their marks."""
    made, target, begun = "", "", 0
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            made += "\n"
        elif token.type == "link_open":
            target, begun = str(token.attrGet("href") or ""), len(made)
        elif token.type == "link_close":
            words, bare = made[begun:], target.removeprefix("mailto:").removeprefix("tel:")
            made += f" ({bare})" if words not in (target, bare) else ""
        else:
            made += token.content
    return made


def _text_rule(_self: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    """Addresses in running text become links, as they do in plain mails."""
    content = tokens[index].content
    if tokens[index].meta.get("linked") or not _ADDRESS.search(content):
        return str(escape_html(content))
    return str(urlize(content, nofollow=False, autoescape=True))


def _made() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False}).disable(_OFF)
    made.validateLink = lambda url: bool(_SAFE.match(url))  # type: ignore[method-assign]
    made.add_render_rule("text", _text_rule)
    return made


_markdown = _made()

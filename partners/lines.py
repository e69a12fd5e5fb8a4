"""Entries of a timeline, drawn in Python as the rows of a list are (wbl/web/cells.py).

Twenty-five stand on the page that is opened most; a template asked each anew for twenty things that most entries have
nothing of, which took as long as all the rest of that page. So they are read as values, not as records with records behind
them. Whatever an entry says is escaped here.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from partners.models.timeline import ANSWER_TONES, ICONS, WITH_PEOPLE, TimelineEntry, title_of
from wbl.web.dates import day_in_words
from wbl.web.templatetags.wbl_tags import badge, csrf_field, icon
from wbl.web.urls import address

WORTH_MARKING_DAYS = 60
SHORT = 60
ANSWERS: Any = dict(TimelineEntry._meta.get_field("answer").flatchoices)  # type: ignore[union-attr]
READ = (
    *(
        "pk",
        "at",
        "kind",
        "summary",
        "body",
        "quoted",
        "about_kind",
        "about_id",
        "asked_for",
        "answer",
        "asked_anyway",
        "contact_id",
    ),
    *("bad_at", "bad_note", "contact__name", "by__name", "by__email", "school__name"),
)


def read(rows: Any) -> Any:
    """Of a queryset of entries, the values that `lines` draws."""
    return rows.values_list(*READ, named=True)


def lines(rows: Iterable[Any], request: HttpRequest) -> SafeString:
    """The list items of what was read, in its order, with what this person may do about each."""
    lately = timezone.now() - dt.timedelta(days=WORTH_MARKING_DAYS)
    line = _Line(timezone.localdate(), lately, request if request.can.log else None, request.GET.get("open", ""))  # type: ignore[attr-defined]
    return SafeString("".join(map(line.drawn, rows)))


@dataclass
class _Line:
    """`request` of somebody who may log; None for who may only read. `unfolded` is the id of the entry to read now."""

    today: dt.date
    lately: dt.datetime
    request: HttpRequest | None
    unfolded: str = ""

    def drawn(self, row: Any) -> str:
        return f"""<li class="timeline__item" id="entry-{row.pk}">
    <time class="timeline__date" datetime="{row.at.isoformat()}">{day_in_words(row.at, today=self.today)}</time>{icon(ICONS[row.kind])}
    <div class="timeline__body">
      <p class="timeline__title">
        {_title(row)}
      </p>
      {_words(row)} {_behind(row, str(row.pk) == self.unfolded)}
      <p class="small quiet timeline__meta row">
        {_who(row)} {_about(row)} {self._answer(row)} {self._trouble(row)}
      </p>
    </div>
  </li>"""

    def _answer(self, row: Any) -> str:
        """A mail that came in to one of ours is answered where it is read."""
        if self.request is None or row.kind != "mail_in" or row.about_kind != "mail.message" or not row.contact_id:
            return ""
        return (
            f'<a class="btn btn--small" href="{address("mail:write")}?contact={row.contact_id}&amp;re={row.about_id}">'
            f'Answer<span class="visually-hidden">: {_short(row)}</span></a>'
        )

    def _trouble(self, row: Any) -> str:
        """It went badly, or did not after all. Only what people did with each other lately: a note or an import can't go
        wrong, and what is long past hurts nobody."""
        if self.request is None:
            return ""
        if row.bad_at:
            return f"""<form method="post" action="{address("partners:entry_trouble_removal", row.pk)}">
              {csrf_field(self.request)}
              <button class="linkbtn small">It was fine after all</button>
            </form>"""
        if row.kind not in WITH_PEOPLE or row.at <= self.lately:
            return ""
        return (
            f'<a href="{address("partners:entry_trouble", row.pk)}" data-dialog>It did not go well'
            f'<span class="visually-hidden">: {_short(row)}</span></a>'
        )


def _title(row: Any) -> str:
    title = escape(title_of(row.kind, row.contact__name or "", row.asked_for))
    return f"{title} {badge(ANSWERS[row.answer], ANSWER_TONES.get(row.answer, ''))}" if row.answer else title


def _words(row: Any) -> str:
    if row.kind == "mail_in":
        return f'<blockquote class="timeline__quote"> {escape(row.summary)} </blockquote>'
    return f'<p class="timeline__text">{escape(row.summary)}</p>'


def _behind(row: Any, unfolded: bool) -> str:
    """What few entries have beyond their line."""
    parts = []
    if row.body:
        parts.append(_folded("Read it", row.body, unfolded=unfolded))
    if row.quoted:
        parts.append(_folded("What they quoted", row.quoted, " quiet"))
    if row.asked_anyway:
        parts.append(f'<p class="small timeline__text"> Asked all the same: {escape(row.asked_anyway)} </p>')
    if row.bad_at:
        parts.append(f'<p class="timeline__text"> {badge("It did not go well", "bad")} {escape(row.bad_note)} </p>')
    return " ".join(parts)


def _folded(label: str, words: str, tone: str = "", *, unfolded: bool = False) -> str:
    return f"""<details class="behind"{" open" if unfolded else ""}>
          <summary>{label}</summary>
          <p class="timeline__text prewrap{tone}">{escape(words)}</p>
        </details>"""


def _who(row: Any) -> str:
    by = row.by__name or row.by__email
    if not by:
        return ""
    return f"<span>{escape(f'{by}, for {row.school__name}' if row.school__name else by)}</span>"


def _about(row: Any) -> str:
    if row.about_kind == "mail.message":
        words = f'The whole mail<span class="visually-hidden">: {_short(row)}</span>'
        return f'<a href="{address("mail:message", row.about_id)}">{words}</a>'
    if row.about_kind == "partners.merge":
        return f'<a href="{address("partners:merge_done", row.about_id)}">The merge and its undo</a>'
    return ""


def _short(row: Any) -> str:
    """The beginning of the line, to tell one entry from the next."""
    return escape(row.summary if len(row.summary) <= SHORT else f"{row.summary[: SHORT - 1]}…")

"""The to-dos among Today's rows."""

import datetime as dt
from typing import Any

from django.urls import NoReverseMatch, reverse

from wbl.todo.models import Todo
from wbl.web.rows import DUE, LATE, Row

ICONS = {Todo.Kind.FOLLOW_UP: "partners", Todo.Kind.CALL: "phone", Todo.Kind.TASK: "check"}
LONGEST_GREETING = 60  # characters: “Dear Dr. Whitfield-Oakes and everybody at Halvorsen,”
# where a record of this kind is shown, and where one logs what was done about it
PAGES = {
    "partners.organization": ("partners:detail", "partners:log_with"),
    "councils.meeting": ("councils:meeting", ""),
    "placements.placement": ("placements:detail", ""),
}
# where what it came from is read
READING = {"mail.incomingmail": "mail:answer"}
# where a call about it is made, with what to say
CALLS = {"partners.organization": "partners:call"}


def rows(district: Any, user: Any) -> list[Row]:
    """Open to-dos of `user` (None: everybody's) up to today: one query."""
    today = district.today()
    waiting = Todo.objects.open().filter(due__lte=today).order_by("due", "id")
    if user is not None:
        waiting = waiting.owned_by(user)
    return [_row(todo, today) for todo in waiting[:200]]


def _row(todo: Todo, today: dt.date) -> Row:
    days = todo.days_late(today)
    page, act = (_address(name, todo.about_id) for name in PAGES.get(todo.about_kind, ("", "")))
    act = f"{act}?closes={todo.pk}" if act else ""
    call = _address(CALLS.get(todo.about_kind, ""), todo.pk) if todo.kind == Todo.Kind.CALL else ""
    reading = _address(READING.get(todo.source_kind, ""), todo.source_id)
    act = "" if reading else act
    sent = "Mail sent. " if todo.mail_sent_at else ""
    named = todo.about_label or todo.title
    return Row(
        section=LATE if days else DUE,
        icon="mail-in" if reading else ICONS.get(todo.kind, "check"),  # type: ignore[call-overload]
        name=named,
        href=page or reading or reverse("todo:edit", args=[todo.pk]),
        after=f": {todo.title}" if todo.about_label else "",
        why=sent + first_line(todo.note),
        when=f"{days} day{'s' if days != 1 else ''} late" if days else "Today",
        tone="bad" if days else "",
        action="Read" if reading else "Call" if call else "Log it" if act else "Done",
        action_href=reading or call or act or reverse("todo:closing", args=[todo.pk]),
        posts=not (reading or call or act),
        dialog=bool(act and not call),
        order=todo.due,
        owner_id=todo.owner_id,
        person=(todo.person_kind, todo.person_id) if todo.person_id else (todo.about_kind, todo.about_id),
    )


def first_line(note: str) -> str:
    """What a note says, in one line; the salutation of a letter says nothing."""
    lines = [line.strip() for line in note.splitlines() if line.strip()]
    if len(lines) > 1 and len(lines[0]) < LONGEST_GREETING and lines[0].endswith(","):
        lines = lines[1:]
    return lines[0][:160] if lines else ""


def _address(name: str, pk: int | None) -> str:
    try:
        return reverse(name, args=[pk]) if name else ""
    except NoReverseMatch:
        return ""

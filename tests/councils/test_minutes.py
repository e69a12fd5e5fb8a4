"""Minutes save themselves; two people never overwrite each other unseen; an approved text is locked."""

from types import SimpleNamespace
from typing import Any

import pytest

from councils.models import AgendaItem, Meeting
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

HTMX = {"HX-Request": "true"}


@pytest.fixture
def item(cedar: District, meeting: Meeting) -> AgendaItem:
    with district(cedar):
        return meeting.items.get(title="Spring internships")


def text_of(cedar: District, item: AgendaItem) -> tuple[str, int]:
    with district(cedar):
        now = AgendaItem.objects.get(pk=item.pk)
        return now.text, now.version


def save(client: Any, item: AgendaItem, text: str, version: int, **more: Any) -> Any:
    sent = {"text": text, "version": version, **more}
    return client.post(f"/cedar/councils/items/{item.pk}/minutes/", sent, headers=HTMX)


def test_each_save_gives_the_version_for_the_next(
    cedar: District, item: AgendaItem, people: SimpleNamespace, sign_in: Any
) -> None:
    marisol = sign_in(people.coordinator)
    first = save(marisol, item, "Halvorsen 1", 0)
    assert first.status_code == 200
    assert b'value="1"' in first.content
    assert save(marisol, item, "Halvorsen 1, Ironwood 1", 1).status_code == 200
    assert text_of(cedar, item) == ("Halvorsen 1, Ironwood 1", 2)


def test_somebody_elses_text_is_shown_and_not_overwritten(
    cedar: District, item: AgendaItem, people: SimpleNamespace, sign_in: Any
) -> None:
    save(sign_in(people.admin), item, "Ada wrote this", 0)
    marisol = sign_in(people.coordinator)
    refused = save(marisol, item, "Marisol wrote that", 0)
    assert refused.status_code == 422
    assert b"Ada wrote this" in refused.content
    assert b"Ada Admin" in refused.content
    assert text_of(cedar, item) == ("Ada wrote this", 1)
    assert save(marisol, item, "Both", 0, over=1).status_code == 200
    assert text_of(cedar, item) == ("Both", 2)


def test_without_script_a_conflict_keeps_what_was_typed_on_the_page(
    cedar: District, item: AgendaItem, people: SimpleNamespace, sign_in: Any
) -> None:
    save(sign_in(people.admin), item, "Ada wrote this", 0)
    page = sign_in(people.coordinator).post(
        f"/cedar/councils/items/{item.pk}/minutes/", {"text": "Marisol wrote that", "version": 0}
    )
    assert page.status_code == 409
    assert b"Marisol wrote that</textarea>" in page.content
    assert b"Ada wrote this" in page.content


def test_the_same_text_from_two_windows_is_no_conflict(
    cedar: District, item: AgendaItem, people: SimpleNamespace, sign_in: Any
) -> None:
    marisol = sign_in(people.coordinator)
    save(marisol, item, "Agreed", 0)
    assert save(marisol, item, "Agreed", 0).status_code == 200


def test_an_approved_text_is_locked_and_changes_by_amendment(
    cedar: District, meeting: Meeting, item: AgendaItem, people: SimpleNamespace, sign_in: Any
) -> None:
    marisol = sign_in(people.coordinator)
    save(marisol, item, "Halvorsen 1", 0)
    assert marisol.post(f"/cedar/councils/meetings/{meeting.pk}/approval/").status_code == 404
    marisol.post(f"/cedar/councils/meetings/{meeting.pk}/closure/")
    marisol.post(f"/cedar/councils/meetings/{meeting.pk}/approval/")
    refused = save(marisol, item, "Something else", 1)
    assert refused.status_code == 422
    assert b"approved" in refused.content
    assert text_of(cedar, item) == ("Halvorsen 1", 1)
    amended = {"text": "Halvorsen 2", "reason": "Ray corrected the number"}
    marisol.post(f"/cedar/councils/items/{item.pk}/amendment/", amended)
    assert text_of(cedar, item)[0] == "Halvorsen 2"
    trail = marisol.get(f"/cedar/councils/meetings/{meeting.pk}/amendments/").content
    assert b"Ray corrected the number" in trail
    assert b"<del>Halvorsen 1</del>" in trail


def test_any_text_is_kept_as_itself(
    cedar: District, meeting: Meeting, item: AgendaItem, people: SimpleNamespace, sign_in: Any
) -> None:
    marisol = sign_in(people.coordinator)
    said = "  <script>alert(1)</script>\n\n{{ link }} ‮ 田中さん\n"
    save(marisol, item, said.replace("\n", "\r\n"), 0)
    assert text_of(cedar, item)[0] == said
    page = marisol.get(f"/cedar/councils/meetings/{meeting.pk}/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_viewer_reads_and_a_teacher_may_not_write(
    cedar: District, meeting: Meeting, item: AgendaItem, people: SimpleNamespace, sign_in: Any
) -> None:
    save(sign_in(people.coordinator), item, "Halvorsen 1", 0)
    page = sign_in(people.viewer).get(f"/cedar/councils/meetings/{meeting.pk}/")
    assert b"Halvorsen 1" in page.content
    assert b"<textarea" not in page.content
    assert save(sign_in(people.staff), item, "No", 1).status_code == 403
    assert save(sign_in(people.rival_admin), item, "No", 1).status_code == 404

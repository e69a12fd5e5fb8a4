"""A stored file is saved, never shown as a page of ours."""

from typing import Any

from wbl.files.models import StoredFile
from wbl.tenancy.models import District
from wbl.tenancy.scope import district


def test_a_page_of_html_comes_as_a_harmless_download(cedar: District, people: Any, sign_in: Any) -> None:
    with district(cedar):
        kept = StoredFile.keep(name='evil"\r\n.html', content_type="text/html", body=b"<script>alert(1)</script>")
    answer = sign_in(people.coordinator).get(f"/cedar/files/{kept.pk}/")
    assert answer.content == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_rival_and_a_viewer_do_not_get_it(cedar: District, people: Any, sign_in: Any) -> None:
    with district(cedar):
        kept = StoredFile.keep(name="list.csv", content_type="text/csv", body=b"a")
    assert sign_in(people.rival_admin).get(f"/cedar/files/{kept.pk}/").status_code == 404
    assert sign_in(people.rival_admin).get(f"/prairie/files/{kept.pk}/").status_code == 404
    assert sign_in(people.viewer).get(f"/cedar/files/{kept.pk}/").status_code == 403

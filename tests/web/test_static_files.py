"""Collecting the static files for production makes one stylesheet of twenty."""

from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage

from wbl.web.storage import StaticStorage


def test_the_imports_are_folded_into_the_stylesheet(tmp_path: Path) -> None:
    storage = StaticStorage(location=str(tmp_path), base_url="/static/")
    paths: dict[str, Any] = {}
    for found in ("css", "icons.svg"):
        source = Path(str(finders.find(found)))
        for file in [source] if source.is_file() else sorted(source.glob("*.css")):
            name = str(file.relative_to(source.parent))
            with file.open("rb") as content:
                FileSystemStorage(location=str(tmp_path)).save(name, content)
            paths[name] = (
                FileSystemStorage(location=str(file.parent.parent if name != file.name else file.parent)),
                name,
            )
    list(storage.post_process(paths))
    text = Path(tmp_path / storage.stored_name("css/wbl.css")).read_text()
    assert "@import" not in text
    assert (
        text.index("@layer tokens, reset, base") < text.index("--paper:") < text.index(".shell") < text.index("@page")
    )

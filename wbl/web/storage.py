"""Static files for production: hashed, compressed, and one stylesheet instead of twenty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/wbl.css"
IMPORT = re.compile(r'@import url\("(?P<name>[\w.-]+\.css)"\);\n?')


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Folds the imports of css/wbl.css into it while `collectstatic` runs, so a page links one
    stylesheet in one request. In development the browser follows the imports itself."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if STYLESHEET in paths and not dry_run:
            self._fold()
        yield from super().post_process(paths, dry_run, **options)

    def _fold(self) -> None:
        def content(match: re.Match[str]) -> str:
            return self._read(f"css/{match['name']}")

        folded = IMPORT.sub(content, self._read(STYLESHEET))
        self.delete(STYLESHEET)
        self._save(STYLESHEET, ContentFile(folded.encode()))

    def _read(self, name: str) -> str:
        with self.open(name) as file:
            return file.read().decode()

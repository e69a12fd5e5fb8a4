"""Static files for production: hashed, compressed, and one stylesheet instead of twenty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/wbl.css"
IMPORT = re.compile(r'@import url\("(?P<name>[\w.-]+\.css)"\);\n?')


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Folds the imports of css/wbl.css into it while `collectstatic` runs, so a page links one
    stylesheet in one request. In development the browser follows the imports itself."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if STYLESHEET in paths and not dry_run:
            paths[STYLESHEET] = (self._fold(), STYLESHEET)  # hashing reads each file from where this says it is
        yield from super().post_process(paths, dry_run, **options)

    def _fold(self) -> FileSystemStorage:
        """Write the folded sheet in place of the collected one; returns the storage that holds it."""
        collected = FileSystemStorage(location=self.location)

        def read(name: str) -> str:
            with collected.open(name) as file:
                return file.read().decode()

        folded = IMPORT.sub(lambda match: read(f"css/{match['name']}"), read(STYLESHEET))
        collected.delete(STYLESHEET)
        collected.save(STYLESHEET, ContentFile(folded.encode()))
        return collected

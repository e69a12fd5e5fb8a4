"""PDFs, tagged for accessibility, from a Typst source of ours and data beside it: no value is ever markup."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.http import HttpResponse


def pdf(source: str, data: Mapping[str, Any], *, name: str) -> HttpResponse:
    """`source` is a file of templates/ that reads `json(bytes(sys.inputs.data))`; `name` the download's, without ending.

    Fonts come with the compiler, so every server sets the same lines.
    """
    text = (Path(settings.BASE_DIR) / "templates" / source).read_bytes()
    made = typst.compile(text, format="pdf", ignore_system_fonts=True, sys_inputs={"data": json.dumps(data)})
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response

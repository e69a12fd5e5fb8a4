"""Uploads: checked, behind both walls, in the database; never on a web node's disk."""

import hashlib
from typing import Self

from django.conf import settings
from django.db import models

from wbl.tenancy.base import DistrictModel


class StoredFile(DistrictModel):
    """One file's bytes with what is known of them. Served as an attachment by wbl.files.views."""

    history_omits = ("body",)

    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    body = models.BinaryField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def keep(cls, *, name: str, content_type: str, body: bytes, by: object = None) -> Self:
        """Store a file's bytes."""
        return cls.objects.create(
            name=name[-200:],
            content_type=content_type[:100],
            size=len(body),
            sha256=hashlib.sha256(body).hexdigest(),
            body=body,
            uploaded_by=by,
        )

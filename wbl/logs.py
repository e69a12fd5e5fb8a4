"""Logs: one JSON object a line, with the request's id and district, and without secrets."""

import json
import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from wbl.tenancy import scope

_request_id: ContextVar[str] = ContextVar("request_id", default="")
# tokens of mailed links, feeds, hooks, invitations and password resets, and addresses of people
_SECRETS = re.compile(
    r"((?:/|%2F)(?:go|feed|join|hooks(?:/|%2F)[a-z]+|hooks|stop|choices|reset(?:/|%2F)key|confirm-email)(?:/|%2F))(?:(?!%2F)[^/\s\"?&])+"
    r"|(?<=[?&])(code|token|state|key)=[^&\s\"]+",
    re.IGNORECASE,  # also inside another address, as ?next=%2F…
)
_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]++@[\w-]++(?:\.[\w-]++)+")


def without_secrets(text: str) -> str:
    """The text with tokens and email addresses cut out."""
    cut = _SECRETS.sub(lambda m: f"{m[1]}[cut]" if m[1] else f"{m[2]}=[cut]", text)
    return _EMAIL.sub("[address]", cut)


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
            "request": _request_id.get() or None,
            "district": scope.current_district_id() if scope.is_open() else None,
        }
        if record.exc_info:
            line["exception"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps({k: v for k, v in line.items() if v is not None}, ensure_ascii=False)


class RequestIdMiddleware:
    """Names each request; the id is in its log lines and in the answer's X-Request-Id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = _request_id.set(uuid.uuid4().hex[:12])
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = _request_id.get()
            return response
        finally:
            _request_id.reset(token)

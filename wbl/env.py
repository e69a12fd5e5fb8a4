"""Settings from the environment, parsed strictly: a typing mistake stops the start with a sentence."""

import json
import os
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# Microsoft's tenants that are everybody's; the last is the one of personal accounts
_SHARED_TENANTS = ("/common", "/organizations", "/consumers", "/9188040d-6c67-4c5b-b112-36a304b66dad")
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def text(name: str, default: str | None = None) -> str:
    """The value of `name`; raises ImproperlyConfigured when it is missing and there is no default."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is not set. See docs/deploy.md for what each setting means.")
    return default


def flag(name: str, default: bool = False) -> bool:
    """A yes or no: 1/true/yes/on or 0/false/no/off."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in _TRUE:
        return True
    if value.strip().lower() in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no; write 1 or 0.")


def whole(name: str, default: int) -> int:
    """A whole number."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.") from None


def words(name: str, default: str = "") -> list[str]:
    """A list, comma separated."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def mailer(name: str, default: str) -> dict:
    """A MAILERS entry from smtp://user:password@host:port?tls=1, console: or anymail:postmark?server_token=…."""
    url = text(name, default)
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme == "anymail":
        return {"BACKEND": f"anymail.backends.{parts.path}.EmailBackend", "OPTIONS": dict(parse_qsl(parts.query))}
    if parts.scheme not in {"smtp", "smtps", "smtp+tls"} or not parts.hostname:
        raise ImproperlyConfigured(
            f"{name} must look like smtp://user:password@host:587, smtps://…, smtp+tls://… or anymail:postmark."
        )
    options = {"host": parts.hostname, "port": parts.port or (465 if parts.scheme == "smtps" else 587), "timeout": 30}
    if parts.username:
        options |= {"username": unquote(parts.username), "password": unquote(parts.password or "")}
    if parts.scheme == "smtps":
        options["use_ssl"] = True
    elif parts.scheme == "smtp+tls":
        options["use_tls"] = True
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}


def anymail(name: str, secret: str) -> dict:
    """Keys of the mail provider from NAME='{"MAILGUN_API_KEY": …}', and SECRET="user:password" that its hooks bring."""
    value, password = os.environ.get(name, "").strip(), os.environ.get(secret, "").strip()
    try:
        found = json.loads(value or "{}")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise ImproperlyConfigured(f'{name} must be a JSON object as in {{"MAILGUN_API_KEY": "…"}}.')
    if password and (":" not in password or len(password) < 20):
        raise ImproperlyConfigured(f"{secret} must look like user:password, 20 characters at least.")
    return {**found, **({"WEBHOOK_SECRET": password} if password else {})}


def openid_apps(name: str) -> list[dict]:
    """OpenID Connect providers from NAME='[{"provider_id": …, "name": …, "client_id": …, "secret": …, "settings": {…}}]'.

    Raises ImproperlyConfigured for text that is no JSON list, and for Microsoft's shared ("common") tenant:
    there anybody may claim anybody's address (docs/deploy.md, "Signing in with Google or Microsoft").
    """
    value = os.environ.get(name, "").strip()
    if not value:
        return []
    try:
        apps = json.loads(value)
        urls = [app["settings"]["server_url"] for app in apps]
    except (ValueError, KeyError, TypeError):
        raise ImproperlyConfigured(
            f"{name} must be a JSON list of providers, each with provider_id, name, client_id, secret and settings.server_url."
        ) from None
    for app, url in zip(apps, urls, strict=True):
        if "microsoftonline." in url.lower() or "sts.windows.net" in url.lower():
            if any(shared in url.lower() for shared in _SHARED_TENANTS):
                raise ImproperlyConfigured(f"{name}: name your own Microsoft tenant id in server_url, not {url}.")
            # Microsoft's address may be anybody's word; the object id of a tenant's own account is not
            app["settings"] |= {"uid_field": "oid", "fetch_userinfo": False}
    return apps


def origins(apps: list[dict]) -> list[str]:
    """Where a browser is sent by a form to sign in: the origins of the providers, for the page's policy."""
    found = [app["settings"].get("origin") or app["settings"]["server_url"] for app in apps]
    return sorted({f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, found)})

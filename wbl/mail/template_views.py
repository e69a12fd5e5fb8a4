"""Templates: the list, the editor with its live preview, and what stands around every mail."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from wbl.accounts.access import can
from wbl.mail import preview
from wbl.mail.ledger import tabs
from wbl.mail.models import MailSettings, MailTemplate, Rule
from wbl.mail.models.templates import LANGUAGES
from wbl.mail.samples import chosen, samples
from wbl.mail.template_forms import MailSettingsForm, TemplateForm
from wbl.web.responses import fragment, go, toast


@can("view")
def templates(request: HttpRequest) -> HttpResponse:
    """The district's texts, and those that apps bring along."""
    found = MailTemplate.offered()
    context = {
        "letters": [t for t in found if not t.trigger_key],
        "of_rules": [t for t in found if t.trigger_key],
        "tabs": tabs("templates"),
    }
    return render(request, "mail/templates.html", context)


@can("view", post="edit")
def template(request: HttpRequest, key: str) -> HttpResponse:
    """The text in both languages, the mail as a chosen record would get it, and what each field becomes there."""
    found = _template(key)
    form = TemplateForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, "Saved. Mails that are not out yet get the new text.")
        return redirect(found)
    shown = _template(key) if form.errors else found
    return render(request, "mail/template.html", _page(request, shown, form))


@can("edit")
def template_add(request: HttpRequest) -> HttpResponse:
    """A text of the district's own, for letters, sequences and announcements."""
    found = MailTemplate.new()
    form = TemplateForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, f"“{found}” is a template now.")
        return redirect(found)
    return render(request, "mail/template.html", _page(request, found, form))


@can("edit")
@require_POST
def template_preview(request: HttpRequest, key: str) -> HttpResponse:
    """The mail with the text as it is being typed; nothing is saved."""
    found = MailTemplate.new() if key == "new" else _template(key)
    form = TemplateForm(request.POST, instance=found)
    form.is_valid()
    return fragment(request, "mail/template.html", "preview", _page(request, found, form))


@can("edit")
@require_POST
def template_removal(request: HttpRequest, key: str) -> HttpResponse:
    """Out of the lists, unless a rule writes with it; one that an app brought along is as it was at first."""
    found = _template(key)
    if found.pk is None:
        raise Http404
    if used := Rule.objects.filter(template_key=key).exclude(trigger_key=key).first():
        toast(request, f"The rule “{used}” writes with it. Give the rule another text first.")
        return redirect(found)
    found.remove()
    if found.removed_at:
        toast(request, f"“{found}” is removed.", reverse("mail:template_return", args=[key]))
        return redirect("mail:templates")
    toast(request, f"“{found}” has its first text again.")
    return redirect("mail:template", key)


@can("edit")
@require_POST
def template_return(request: HttpRequest, key: str) -> HttpResponse:
    """Bring a removed one back."""
    found = _template(key)
    if found.removed_at:
        found.restore()
        toast(request, f"“{found}” is back.")
    return go(request, "mail:templates")


@can("view", post="manage")
def settings(request: HttpRequest) -> HttpResponse:
    """Sender, answers, the lines and the logo of every mail, and how often announcements may come."""
    found = MailSettings.current()
    form = MailSettingsForm(request.POST or None, request.FILES or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, "Saved. Mails that are not out yet get it.")
        return redirect("mail:settings")
    context = {"form": form, "mail": MailSettings.current(), "tabs": tabs("settings")}
    return render(request, "mail/settings.html", context, status=422 if form.errors else 200)


def _template(key: str) -> MailTemplate:
    try:
        return MailTemplate.of(key)
    except LookupError:
        raise Http404 from None


def _page(request: HttpRequest, found: MailTemplate, form: TemplateForm) -> dict[str, Any]:
    asked = request.POST if request.method == "POST" else request.GET
    tried = samples(found.trigger, owner=request.user)
    sample = chosen(tried, asked.get("record", ""))
    language = asked.get("language", "") if asked.get("language") in dict(LANGUAGES) else ""
    message, wrong = preview.of_template(found, sample.occasion, language) if sample else (None, "")
    errors = [str(e) for name in ("subject", "body", "subject_es", "body_es") for e in form.errors.get(name, [])]
    values = sample.values(found.trigger) if sample else {}
    return {
        "template": found,
        "form": form,
        "samples": tried,
        "sample": sample,
        "language": language,
        "languages": LANGUAGES if found.has_spanish else [],
        "message": message,
        "wrong": " ".join(errors) or wrong,
        "text": preview.text_of(message) if message else "",
        "inside": preview.inside_of(message) if message else "",
        "fields": [(name, meaning, values.get(name, "")) for name, meaning in found.fields().items()],
        "rules": Rule.objects.filter(template_key=found.key) if found.pk else [],
        "tabs": tabs("templates"),
    }

"""What the district lets the system send by itself: rules, each with the mail as a contact would get it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from wbl.accounts.access import can
from wbl.mail import planner, preview
from wbl.mail.ledger import coming, tabs
from wbl.mail.models import Rule
from wbl.mail.rule_forms import RuleForm
from wbl.mail.samples import chosen, samples
from wbl.mail.tasks import deliver
from wbl.mail.triggers import fields_of
from wbl.web.responses import fragment, go, toast


@can("view")
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule, on or off; what apps offer is there already, switched off until somebody has looked."""
    return render(request, "mail/rules.html", {"rules": Rule.offered(), "tabs": tabs("rules")})


@can("view", post="edit")
def rule(request: HttpRequest, key: str) -> HttpResponse:
    """The rule: its text, the mail as a chosen record would get it, the next 14 days, and the older dates."""
    found = _rule(key)
    form = RuleForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, "Saved. Mails that are not out yet get the new text.")
        return redirect(found)
    shown = _rule(key) if form.errors else found
    return render(request, "mail/rule.html", _page(request, shown, form))


@can("edit")
@require_POST
def rule_preview(request: HttpRequest, key: str) -> HttpResponse:
    """The mail with the text as it is being typed; nothing is saved."""
    found = _rule(key)
    form = RuleForm(request.POST, instance=found)
    form.is_valid()
    return fragment(request, "mail/rule.html", "preview", _page(request, found, form))


@can("edit")
@require_POST
def rule_add(request: HttpRequest, key: str) -> HttpResponse:
    """One more rule over the same date, off, to be given days, text and people of its own."""
    made = Rule.another(_rule(key).trigger)
    made.save()
    toast(request, "Another rule over the same date. It is off until you switch it on.")
    return go(request, made)


@can("edit")
@require_POST
def rule_removal(request: HttpRequest, key: str) -> HttpResponse:
    """A further rule that never planned anything goes; one with mails in the ledger stays, switched off."""
    found = _rule(key)
    if not found.is_extra or found.is_on or found.messages.exists():
        toast(request, "It stays: it is on, came with the system, or mails in the ledger name it.")
        return go(request, found)
    found.delete()
    toast(request, f"“{found}” is removed.")
    return redirect("mail:rules")


@can("edit")
@require_POST
def activation(request: HttpRequest, key: str) -> HttpResponse:
    """From today on."""
    found = _rule(key)
    found.switch_on(by=request.user)
    deliver.delay_on_commit()
    toast(request, f"“{found}” is on. It acts on dates from today.")
    return go(request, found)


@can("edit")
@require_POST
def deactivation(request: HttpRequest, key: str) -> HttpResponse:
    """No more; what waits is canceled at once."""
    found = _rule(key)
    found.switch_off()
    planner.plan()
    toast(request, f"“{found}” is off. What was planned is canceled.")
    return go(request, found)


@can("edit")
@require_POST
def older_dates(request: HttpRequest, key: str) -> HttpResponse:
    """Send what was ticked among the dates from before the rule was switched on."""
    found = _rule(key)
    ticked = [int(n) for n in request.POST.getlist("record") if n.isascii() and n.isdigit() and len(n) < 18]
    count = planner.add_older(found, ticked, by=request.user)
    deliver.delay_on_commit()
    toast(request, f"{count} older mail{'' if count == 1 else 's'} will go out." if count else "Nothing was ticked.")
    return go(request, found)


@can("edit")
@require_POST
def pause(request: HttpRequest) -> HttpResponse:
    """All rules at once: what falls due meanwhile is withheld, with that reason."""
    district: Any = request.district  # type: ignore[attr-defined]
    if not district.mail_paused_at:  # a second click does not change since when
        district.mail_paused_at, district.mail_paused_by = timezone.now(), str(request.user)[:150]
        district.save(update_fields=["mail_paused_at", "mail_paused_by"])
    toast(request, "All rules are paused. Letters written by hand still go out.", reverse("mail:resumption"))
    return redirect("mail:ledger")


@can("edit")
@require_POST
def resumption(request: HttpRequest) -> HttpResponse:
    """Rules go on; what was withheld today is planned again."""
    district: Any = request.district  # type: ignore[attr-defined]
    district.mail_paused_at, district.mail_paused_by = None, ""
    district.save(update_fields=["mail_paused_at", "mail_paused_by"])
    Rule.objects.on().update(planned_at=None)
    toast(request, "The rules go on. What was withheld earlier than today can be sent from the ledger.")
    return redirect("mail:ledger")


def _rule(key: str) -> Rule:
    try:
        return Rule.of(key)
    except LookupError:
        raise Http404 from None


def _page(request: HttpRequest, found: Rule, form: RuleForm) -> dict[str, Any]:
    tried = samples(found.trigger)
    asked = request.POST if request.method == "POST" else request.GET
    sample = chosen(tried, asked.get("record", ""))
    message, wrong = preview.of_occasion(found, sample.occasion) if sample else (None, "")
    typed_wrong = " ".join(str(e) for name in ("template_key", "subject", "body") for e in form.errors.get(name, []))
    values = sample.values(found.trigger) if sample else {}
    chart, lines = coming(request.district, rule=found)  # type: ignore[attr-defined]
    return {
        "rule": found,
        "form": form,
        "samples": tried,
        "sample": sample,
        "message": message,
        "wrong": typed_wrong or wrong,
        "text": preview.text_of(message) if message else "",
        "inside": preview.inside_of(message) if message else "",
        "fields": [(name, meaning, values.get(name, "")) for name, meaning in fields_of(found.trigger).items()],
        "chart": chart,
        "lines": lines,
        "older": planner.older(found)[:100],
        "tabs": tabs("rules"),
    }

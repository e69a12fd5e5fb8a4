"""Onboarding of one partner, and a district's steps."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from partners import onboarding as verbs
from partners.models import OnboardingStep, OnboardingTask, Organization
from partners.onboarding_checks import check
from partners.onboarding_forms import DoneForm, StepForm, TaskForm
from wbl.accounts.access import can
from wbl.web.responses import form_page, go, go_back, toast


@can("view")
def onboarding(request: HttpRequest, pk: int) -> HttpResponse:
    """The checklist of one partner: what is done, by what it was seen, what is next and whose it is."""
    partner = get_object_or_404(Organization.objects.select_related("owner"), pk=pk)
    rows = partner.onboarding.select_related("owner", "done_by", "organization__owner")
    tasks = [(task, check(task.check_key)) for task in rows]
    done = sum(task.done_at is not None for task, _check in tasks)
    context = {"organization": partner, "tasks": tasks, "done": done}
    return render(request, "partners/onboarding.html", context)


def _partner(pk: int) -> Organization:
    return get_object_or_404(Organization.objects.present(), pk=pk)


@can("edit")
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin by hand; by itself it begins when the partner commits."""
    count = verbs.start(_partner(pk), by=request.user)
    if count:
        toast(request, f"{count} steps begin.", reverse("partners:onboarding_stop", args=[pk]))
    else:
        toast(request, "Every step for this kind of partner has begun already.")
    return go(request, "partners:onboarding", pk)


@can("edit")
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the open steps off."""
    count = verbs.stop(_partner(pk))
    toast(request, f"{count} open steps are off the list.", reverse("partners:onboarding_start", args=[pk]))
    return go(request, "partners:onboarding", pk)


@can("log")
@require_POST
def done(request: HttpRequest, organization: int, pk: int) -> HttpResponse:
    """Tick a step by hand, or say that this partner does not need it."""
    task = get_object_or_404(OnboardingTask, pk=pk, organization=organization)
    form = DoneForm(request.POST)
    if form.is_valid():
        needed = form.cleaned_data["how"] == "done"
        task.complete(how="Ticked by hand" if needed else "Not needed with this partner", by=request.user)
        undo = reverse("partners:onboarding_undo", args=[organization, pk])
        toast(request, f"{task}: {'done' if needed else 'not needed'}.", undo)
    return go_back(request, "partners:onboarding", organization)


@can("log")
@require_POST
def undone(request: HttpRequest, organization: int, pk: int) -> HttpResponse:
    """It is open again."""
    task = get_object_or_404(OnboardingTask, pk=pk, organization=organization)
    task.reopen()
    toast(request, f"{task} is open again.")
    return go_back(request, "partners:onboarding", organization)


@can("edit")
def task(request: HttpRequest, organization: int, pk: int) -> HttpResponse:
    """Who sees to one step, and by when."""
    found = get_object_or_404(OnboardingTask, pk=pk, organization=organization)
    form = TaskForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, "Saved.")
        return go_back(request, "partners:onboarding", organization)
    back = reverse("partners:onboarding", args=[organization])
    return form_page(request, form, title=str(found), back=back)


@can("view")
def steps(request: HttpRequest) -> HttpResponse:
    """Settings: the district's steps, or those it would begin with."""
    own = list(OnboardingStep.objects.order_by("order", "id"))
    rows = own or verbs.unsaved_defaults()
    context = {
        "steps": [(step, check(step.check_key)) for step in rows if not step.retired_at],
        "retired": [step for step in rows if step.retired_at],
        "own": bool(own),
        "rail_place": "settings",
    }
    return render(request, "partners/onboarding_steps.html", context)


@can("manage")
@require_POST
def steps_own(request: HttpRequest) -> HttpResponse:
    """Take the proposed steps over, to change them."""
    verbs.own_steps()
    toast(request, "The steps are yours now: change, add or retire them.")
    return go(request, "partners:onboarding_steps")


@can("manage")
def step(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add a step, or change one; partners who have begun keep the words they began with."""
    found = get_object_or_404(OnboardingStep, pk=pk) if pk else OnboardingStep(order=100)
    form = StepForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        verbs.own_steps()
        toast(request, f"{form.save()} saved.")
        return go(request, "partners:onboarding_steps")
    title = found.title if pk else "A new step"
    return form_page(request, form, title=title, back=reverse("partners:onboarding_steps"), rail_place="settings")


@can("manage")
@require_POST
def step_retirement(request: HttpRequest, pk: int) -> HttpResponse:
    """Retire a step for partners to come; the same address brings it back."""
    found = get_object_or_404(OnboardingStep, pk=pk)
    found.return_() if found.retired_at else found.retire()
    said = "is retired" if found.retired_at else "is back"
    toast(request, f"{found} {said}.", request.path if found.retired_at else None)
    return go(request, "partners:onboarding_steps")

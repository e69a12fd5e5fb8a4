"""Saving, changing and removing views of lists, and choosing columns."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from wbl.accounts.access import can
from wbl.saved.forms import ColumnsForm, NameForm, ViewForm
from wbl.saved.models import SavedView
from wbl.web.lists import LISTS
from wbl.web.responses import fragment, go, toast


def _address(view: SavedView) -> str:
    return f"{reverse(LISTS[view.list].url_name)}?{view.query or 'page=1'}"


@can("view")
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the state of a list under a name."""
    form = NameForm(request.POST)
    if not form.is_valid():
        toast(request, "The view was not saved: give it a name.")
        return redirect(_back(request))
    view = form.save(by=request.user)
    toast(request, f"Saved as “{view.name}”.", reverse("saved:removal", args=[view.pk]))
    return redirect(_address(view))


@can("view")
@require_POST
def columns(request: HttpRequest) -> HttpResponse:
    """Show these columns of a list, now and from now on."""
    form = ColumnsForm(request.POST)
    if not form.is_valid():
        toast(request, "These columns are not known here; nothing was changed.")
        return redirect(_back(request))
    return redirect(f"{_back(request)}{form.save(by=request.user)}")


def _back(request: HttpRequest) -> str:
    kind = LISTS.get(request.POST.get("list", ""))
    return reverse(kind.url_name) if kind else reverse("home:today")


@can("view")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a view, share it, or open the list with it; one's own only."""
    view = get_object_or_404(SavedView.objects.named(), pk=pk, owner=request.user, removed_at=None)
    form = ViewForm(request.POST or None, instance=view, by=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        return go(request, _address(view))
    context = {"view": view, "form": form, "back": _address(view)}
    return fragment(request, "saved/view.html", "form", context, status=422 if form.errors else 200)


@can("view")
@require_POST
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the list with a view, a shared one too; again, and it opens as a whole."""
    view = get_object_or_404(SavedView.objects.seen_by(request.user).named(), pk=pk)
    if SavedView.objects.filter(owner=request.user, name="", first=view).exists():
        view.open_no_more(by=request.user)
        toast(request, "The list opens as a whole again.")
    else:
        view.open_with(by=request.user)
        toast(request, f"The list opens with “{view.name}”.")
    return redirect(_address(view))


@can("view")
@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove one's own view."""
    view = get_object_or_404(SavedView.objects.named(), pk=pk, owner=request.user, removed_at=None)
    view.remove()
    toast(request, f"The view “{view.name}” was removed.", reverse("saved:restoration", args=[view.pk]))
    return go(request, f"{reverse(LISTS[view.list].url_name)}?page=1")


@can("view")
@require_POST
def restoration(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a removal back."""
    view = get_object_or_404(SavedView.objects.named().exclude(removed_at=None), pk=pk, owner=request.user)
    if not view.restore():
        toast(request, f"You have another view “{view.name}” by now; this one stays removed.")
    return go(request, _address(view))

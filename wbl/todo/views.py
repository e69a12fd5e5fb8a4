"""What one does with a to-do: close it, open it again, put it off."""

import datetime as dt

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from wbl.accounts.access import can
from wbl.accounts.models import Membership
from wbl.todo.models import Todo
from wbl.todo.phrases import NoSuchDay, read_day
from wbl.web.responses import came_from, fragment, go, toast


class TodoForm(forms.ModelForm):
    due = forms.CharField(max_length=40, label="By", help_text="Friday, in 7 days, Dec 1")

    class Meta:
        model = Todo
        fields = ("title", "due", "owner", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: object, today: dt.date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.today = today
        people = Membership.objects.of_district().filter(ended_at=None)
        owner = self.fields["owner"]
        owner.queryset = owner.queryset.filter(pk__in=people.values("user"))  # type: ignore[attr-defined]

    def clean_due(self) -> dt.date:
        try:
            return read_day(self.cleaned_data["due"], self.today)
        except NoSuchDay as error:
            raise forms.ValidationError(str(error)) from None


@can("log")
def todo(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Write down something to do, or change it."""
    found = get_object_or_404(Todo, pk=pk) if pk else Todo(owner=request.user, kind=Todo.Kind.TASK)  # type: ignore[misc]
    initial = {"due": found.due.isoformat()} if found.due else {"due": "tomorrow"}
    form = TodoForm(request.POST or None, instance=found, today=request.district.today(), initial=initial)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, f"{found.title}: {found.due_in_words}.")
        return go(request, _next(request))
    return fragment(request, "todo/form.html", "form", {"form": form, "todo": found, "back": _next(request)})


@can("log")
@require_POST
def closing(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Todo.objects.open(), pk=pk)
    found.close(by=request.user)
    toast(request, f"Done: {found.title}.", reverse("todo:reopening", args=[pk]))
    return redirect(_next(request))


@can("log")
@require_POST
def reopening(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Todo.objects.exclude(done_at=None), pk=pk)
    found.reopen()
    toast(request, f"{found.title} is open again.")
    return redirect(_next(request))


def _next(request: HttpRequest) -> str:
    """The page the button stood on, if it is one of ours."""
    return came_from(request) or reverse("home:today")

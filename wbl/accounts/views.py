"""One's own account, apart from what allauth shows."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from wbl.accounts.access import signed_in
from wbl.accounts.models import User
from wbl.web.responses import toast


class MeForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("name", "goes_by", "shortcuts")
        help_texts = {"shortcuts": "Single keys such as l and /. They never act while you type in a field."}


@signed_in
def me(request: HttpRequest) -> HttpResponse:
    """Name, how people address one, keyboard shortcuts; links to password, second factors and sessions."""
    form = MeForm(request.POST or None, instance=request.user)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, "Saved.")
        return redirect("me")
    return render(request, "accounts/me.html", {"form": form})

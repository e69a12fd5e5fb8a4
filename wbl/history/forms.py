"""Where a page of history goes on after something was restored."""

from django import forms


class BackForm(forms.Form):
    back = forms.CharField(required=False, max_length=500)

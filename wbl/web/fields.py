"""A form field as people meet it: label, control, hint, error, wired for screen readers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseForm, BoundField
from django.forms.renderers import TemplatesSetting
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

PLAIN, CHECK, GROUP, FILE = "plain", "check", "group", "file"
PASSED_ON = ("placeholder", "autofocus", "autocomplete", "rows", "list", "inputmode", "pattern")
LONG_FORM = 5  # with more fields than this the errors are also listed at the top


class Renderer(TemplatesSetting):
    """`{{ form }}` looks like a form laid out with `{% field %}`."""

    form_template_name = "components/form.html"


class FieldView:
    """What `components/field.html` needs, worked out from a bound field."""

    def __init__(
        self,
        bound: BoundField,
        *,
        label: str | None = None,
        hint: str | None = None,
        size: str = "",
        hide_label: bool = False,
        **attrs: Any,
    ) -> None:
        self.bound = bound
        self.label = bound.label if label is None else label
        self.hint = bound.help_text if hint is None else hint
        self.size = size
        self.hide_label = hide_label
        self.attrs = {key: value for key, value in attrs.items() if key in PASSED_ON and value is not False}
        self.shape = shape_of(bound)

    def render(self) -> SafeString:
        if self.bound.is_hidden:
            return SafeString(str(self.bound))
        return render_to_string("components/field.html", {"field": self})

    @property
    def ids(self) -> dict[str, str]:
        base = self.bound.auto_id
        return {"hint": f"{base}_helptext", "error": f"{base}_error"}

    @property
    def described_by(self) -> str:
        ids = [self.ids["hint"]] if self.hint else []
        return " ".join(ids + ([self.ids["error"]] if self.bound.errors else []))

    @property
    def control(self) -> SafeString:
        attrs: dict[str, Any] = dict(self.attrs)
        if self.shape == PLAIN:
            sizes = f" input--{self.size}" if self.size else ""
            attrs["class"] = f"{self.bound.field.widget.attrs.get('class', '')} input{sizes}".strip()
        if self.shape == FILE:
            attrs["class"] = "drop__file"
        if self.shape == CHECK:
            attrs["class"] = "check"
        if self.described_by:
            attrs["aria-describedby"] = self.described_by
        if self.hide_label and self.shape == PLAIN:
            attrs["aria-label"] = str(self.label)
        return self.bound.as_widget(attrs=attrs)

    @property
    def marked(self) -> str:
        """The rarer kind of field says so: "optional" in a form of required ones, or the reverse."""
        required = self.bound.field.required
        visible = [each.field.required for each in self.bound.form.visible_fields()]
        mostly_required = visible.count(True) > visible.count(False)
        if self.shape == CHECK or required == mostly_required:
            return ""
        if required:  # a choice that always has a value needs no word
            typed = self.shape == PLAIN and not isinstance(self.bound.field.widget, forms.Select)
            return _("required") if typed else ""
        return _("optional")

    @property
    def options(self) -> list[Any]:
        return list(self.bound)

    @property
    def stacked(self) -> bool:
        """Many or wordy choices stand under each other; few short ones share a line. A field may say `stacked`."""
        if getattr(self.bound.field, "stacked", False):
            return True
        labels = [str(option.data["label"]) for option in self.options]
        return sum(map(len, labels)) > 120 or any(len(label) > 26 for label in labels)


def shape_of(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return CHECK
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return GROUP
    return FILE if isinstance(widget, forms.FileInput) else PLAIN


def errors_of(form: BaseForm, *, below: bool = False) -> dict[str, Any]:
    """Errors of the whole form and of hidden fields; links to the rest when the form is long, or far `below`."""
    if not form.is_bound or not form.errors:
        return {"errors": [], "links": []}
    hidden = [error for bound in form.hidden_fields() for error in bound.errors]
    visible = form.visible_fields()
    links = [bound for bound in visible if bound.errors] if below or len(visible) > LONG_FORM else []
    return {"errors": [*form.non_field_errors(), *hidden], "links": links}

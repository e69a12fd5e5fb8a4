"""Forms of sequences: the name, one more step, who is put in."""

from typing import Any

from django import forms
from django.db.models import Max

from partners.models import Contact, Organization, Sequence, SequenceStep
from wbl.mail.models import MailTemplate
from wbl.mail.triggers import wrong_in
from wbl.tenancy.forms import DistrictModelForm

LONGEST = 12  # steps
OF_KIND = {"mail": "template_key", "call": "script", "wait": "days", "condition": "condition"}


class SequenceForm(DistrictModelForm):
    class Meta:
        model = Sequence
        fields = ("name", "about")


class StepForm(DistrictModelForm):
    """What a step needs depends on its kind; the rest is left out."""

    template_key = forms.ChoiceField(label="Mail: template", required=False)

    class Meta:
        model = SequenceStep
        fields = ("kind", "template_key", "script", "days", "condition")
        widgets = {"script": forms.Textarea(attrs={"rows": 4}), "kind": forms.RadioSelect}
        labels = {"days": "Wait: days", "condition": "Only if", "script": "Call: what to say"}
        help_texts = {"script": "The fields of templates work here too, such as {{ contact.called }}."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:  # a step stays what it is
            for name in set(self.fields) - {OF_KIND[self.instance.kind]}:
                del self.fields[name]
        if "days" in self.fields:
            self.fields["days"].required = False
        if "template_key" in self.fields:
            letters = [(t.key, t.name) for t in MailTemplate.offered() if not t.trigger_key]
            self.fields["template_key"].choices = [("", "–"), *letters]  # type: ignore[attr-defined]

    def clean_script(self) -> str:
        script = self.cleaned_data["script"].replace("\r\n", "\n")
        if wrong := [w for w in wrong_in(script, None) if w.startswith("There is no field")]:
            raise forms.ValidationError(wrong)
        return script

    def clean_days(self) -> int:
        return self.cleaned_data["days"] or 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind = cleaned.get("kind", self.instance.kind if self.instance.pk else "")
        if kind == "mail" and not cleaned.get("template_key"):
            self.add_error("template_key", "Choose the template that is mailed.")
        elif kind == "wait" and not 1 <= cleaned.get("days", 0) <= 180:
            self.add_error("days", "Between 1 and 180 days.")
        elif kind == "condition" and not cleaned.get("condition"):
            self.add_error("condition", "Choose what must hold for them to go on.")
        elif kind == "call" and not cleaned.get("script") and "script" not in self.errors:
            self.add_error("script", "Write what to say, if only a few words.")
        return cleaned

    def save_last(self, sequence: Sequence) -> SequenceStep:
        """Put it at the end."""
        last = sequence.steps.aggregate(last=Max("place"))["last"] or 0
        self.instance.sequence, self.instance.place = sequence, last + 1
        return self.save()


class EnrolForm(forms.Form):
    """A sequence, and people of partners: `contact` is one, `rows` are partners whose main person is taken."""

    sequence = forms.ModelChoiceField(
        queryset=Sequence.objects.select_related("rule"), empty_label=None, error_messages={"required": "Choose one."}
    )
    contact = forms.ModelMultipleChoiceField(
        queryset=Contact.objects.current().select_related("organization__owner"),
        required=False,
        widget=forms.MultipleHiddenInput,
    )
    rows = forms.ModelMultipleChoiceField(
        queryset=Organization.objects.present().select_related("owner"),
        required=False,
        widget=forms.MultipleHiddenInput,
    )

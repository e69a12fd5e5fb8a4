"""The form of a rule: when, what, to whom."""

import re
from dataclasses import dataclass, field
from typing import Any

from django import forms

from wbl.mail import audience
from wbl.mail.models import MailTemplate, Rule
from wbl.tenancy.forms import DistrictModelForm

_OFFSET = re.compile(r"^(\d{1,3})\s*days?\s+(before|after)$")
_EVERY = re.compile(r"^then every (\d{1,3}) days?$|^then every (day|week)$")
_MOST = re.compile(r"^at most (\d{1,2})(?: times?)?$|^at most (once|twice)$")
_NUMBERS = {"day": 1, "week": 7, "once": 1, "twice": 2}
MOST = 12
ASKED = "write 2 days before, on the day, 7 days after, then every 5 days, at most 3 times."


@dataclass
class When:
    """Days from the date, and what follows the last of them."""

    offsets: list[int] = field(default_factory=list)
    every: int | None = None
    most: int | None = None


def read_when(text: str) -> When:
    """ "2 days after, then every 5 days, at most 3 times". Raises ValidationError with what was not understood."""
    found = When()
    for part in (" ".join(p.lower().split()) for p in text.split(",") if p.strip()):
        if every := _EVERY.match(part):
            found.every = _number(every)
        elif most := _MOST.match(part):
            found.most = _number(most)
        else:
            found.offsets.append(_offset(part))
    found.offsets = sorted(set(found.offsets))
    if not found.offsets:
        raise forms.ValidationError("Say at least one day, as in: on the day.")
    if bool(found.every) != bool(found.most):
        raise forms.ValidationError("Repeat it as in: then every 5 days, at most 3 times.")
    if found.most and found.most > MOST:
        raise forms.ValidationError(f"At most {MOST} times: nobody answers the thirteenth mail.")
    return found


def _number(found: re.Match[str]) -> int:
    return int(found[1]) if found[1] else _NUMBERS[found[2]]


def _offset(part: str) -> int:
    if part == "on the day":
        return 0
    found = _OFFSET.match(part)
    if not found or int(found[1]) > 365:
        raise forms.ValidationError(f"“{part}” is no day I understand; {ASKED}")
    return int(found[1]) * (-1 if found[2] == "before" else 1)


class RuleForm(DistrictModelForm):
    """When a rule writes, and what: a template, or words of this rule alone."""

    words = forms.ChoiceField(
        label="Text",
        required=False,
        choices=(("template", "A template"), ("own_words", "Words of this rule alone")),
        widget=forms.RadioSelect,
    )
    template_key = forms.ChoiceField(label="Template", required=False)
    when = forms.CharField(
        label="When",
        max_length=120,
        help_text="2 days before, on the day, 7 days after, then every 5 days, at most 3 times.",
    )

    class Meta:
        model = Rule
        fields = ("name", "template_key", "subject", "body", "hour", "quiet_hours", "school_days")
        widgets = {
            "body": forms.Textarea(attrs={"rows": 12}),
            "hour": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    field_order = ("name", "words", "template_key", "subject", "body", "when", "hour", "quiet_hours", "school_days")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("when", self.instance.when())
        self.audience = audience.filters(self.instance.trigger)
        for each in self.audience:
            self.fields[f"to_{each.key}"] = forms.MultipleChoiceField(
                label=each.label,
                choices=each.choices,
                required=False,
                initial=self.instance.audience.get(each.key, []),
                widget=forms.CheckboxSelectMultiple,
            )
        if not self.instance.is_extra:
            self.fields.pop("name")
        own = self.instance.trigger_key
        fit = [t for t in MailTemplate.offered() if t.trigger_key in ("", own)]
        texts = [(t.key, t.name) for t in sorted(fit, key=lambda t: t.trigger_key != own)]
        self.fields["template_key"].choices = texts  # type: ignore[attr-defined]
        self.fields["body"].help_text = "In one language for all; a template has English and Spanish."
        self.initial["words"] = "template" if self.instance.template_key else "own_words"
        if self.instance.template_key:  # its own words begin with what there is
            self.initial["subject"], self.initial["body"] = self.instance.text_in("")

    @property
    def time_fields(self) -> list[str]:
        return ["when", "hour", "quiet_hours", "school_days"]

    @property
    def audience_fields(self) -> list[Any]:
        """Filters that have something to choose from, bound."""
        return [self[f"to_{each.key}"] for each in self.audience if each.choices]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = cleaned.get("words") or ("template" if cleaned.get("template_key") else "own_words")
        if chosen == "template":
            if not cleaned.get("template_key") and "template_key" not in self.errors:
                self.add_error("template_key", "Choose one, or write words of this rule alone.")
            cleaned["subject"] = cleaned["body"] = ""
            for name in ("subject", "body"):
                self.errors.pop(name, None)
        else:
            cleaned["template_key"] = ""
            self.errors.pop("template_key", None)
            for name in ("subject", "body"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, "Write it, or choose a template.")
        return cleaned

    def clean_when(self) -> When:
        when = read_when(self.cleaned_data["when"])
        if when.every and not self.instance.trigger.repeats:
            raise forms.ValidationError("This rule writes once: when its mail is out, the to-do waits for a person.")
        return when

    def clean_subject(self) -> str:
        return self._checked("subject")

    def clean_body(self) -> str:
        return self._checked("body")

    def _checked(self, name: str) -> str:
        text = self.cleaned_data[name].replace("\r\n", "\n")
        if wrong := self.instance.wrong_in(text):
            raise forms.ValidationError(wrong)
        return text

    def save(self, commit: bool = True) -> Rule:
        when = self.cleaned_data["when"]
        self.instance.offsets, self.instance.repeat_days, self.instance.repeat_most = (
            when.offsets,
            when.every,
            when.most,
        )
        self.instance.audience = {
            each.key: chosen for each in self.audience if (chosen := self.cleaned_data.get(f"to_{each.key}"))
        }
        self.instance.planned_at = None
        return super().save(commit)

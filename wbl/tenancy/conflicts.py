"""Two people at one form: the second to save sees what the first saved meanwhile, field by field, and chooses.

    class ContactForm(GuardedMixin, DistrictModelForm): …

The form carries what it showed when it was opened in one hidden field. What only the other person changed stays as they
left it; what both changed is asked about, and nothing is written before it is answered. The view reads the record with
`select_for_update()` inside a transaction, so two posts at one moment wait for each other.
"""

import json
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth import get_user_model

from wbl.tenancy.models import Change

SEEN = "seen"
LONGEST = 200_000


@dataclass(frozen=True)
class Clash:
    """One field that two people changed: what stands there now, and what the second typed; both in words."""

    name: str
    label: str
    theirs: str
    mine: str

    @property
    def choice(self) -> str:
        return f"keep-{self.name}"


class GuardedMixin:
    """Before a ModelForm. `clashes` waits for a choice; `kept` names the fields that stay as somebody else left them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clashes: list[Clash] = []
        self.kept: list[str] = []
        self._met = False
        if self.instance.pk:  # type: ignore[attr-defined]
            self.fields[SEEN] = forms.CharField(  # type: ignore[attr-defined]
                required=False, widget=forms.HiddenInput, initial=lambda: json.dumps({"was": self._now()})
            )

    def full_clean(self: Any) -> None:
        if self.is_bound and self.instance.pk and not self._met:
            self._met = True
            self._meet()
        super().full_clean()  # type: ignore[misc]
        if self.clashes:
            self.add_error(None, "Not saved yet: somebody else changed this while you had it open.")

    @property
    def other(self: Any) -> tuple[Any, Any]:
        """(who, when) of the last change to the record."""
        last = Change.objects.of(self.instance).first()
        if last is None:
            return None, None
        return get_user_model().objects.filter(pk=last.user_id).first(), last.at

    @property
    def kept_in_words(self) -> str:
        """For the toast: what somebody else changed meanwhile and nobody overwrote."""
        return f" Kept what somebody else changed meanwhile: {', '.join(self.kept)}." if self.kept else ""

    # --- comparing ---------------------------------------------------------------------------

    @property
    def _guarded(self: Any) -> list[str]:
        return [n for n, f in self.fields.items() if n != SEEN and not isinstance(f, forms.FileField)]

    def _now(self: Any) -> dict[str, str]:
        """What the record's fields hold now, as the form would show them."""
        return {
            n: _text(self.fields[n].prepare_value(self.get_initial_for_field(self.fields[n], n))) for n in self._guarded
        }

    def _meet(self: Any) -> None:
        """Compare what was seen, what stands there now and what was typed; settle what can be settled."""
        data = self.data.copy()
        was, told = _read(data.get(self.add_prefix(SEEN), ""))
        now, open_ones = self._now(), {}
        for name in self._guarded:
            if name not in was or now[name] == was[name]:
                continue
            mine = _text(self._typed(name))
            choice = data.get(f"keep-{name}") if told.get(name) == now[name] else ""
            if mine == now[name] or choice == "mine":
                was[name] = now[name]
            elif mine == was[name] or choice == "theirs":
                self._take(data, name, now[name])
                self.kept.append(str(self.fields[name].label or name))
                was[name] = now[name]
            else:
                open_ones[name] = now[name]
                words = (self._words(name, now[name]), self._words(name, mine))
                self.clashes.append(Clash(name, str(self.fields[name].label or name), *words))
        data[self.add_prefix(SEEN)] = json.dumps({"was": was, "told": open_ones})
        self.data = data

    def _typed(self: Any, name: str) -> Any:
        return self.fields[name].widget.value_from_datadict(self.data, self.files, self.add_prefix(name))

    def _take(self: Any, data: Any, name: str, value: str) -> None:
        key = self.add_prefix(name)
        if isinstance(self.fields[name].widget, forms.CheckboxInput):
            data.pop(key, None)
            if value == "yes":
                data[key] = "on"
        elif isinstance(self.fields[name].widget, forms.SelectMultiple):
            data.setlist(key, value.split(",") if value else [])
        else:
            data[key] = value

    def _words(self: Any, name: str, value: str) -> str:
        """A value as people say it: the label of a choice, nothing as “nothing”."""
        for key, label in getattr(self.fields[name], "choices", ()):
            if value and str(key) == value:
                return str(label)
        return value or "nothing"


def _text(value: Any) -> str:
    """One way to write any value that a form shows or gets, so that they can be compared."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ",".join(_text(each) for each in value)
    return str(getattr(value, "pk", value)).replace("\r\n", "\n").strip()


def _read(text: str) -> tuple[dict[str, str], dict[str, str]]:
    """(what was seen, what was told of others' changes); nothing where the field was tampered with."""
    try:
        found = json.loads(text) if len(text) < LONGEST else {}
    except (ValueError, RecursionError):
        return {}, {}
    parts = [found.get(key) if isinstance(found, dict) else None for key in ("was", "told")]
    was, told = ({k: str(v) for k, v in part.items()} if isinstance(part, dict) else {} for part in parts)
    return was, told

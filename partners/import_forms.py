"""Forms of an import: the file, its columns and what their words mean. Those of single rows: `import_row_forms`."""

from typing import Any

from django import forms

from partners.importing.fields import FIELDS, LABEL, LEFT
from partners.importing.guessing import overlooked
from partners.importing.limits import SAID, Refused, check_size
from partners.importing.meanings import choices_of, words_of
from partners.importing.remembering import remember
from partners.importing.running import choose_sheet, receive
from partners.models import Import


def target_choices() -> list[Any]:
    """Where a column can go, grouped as a person thinks of it."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for each in FIELDS:
        groups.setdefault(each.of, []).append((each.key, each.label))
    return [(LEFT, "Not taken over"), *groups.items()]


class UploadForm(forms.Form):
    """A list; `save` stores it, or puts the reason why not beside the field."""

    file = forms.FileField(label="The list", help_text=f"{SAID}.", allow_empty_file=True)

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        try:
            check_size(upload.size)
            self.job = receive(name=upload.name, body=upload.read(), by=self.by)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return upload

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by


class ColumnsForm(forms.Form):
    """One choice for each column of the list; a field that holds one value can be given once."""

    overwrites = forms.BooleanField(
        label="This list is newer than what is on file",
        help_text="What it says replaces what is on file; the dry run shows each change, old → new. Blank cells never do.",
        required=False,
    )

    def __init__(self, data: Any = None, *, job: Import) -> None:
        super().__init__(data, initial={"overwrites": job.overwrites})
        self.job = job
        choices = target_choices()
        for at, name in enumerate(job.headers):
            own = [*choices, (LABEL, "Says what the next column is")] if job.targets[at] == LABEL else choices
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=f"“{name}” goes to", choices=own, required=False, initial=job.targets[at]
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        single = {each.key: each.label for each in FIELDS if not each.many}
        seen: dict[str, str] = {}
        for at, name in enumerate(self.job.headers):
            target = cleaned.get(f"column_{at}", "")
            if target in single and target in seen:
                self.add_error(f"column_{at}", f"“{single[target]}” is already taken from the column “{seen[target]}”.")
            seen.setdefault(target, name)
        return cleaned

    def save(self) -> None:
        """Keep the choices, for the next list with these columns too."""
        self.job.targets = [self.cleaned_data.get(f"column_{at}", "") for at in range(len(self.job.headers))]
        self.job.overwrites = self.cleaned_data["overwrites"]
        self.job.save(update_fields=["targets", "overwrites", "updated_at"])
        remember(self.job)

    @property
    def overlooked(self) -> str:
        """A sentence on columns that go nowhere and look like emails or phones; blank when there are none."""
        found = [
            f"“{name}” looks like {what}"
            for at, name in enumerate(self.job.headers)
            if not self[f"column_{at}"].value() and (what := overlooked(name, self.job.samples[at][0]))
        ]
        return f"Not taken over, though {', '.join(found)}. Choose below where it goes." if found else ""

    @property
    def idle(self) -> str:
        """A sentence on the columns that go nowhere though something stands in them; blank when there are none."""
        names = [
            f"“{name}”"
            for at, name in enumerate(self.job.headers)
            if not self[f"column_{at}"].value() and self.job.samples[at][1]
        ]
        if not names:
            return ""
        return f"{len(names)} {'column is' if len(names) == 1 else 'columns are'} not taken over: {', '.join(names)}."

    def rows(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Each column with its samples and its field: those that hold something, and the others."""
        shown: list[dict[str, Any]] = []
        folded: list[dict[str, Any]] = []
        for at, name in enumerate(self.job.headers):
            samples, filled = self.job.samples[at]
            field = self[f"column_{at}"]
            (shown if filled or field.value() or field.errors else folded).append(
                {"name": name, "samples": samples, "field": field}
            )
        return shown, folded


class SheetForm(forms.Form):
    """Another sheet of the workbook; its columns are guessed anew."""

    sheet = forms.ChoiceField(label="Sheet")

    def __init__(self, data: Any = None, *, job: Import) -> None:
        super().__init__(data, initial={"sheet": job.sheet})
        self.job = job
        names = [(name, f"{name}, {rows:,} rows{' (hidden)' if hidden else ''}") for name, rows, hidden in job.sheets]
        self.fields["sheet"] = forms.ChoiceField(label="Sheet", choices=names)

    def clean_sheet(self) -> str:
        name: str = self.cleaned_data["sheet"]
        try:
            choose_sheet(self.job, name)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return name


class WordsForm(forms.Form):
    """What each word of the columns for kind and stage means; blank leaves it out."""

    def __init__(self, data: Any = None, *, job: Import) -> None:
        super().__init__(data)
        self.job = job
        self.words = words_of(job)
        for at, word in enumerate(self.words):
            choices = [("", "Left out"), *choices_of(word.target)]
            self.fields[f"word_{at}"] = forms.ChoiceField(
                label=f"“{word.text}” means", choices=choices, required=False, initial=word.meant
            )

    def save(self) -> None:
        """Keep what was chosen, for the next list with these columns too."""
        meanings: dict[str, dict[str, str]] = {}
        for at, word in enumerate(self.words):
            meanings.setdefault(word.target, {})[word.key] = self.cleaned_data[f"word_{at}"]
        self.job.meanings = meanings
        self.job.save(update_fields=["meanings", "updated_at"])
        remember(self.job)

    def columns(self) -> list[tuple[str, list[tuple[Any, Any]]]]:
        """`(name of the column, [(word, its field)])` in the order of the list."""
        found: dict[str, list[tuple[Any, Any]]] = {}
        for at, word in enumerate(self.words):
            found.setdefault(word.column, []).append((word, self[f"word_{at}"]))
        return list(found.items())

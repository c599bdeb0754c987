"""Forms of spreadsheets: the file to look at, the kind of file to make, and what each column of a foreign file is."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import Truncator

from ..choices import RowKind
from .group_columns import column_titles
from .mapping import JOINED, MOST_KINDS, NOTES, NOTES_COLUMN, SAMPLES, Mapping, values_of
from .mapping_guesses import guess_columns
from .organisation_columns import ORGANISATION
from .reader import MOST_BYTES, MOST_IN_WORDS, Table
from .resources.base import SheetResource
from .row_kinds import WHAT_IT_IS, guess_kind
from .row_matching import CODE, NAME
from .source_columns import FOREIGN_ID, SOURCE

_KINDS = [("xlsx", "Excel workbook"), ("csv", "CSV, for any spreadsheet")]
#: The columns of ours that a file has only by our titles: it was exported here, and somebody added a column.
_OURS_ALONE = {CODE, "Version", "Public or not", SOURCE}
_LONGEST_SAMPLE = 80


class ImportForm(forms.Form):
    """Upload of a file, at most `MOST_BYTES`, of rows of one of some resources."""

    file = forms.FileField(
        label="Your file",
        help_text="An Excel workbook (.xlsx), a CSV file, or a meeting list or services of Open Referral UK as JSON, "
        f"up to {MOST_IN_WORDS}.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.json"}),
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )

    def __init__(self, resources: Iterable[SheetResource], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(resource.key, resource.plural.capitalize()) for resource in resources]
        choices = [("", "Guess it from the titles of the columns"), *names]
        self.fields["resource"] = forms.ChoiceField(label="What its rows are", required=False, choices=choices)

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(f"The file is larger than {MOST_IN_WORDS}. Send it in parts.")
        return file


class ExportForm(forms.Form):
    """Choice of the file format."""

    kind = forms.ChoiceField(label="What kind of file", choices=_KINDS, widget=forms.RadioSelect, initial="xlsx")


class MappingForm(forms.Form):
    """The meaning of each column of a foreign file, and of the values of the column that says what a row is."""

    organisation = forms.CharField(
        label="Organisation of the rows that name none",
        max_length=120,
        required=False,
        help_text="If one organisation runs them all. Empty if a column says it.",
    )
    source = forms.CharField(
        label="Name of this list",
        max_length=120,
        required=False,
        help_text="What you choose here is saved under it, for its next file. With a column of ids, that file changes "
        "what this one made.",
    )

    def __init__(self, table: Table, data: Any = None, saved: Mapping | None = None) -> None:
        super().__init__(data)
        self._table, known = table, column_titles()
        mapping = saved or Mapping(guess_columns(table, known))
        self.initial = {"organisation": mapping.organisation, "source": mapping.source}
        choices = [("", "Leave it out"), (NOTES, f"Add to “{NOTES_COLUMN}”, with its title")]
        choices += [(title, title) for title in known if title not in _OURS_ALONE - {*table.titles}]
        own_fields = self.fields
        self.fields = {}
        for number, title in enumerate(table.titles):
            samples = [Truncator(text).chars(_LONGEST_SAMPLE) for text in values_of(table, title)[:SAMPLES]]
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=title,
                choices=choices,
                required=False,
                initial=mapping.columns.get(title, ""),
                help_text=f"For example: {'; '.join(samples)}" if samples else "Always empty.",
            )
        self.fields |= own_fields
        self._kinds = self._values_to_ask(mapping)
        for number, value in enumerate(self._kinds):
            self.fields[f"kind_{number}"] = forms.ChoiceField(
                label=f"What is “{value[:_LONGEST_SAMPLE]}”?",
                choices=RowKind.choices,
                initial=mapping.kinds.get(value) or guess_kind(value),
                error_messages={"required": "Choose what the rows with this are."},
            )

    @property
    def mapping(self) -> Mapping:
        """The mapping that was chosen, of a valid form."""
        chosen = self.cleaned_data
        columns = {title: chosen[f"column_{number}"] for number, title in enumerate(self._table.titles)}
        kinds = {value: chosen[f"kind_{number}"] for number, value in enumerate(self._kinds)}
        return Mapping(columns, kinds, chosen["organisation"], chosen["source"])

    def clean(self) -> dict[str, Any]:
        """Add errors for a column of ours that is chosen twice, and for missing required ones."""
        cleaned = super().clean() or {}
        chosen: dict[str, str] = {}
        for number, title in enumerate(self._table.titles):
            ours = cleaned.get(f"column_{number}", "")
            if ours in chosen and ours not in JOINED and ours != NOTES:
                self.add_error(f"column_{number}", f"“{chosen[ours]}” is that already. Only one column can be.")
            elif ours:
                chosen[ours] = title
        if NAME not in chosen and CODE not in chosen:
            self.add_error(None, "Choose the column with the name of the group.")
        if not {ORGANISATION, CODE} & {*chosen} and not cleaned.get("organisation"):
            self.add_error("organisation", "Write the organisation here, or choose the column that says it.")
        if FOREIGN_ID in chosen and SOURCE not in chosen and not cleaned.get("source"):
            self.add_error(
                "source", "A column has ids. Write what this list is called, so that its next file is known."
            )
        return cleaned

    def _values_to_ask(self, mapping: Mapping) -> list[str]:
        """Return the values of the column that says what a row is, but for our own words; [] if there is none."""
        for number, title in enumerate(self._table.titles):
            chosen = self.data.get(f"column_{number}") if self.is_bound else mapping.columns.get(title)
            if chosen == WHAT_IT_IS:
                values = values_of(self._table, title)[:MOST_KINDS]
                return [value for value in values if value not in RowKind.labels]
        return []

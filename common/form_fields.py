"""A form field for JSON columns that hold a list of texts, one in each line."""

from typing import Any

from django import forms


class ListOfWordsField(forms.Field):
    """A textarea with one item a line. Empty, its value is [], never None."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, *, encoder: Any = None, decoder: Any = None, **options: Any) -> None:
        """`encoder` and `decoder`, which `JSONField` passes to its form field, are ignored."""
        super().__init__(**options)

    def prepare_value(self, value: list[str] | str | None) -> str:
        return "\n".join(value) if isinstance(value, list) else value or ""

    def to_python(self, value: str | None) -> list[str]:
        return [" ".join(line.split()) for line in (value or "").splitlines() if line.strip()]

    def has_changed(self, initial: list[str] | None, data: str | None) -> bool:
        return (initial or []) != self.to_python(data)

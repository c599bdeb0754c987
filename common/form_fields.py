"""A list of words in a form, for the columns that hold one: one in each line, as anybody would write it."""

from django import forms


class ListOfWordsField(forms.CharField):
    """Words typed one in each line. Left empty, it is an empty list, never nothing."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, *, encoder=None, decoder=None, **options) -> None:
        """`encoder` and `decoder` are what a JSON column gives its form field; lines need neither."""
        super().__init__(**options)

    def prepare_value(self, value: list[str] | str | None) -> str:
        return "\n".join(value) if isinstance(value, list) else value or ""

    def to_python(self, value: str | None) -> list[str]:
        lines = super().to_python(value).splitlines()
        return [" ".join(line.split()) for line in lines if line.strip()]

    def has_changed(self, initial: list[str] | None, data: str | None) -> bool:
        return (initial or []) != self.to_python(data)

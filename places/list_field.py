"""A list of words in a form, for the columns that hold one."""

from django import forms
from django.core.exceptions import ValidationError


class ListOfWordsField(forms.JSONField):
    """Words typed as a list, `["KMPT", "Kent and Medway"]`. Left empty, it is an empty list, never nothing."""

    def to_python(self, value) -> list[str]:
        words = super().to_python(value)
        if words is None:
            return []
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise ValidationError('Write a list of words in quotation marks, between brackets: ["one", "two"].')
        return [word.strip() for word in words if word.strip()]

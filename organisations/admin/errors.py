"""Validation errors as text, for messages that stand apart from the form fields."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.utils.text import capfirst


def error_sentences(error: ValidationError, model: type[Model]) -> str:
    """Return the messages of an error as one text, each prefixed with the label of its field."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    labels = {
        field.name: capfirst(str(field.verbose_name)) for field in (*model._meta.fields, *model._meta.many_to_many)
    }
    return " ".join(
        message if name == NON_FIELD_ERRORS else f"{labels[name]}: {message}"
        for name, messages in error.message_dict.items()
        for message in messages
    )

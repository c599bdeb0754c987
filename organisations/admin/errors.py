"""What is wrong with something that cannot be saved, where it is said apart from the boxes."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.utils.text import capfirst


def error_sentences(error: ValidationError, model: type[Model]) -> str:
    """The sentences of an error, each with the name of the field that it is about."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(
        message if name == NON_FIELD_ERRORS else f"{capfirst(model._meta.get_field(name).verbose_name)}: {message}"
        for name, messages in error.message_dict.items()
        for message in messages
    )

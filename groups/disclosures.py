"""Find public texts of a group, its schedules and its routes that disclose its confidential venue."""

from typing import Any

from django.contrib import messages
from django.db.models import CharField, Field, Model, TextField
from django.http import HttpRequest

from .confidentiality import ConfidentialTerms
from .models import SupportGroup, Venue

#: Text fields that are not public, or not free text.
_NOT_FREE_WORDS = {"slug", "code", "source_name", "source_url", "source_dated", "online_link", "staff_note"}


def free_texts(model: type[Model]) -> "list[Field[Any, Any]]":
    """Return the public free-text fields of a model, in which an editor could disclose an address."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField) and not field.choices and field.name not in _NOT_FREE_WORDS
    ]


def confidential_terms(venue: Venue | None) -> ConfidentialTerms | None:
    """Return the terms that must not be disclosed, or None if a venue is not confidential."""
    if venue is None or not venue.address_is_confidential:
        return None
    return ConfidentialTerms(name=venue.name, address=venue.address)


def disclosures(row: Any, secret: ConfidentialTerms) -> dict[str, list[str]]:
    """Return `{field_name: [disclosed words]}` for the texts of a row that disclose any of the terms."""
    disclosed = {field.name: secret.disclosed_in(getattr(row, field.name)) for field in free_texts(type(row))}
    return {name: words for name, words in disclosed.items() if words}


def warning(words: list[str]) -> str:
    """Return the warning for a field that discloses some words."""
    quoted = ", ".join(f"“{word}”" for word in words)
    return f"Look again: the venue is confidential, and this says {quoted}. Everybody can read it."


def warn_of_disclosure(request: HttpRequest, group: SupportGroup) -> None:
    """Add a message for each text of a group that discloses its confidential venue."""
    secret = confidential_terms(group.venue)
    if group.venue is None or secret is None:
        return
    labels = {field.name: str(field.verbose_name) for field in SupportGroup._meta.concrete_fields}
    disclosed = {labels[name]: words for name, words in disclosures(group, secret).items()}
    for rows, name in ((group.schedules, "note"), (group.schedule_changes, "words"), (group.routes, "note")):
        label = str(rows.model._meta.verbose_name)
        for text in rows.values_list(name, flat=True):
            if words := secret.disclosed_in(text):
                disclosed.setdefault(label, []).extend(words)
    for label, words in disclosed.items():
        quoted = ", ".join(f"“{word}”" for word in words)
        messages.warning(
            request,
            f"{group.venue.name} is confidential, and “{label}” of {group.name} says {quoted}. "
            "Everybody can read that.",
        )

"""The values of a row, as an entry wants them or as the database has them, in one comparable form."""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, CharField, Field, ForeignKey, JSONField, Model, TextField
from django.utils.text import slugify

from ..models import Term
from .files import SeedEntry, did_you_mean
from .kinds import LIST_CHOICES, Kind
from .lookups import Lookups

Fingerprint = dict[str, str]
#: Fields of children that are newer than the first fingerprints, with their default: while they have it they are left
#: out of the digest, so that rows loaded earlier do not seem to be changed by an editor.
_NEWER_FIELD_DEFAULTS = {"term_time_only": False}


@dataclass
class Values:
    """The fields, many-to-many keys and children of a row."""

    fields: dict[str, Any]
    links: dict[str, list[int]]
    children: dict[str, list[dict[str, Any]]]

    @property
    def fingerprint(self) -> Fingerprint:
        """`{name: digest}` of each value; digests, so that no old value is stored."""
        children = {name: [_without_defaults(row) for row in rows] for name, rows in self.children.items()}
        return {name: _digest(value) for name, value in {**self.fields, **self.links, **children}.items()}

    def matches(self, fingerprint: Fingerprint) -> bool:
        """Return whether each of its values has the digest in `fingerprint`; other names are ignored."""
        return all(fingerprint.get(name) == digest for name, digest in self.fingerprint.items())


def current_values(kind: Kind, row: Model) -> Values:
    """Return the values of a row in the database."""
    return Values(
        fields={name: getattr(row, field.attname) for name, field in kind.fields.items()},
        links={name: sorted(linked.pk for linked in getattr(row, name).all()) for name in kind.links},
        children={
            name: [
                {field.name: getattr(each, field.attname) for field in child.fields.values()}
                for each in sorted(getattr(row, name).all(), key=lambda each: each.pk)
            ]
            for name, child in kind.children.items()
        },
    )


def default_values(kind: Kind) -> Values:
    """Return the default values of a new row."""
    return Values(
        fields={name: field.get_default() for name, field in kind.fields.items()} | kind.fixed,
        links={name: [] for name in kind.links},
        children={name: [] for name in kind.children},
    )


def wanted_values(kind: Kind, entry: SeedEntry, lookups: Lookups) -> Values:
    """Return the values that an entry asks for, with defaults for the rest; slugs of listings are left alone.

    Raises `BadFile` for unknown keys and invalid values.
    """
    wanted = default_values(kind)
    if kind.is_sourced:
        wanted.fields |= entry.source
    if "slug" in kind.fields:
        if issubclass(kind.model, Term):
            wanted.fields["slug"] = slugify(entry.name)
        else:
            del wanted.fields["slug"]
    for word, value in entry.values.items():
        if word not in kind.words:
            entry.refuse(f"“{word}” is not a word for this.{did_you_mean(word, kind.words)}")
        if word in kind.links:
            wanted.links[word] = _linked_keys(kind, entry, lookups, word, value)
        elif word in kind.children:
            wanted.children[word] = [
                _child_values(kind.children[word], entry, lookups, each) for each in _child_tables(entry, word, value)
            ]
        elif word != "source":
            wanted.fields[word] = _converted(kind.fields[word], entry, lookups, value)
    return wanted


def _child_values(kind: Kind, entry: SeedEntry, lookups: Lookups, given: dict[str, Any]) -> dict[str, Any]:
    values = default_values(kind).fields
    for word, value in given.items():
        if word not in kind.words:
            entry.refuse(f"“{word}” is not a word for its {kind.table}.{did_you_mean(word, kind.words)}")
        values[word] = _converted(kind.fields[word], entry, lookups, value)
    return values


def _child_tables(entry: SeedEntry, word: str, value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        entry.refuse(f"write [[{entry.table}.{entry.name}.{word}]] above each of its {word}.")
    return value


def _linked_keys(kind: Kind, entry: SeedEntry, lookups: Lookups, word: str, names: Any) -> list[int]:
    if not isinstance(names, list):
        entry.refuse(f'“{word}” must be a list, such as ["…", "…"].')
    model: Any = kind.links[word].related_model
    found = {lookups.find(entry, word, model, name) for name in names}
    return sorted(key for key in found if key is not None)


def _converted(field: "Field[Any, Any]", entry: SeedEntry, lookups: Lookups, value: Any) -> Any:
    """Return a TOML value converted for a field. Raises `BadFile` if it is invalid."""
    if isinstance(field, ForeignKey):
        return lookups.find(entry, field.name, field.related_model, value)
    if field.choices:
        return _choice_value(field, entry, value)
    if isinstance(field, JSONField):
        return _string_list(field, entry, value)
    if isinstance(field, BooleanField):
        if not isinstance(value, bool):
            entry.refuse(f"“{field.name}” must be true or false, without quotation marks.")
        return value
    if isinstance(field, CharField | TextField):
        if not isinstance(value, str):
            entry.refuse(f"“{field.name}” must be words in quotation marks.")
        return _reflow(value)
    try:
        return field.to_python(value)
    except (ValidationError, TypeError) as error:
        problem = " ".join(error.messages) if isinstance(error, ValidationError) else "This is not a value for it."
        entry.refuse(f"“{field.name}”: {problem}")


def _choice_value(field: "Field[Any, Any]", entry: SeedEntry, value: Any) -> Any:
    """Return a choice by its value, or by its label if the value is a number: "Thursday"."""
    by_word = {str(label) if isinstance(choice, int) else choice: choice for choice, label in field.flatchoices}
    if not isinstance(value, str) or value not in by_word:
        entry.refuse(f"“{field.name}” cannot be “{value}”. Choose one of: {', '.join(by_word)}.")
    return by_word[value]


def _string_list(field: "Field[Any, Any]", entry: SeedEntry, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        entry.refuse(f'“{field.name}” must be a list of words, such as ["…", "…"].')
    if field.name in LIST_CHOICES:
        allowed = LIST_CHOICES[field.name].values
        for each in value:
            if each not in allowed:
                entry.refuse(f"“{field.name}” cannot have “{each}”. Choose from: {', '.join(allowed)}.")
    return [_reflow(each) for each in value]


def _reflow(text: str) -> str:
    """Return text with the wrapped lines of each paragraph joined."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _without_defaults(row: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a child without newer fields that have their default."""
    return {
        name: value
        for name, value in row.items()
        if name not in _NEWER_FIELD_DEFAULTS or value != _NEWER_FIELD_DEFAULTS[name]
    }


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, default=str, sort_keys=True).encode()).hexdigest()[:20]

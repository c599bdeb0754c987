"""The values of a row, as an entry asks for them or as they stand, in one shape that can be compared."""

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
from .kinds import WORDS_OF_LISTS, Kind
from .lookups import Lookups

Fingerprint = dict[str, str]
#: Fields of children that are newer than the first fingerprints, with their default: left out of a digest while they
#: have it, so that rows that were loaded before do not look as if an editor had changed them.
_ADDED_LATER = {"term_time_only": False}


@dataclass
class Values:
    """What is in a row's own fields, which other rows it is linked with, and what its children hold."""

    fields: dict[str, Any]
    links: dict[str, list[int]]
    children: dict[str, list[dict[str, Any]]]

    @property
    def fingerprint(self) -> Fingerprint:
        """A digest of each value, so that nothing of an old value is kept."""
        children = {name: [_without_defaults(row) for row in rows] for name, rows in self.children.items()}
        return {name: _digest(value) for name, value in {**self.fields, **self.links, **children}.items()}

    def same_as(self, fingerprint: Fingerprint) -> bool:
        """Whether each of its values has this digest; what it does not speak of may be anything."""
        return all(fingerprint.get(name) == digest for name, digest in self.fingerprint.items())


def standing_values(kind: Kind, row: Model) -> Values:
    """The values of a row in the database."""
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
    """The values of a row of which nothing has been said."""
    return Values(
        fields={name: field.get_default() for name, field in kind.fields.items()} | kind.fixed,
        links={name: [] for name in kind.links},
        children={name: [] for name in kind.children},
    )


def wanted_values(kind: Kind, entry: SeedEntry, lookups: Lookups) -> Values:
    """The values that an entry asks for: what it does not speak of has its default, but an address is kept."""
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
            wanted.links[word] = _linked(kind, entry, lookups, word, value)
        elif word in kind.children:
            wanted.children[word] = [
                _child_values(kind.children[word], entry, lookups, each) for each in _tables(entry, word, value)
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


def _tables(entry: SeedEntry, word: str, value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        entry.refuse(f"write [[{entry.table}.{entry.name}.{word}]] above each of its {word}.")
    return value


def _linked(kind: Kind, entry: SeedEntry, lookups: Lookups, word: str, names: Any) -> list[int]:
    if not isinstance(names, list):
        entry.refuse(f'“{word}” must be a list, such as ["…", "…"].')
    model = kind.links[word].related_model
    found = {lookups.find(entry, word, model, name) for name in names}
    return sorted(found - {None})


def _converted(field: Field, entry: SeedEntry, lookups: Lookups, value: Any) -> Any:
    """A value as the field keeps it, or a refusal that says what it should be."""
    if isinstance(field, ForeignKey):
        return lookups.find(entry, field.name, field.related_model, value)
    if field.choices:
        return _chosen(field, entry, value)
    if isinstance(field, JSONField):
        return _words(field, entry, value)
    if isinstance(field, BooleanField):
        if not isinstance(value, bool):
            entry.refuse(f"“{field.name}” must be true or false, without quotation marks.")
        return value
    if isinstance(field, CharField | TextField):
        if not isinstance(value, str):
            entry.refuse(f"“{field.name}” must be words in quotation marks.")
        return _in_paragraphs(value)
    try:
        return field.to_python(value)
    except (ValidationError, TypeError) as error:
        problem = " ".join(error.messages) if isinstance(error, ValidationError) else "This is not a value for it."
        entry.refuse(f"“{field.name}”: {problem}")


def _chosen(field: Field, entry: SeedEntry, value: Any) -> Any:
    """One of the field's choices, by its value, or by its label where the value is a number: "Thursday"."""
    by_word = {str(label) if isinstance(choice, int) else choice: choice for choice, label in field.flatchoices}
    if not isinstance(value, str) or value not in by_word:
        entry.refuse(f"“{field.name}” cannot be “{value}”. Choose one of: {', '.join(by_word)}.")
    return by_word[value]


def _words(field: Field, entry: SeedEntry, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        entry.refuse(f'“{field.name}” must be a list of words, such as ["…", "…"].')
    if field.name in WORDS_OF_LISTS:
        allowed = WORDS_OF_LISTS[field.name].values
        for each in value:
            if each not in allowed:
                entry.refuse(f"“{field.name}” cannot have “{each}”. Choose from: {', '.join(allowed)}.")
    return [_in_paragraphs(each) for each in value]


def _in_paragraphs(text: str) -> str:
    """Text with its lines run together, because editors wrap them; an empty line still begins a paragraph."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _without_defaults(row: dict[str, Any]) -> dict[str, Any]:
    """The values of a child, without those of newer fields that nobody has set."""
    return {name: value for name, value in row.items() if name not in _ADDED_LATER or value != _ADDED_LATER[name]}


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, default=str, sort_keys=True).encode()).hexdigest()[:20]

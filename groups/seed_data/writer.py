"""Write entries to rows, but only to those that no editor has changed since they were loaded."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model

from common.models import related_model
from organisations.models import single_revision

from .files import SeedEntry
from .kinds import Kind
from .lookups import Lookups
from .models import Loaded
from .summary import Summary
from .values import Values, current_values, default_values, wanted_values


class Writer:
    """Creates and updates the rows of entries, and stores the fingerprint of each row as written."""

    def __init__(self, lookups: Lookups, keys: set[str], say: Callable[[str], None]) -> None:
        self.lookups = lookups
        self.summary = Summary()
        self._say = say
        self._keys = keys
        self._loaded = {loaded.key: loaded for loaded in Loaded.objects.all()}

    def write_all(self, kind: Kind, entries: Iterable[SeedEntry]) -> None:
        """Write all entries of a kind, in order."""
        entries = list(entries)
        rows = kind.rows(loaded.row_id for entry in entries if (loaded := self._loaded.get(entry.key)))
        for entry in entries:
            row = self._write(kind, entry, rows)
            self.lookups.remember(entry.key, row.pk if row else None)

    def _write(self, kind: Kind, entry: SeedEntry, rows: dict[int, Model]) -> Model | None:
        """Create or update the row of an entry; return None if an editor has deleted it or its owner."""
        wanted = wanted_values(kind, entry, self.lookups)
        owners = self._owners(kind, entry)
        loaded = self._loaded.get(entry.key)
        if loaded is None:
            if None in owners.values():
                self.summary.left += 1
                return None
            loaded, row = self._adopt_existing(kind, entry, wanted, owners)
            if row is None:
                return self._create(kind, entry, wanted, owners)
        else:
            row = rows.get(loaded.row_id)
        if row is None or loaded is None:
            self.summary.left += 1
            return None
        self._update(kind, entry, wanted, loaded, row)
        return row

    def _owners(self, kind: Kind, entry: SeedEntry) -> dict[str, int | None]:
        """Return `{foreign key: pk}`: the file's organisation, and the object that the entry is named after."""
        owners = {kind.owner: self.lookups.organisation(entry)} if kind.owner else {}
        if kind.named_after:
            model = related_model(kind.model, kind.named_after)
            owners[kind.named_after] = self.lookups.find(entry, kind.named_after, model, entry.name)
        return owners

    def _adopt_existing(
        self, kind: Kind, entry: SeedEntry, wanted: Values, owners: dict[str, Any]
    ) -> tuple[Loaded | None, Model | None]:
        """Return the row with the same natural key, made by an editor or under another entry name, or `(None, None)`.

        Its `Loaded` record is created, or given the new key. Raises `BadFile` if another entry describes the row.
        """
        lookup = {name: owners[name] if name in owners else wanted.fields[name] for name in kind.natural_key}
        row = kind.model._default_manager.filter(**lookup).first()
        if row is None:
            return None, None
        this_row = {"model": kind.model._meta.label_lower, "row_id": row.pk}
        loaded = Loaded.objects.filter(**this_row).first()
        if loaded is None:
            loaded = Loaded(**this_row)
        elif loaded.key in self._keys:
            entry.refuse(f"“{row}” is described twice; the other is {loaded.key}.")
        loaded.key = entry.key
        loaded.save()
        return loaded, kind.rows([row.pk])[row.pk]

    def _create(self, kind: Kind, entry: SeedEntry, wanted: Values, owners: dict[str, Any]) -> Model:
        fields = {field.name: field for field in kind.model._meta.fields}
        row = kind.model(**{fields[name].attname: pk for name, pk in owners.items()})
        _save(kind, entry, row, wanted)
        Loaded.objects.create(
            key=entry.key,
            model=kind.model._meta.label_lower,
            row_id=row.pk,
            fingerprint=_fingerprint(kind, row),
        )
        self.summary.loaded[kind.model] += 1
        return row

    def _update(self, kind: Kind, entry: SeedEntry, wanted: Values, loaded: Loaded, row: Any) -> None:
        current = current_values(kind, row)
        is_unmodified = _is_unmodified(kind, current, loaded)
        if wanted.matches(current.fingerprint):
            self.summary.left += not is_unmodified
        elif is_unmodified and not (kind.is_listing and row.checks.all()):
            _save(kind, entry, row, wanted)
            loaded.fingerprint = _fingerprint(kind, row)
            loaded.save()
            self.summary.changed += 1
        else:
            self.summary.left += 1
            if loaded.fingerprint and not wanted.matches(loaded.fingerprint):
                self._say(f"{entry.file}, {entry.heading} has changed, and so has “{row}”: left as editors have it.")


def _is_unmodified(kind: Kind, current: Values, loaded: Loaded) -> bool:
    """Return whether a row is unchanged since it was loaded; fields added since must have their default."""
    if not loaded.fingerprint:
        return False
    return current.matches(default_values(kind).fingerprint | loaded.fingerprint)


def _fingerprint(kind: Kind, row: Model) -> dict[str, str]:
    return current_values(kind, kind.rows([row.pk])[row.pk]).fingerprint


def _save(kind: Kind, entry: SeedEntry, row: Model, wanted: Values) -> None:
    with single_revision(row, f"From the data file {entry.file}"[:100]):
        _save_with_related(kind, entry, row, wanted)


def _save_with_related(kind: Kind, entry: SeedEntry, row: Model, wanted: Values) -> None:
    for name, value in wanted.fields.items():
        setattr(row, kind.fields[name].attname, value)
    _save_valid(entry, row)
    for name, linked in wanted.links.items():
        getattr(row, name).set(linked)
    for name, children in wanted.children.items():
        child = kind.children[name]
        # Rewritten only if they differ, so that unchanged rows keep their primary key.
        if children != current_values(kind, kind.rows([row.pk])[row.pk]).children[name]:
            getattr(row, name).all().delete()
            for values in children:
                attributes = {child.fields[field].attname: value for field, value in values.items()}
                _save_valid(entry, child.model(**{child.owner: row}, **attributes))


def _save_valid(entry: SeedEntry, row: Model) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        problems = [
            " ".join(messages) if field == NON_FIELD_ERRORS else f"“{field}”: {' '.join(messages)}"
            for field, messages in error.message_dict.items()
        ]
        entry.refuse(" ".join(problems))
    row.save()

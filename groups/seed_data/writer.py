"""Writing rows: those that nobody has touched since they were loaded, and no others."""

from collections.abc import Callable, Iterable

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model

from organisations.models import single_revision

from .files import SeedEntry
from .kinds import Kind
from .lookups import Lookups
from .models import Loaded
from .summary import Summary
from .values import Values, default_values, standing_values, wanted_values


class Writer:
    """Brings rows up to date with their entries, and remembers each as it wrote it."""

    def __init__(self, lookups: Lookups, keys: set[str], say: Callable[[str], None]) -> None:
        self.lookups = lookups
        self.summary = Summary()
        self._say = say
        self._keys = keys
        self._loaded = {loaded.key: loaded for loaded in Loaded.objects.all()}

    def write_all(self, kind: Kind, entries: Iterable[SeedEntry]) -> None:
        """All entries of a kind, in the order of the files."""
        entries = list(entries)
        rows = kind.rows(loaded.row_id for entry in entries if (loaded := self._loaded.get(entry.key)))
        for entry in entries:
            row = self._write(kind, entry, rows)
            self.lookups.remember(entry.key, row.pk if row else None)

    def _write(self, kind: Kind, entry: SeedEntry, rows: dict[int, Model]) -> Model | None:
        """The row of an entry, written if need be; None where an editor has deleted it, or what it belongs to."""
        wanted = wanted_values(kind, entry, self.lookups)
        owners = self._owners(kind, entry)
        loaded = self._loaded.get(entry.key)
        if loaded is None:
            if None in owners.values():
                self.summary.left += 1
                return None
            loaded, row = self._same_thing(kind, entry, wanted, owners)
            if row is None:
                return self._create(kind, entry, wanted, owners)
        else:
            row = rows.get(loaded.row_id)
        if row is None:
            self.summary.left += 1
            return None
        self._update(kind, entry, wanted, loaded, row)
        return row

    def _owners(self, kind: Kind, entry: SeedEntry) -> dict[str, int | None]:
        """What the row belongs to: the file's own organisation, and what the entry is named after."""
        owners = {kind.owner: self.lookups.organisation(entry)} if kind.owner else {}
        if kind.named_after:
            model = kind.model._meta.get_field(kind.named_after).related_model
            owners[kind.named_after] = self.lookups.find(entry, kind.named_after, model, entry.name)
        return owners

    def _same_thing(
        self, kind: Kind, entry: SeedEntry, wanted: Values, owners: dict
    ) -> tuple[Loaded | None, Model | None]:
        """A row that is already this thing: an editor's own, or one whose entry has been given another short name."""
        known = {name: owners[name] if name in owners else wanted.fields[name] for name in kind.known_by}
        row = kind.model._default_manager.filter(**known).first()
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

    def _create(self, kind: Kind, entry: SeedEntry, wanted: Values, owners: dict) -> Model:
        fields = kind.model._meta.get_field
        row = kind.model(**{fields(name).attname: pk for name, pk in owners.items()})
        _save(kind, entry, row, wanted)
        Loaded.objects.create(
            key=entry.key,
            model=kind.model._meta.label_lower,
            row_id=row.pk,
            fingerprint=_fingerprint(kind, row),
        )
        self.summary.loaded[kind.model] += 1
        return row

    def _update(self, kind: Kind, entry: SeedEntry, wanted: Values, loaded: Loaded, row: Model) -> None:
        standing = standing_values(kind, row)
        is_as_written = _is_as_written(kind, standing, loaded)
        if wanted.same_as(standing.fingerprint):
            self.summary.left += not is_as_written
        elif is_as_written and not (kind.is_listing and row.checks.all()):
            _save(kind, entry, row, wanted)
            loaded.fingerprint = _fingerprint(kind, row)
            loaded.save()
            self.summary.changed += 1
        else:
            self.summary.left += 1
            if loaded.fingerprint and not wanted.same_as(loaded.fingerprint):
                self._say(f"{entry.file}, {entry.heading} has changed, and so has “{row}”: left as editors have it.")


def _is_as_written(kind: Kind, standing: Values, loaded: Loaded) -> bool:
    """Whether nobody has changed a row since it was loaded. A field that is newer than that must have its default."""
    if not loaded.fingerprint:
        return False
    return standing.same_as(default_values(kind).fingerprint | loaded.fingerprint)


def _fingerprint(kind: Kind, row: Model) -> dict[str, str]:
    return standing_values(kind, kind.rows([row.pk])[row.pk]).fingerprint


def _save(kind: Kind, entry: SeedEntry, row: Model, wanted: Values) -> None:
    with single_revision(row, f"From the data file {entry.file}"[:100]):
        _save_with_its_own(kind, entry, row, wanted)


def _save_with_its_own(kind: Kind, entry: SeedEntry, row: Model, wanted: Values) -> None:
    for name, value in wanted.fields.items():
        setattr(row, kind.fields[name].attname, value)
    _save_valid(entry, row)
    for name, linked in wanted.links.items():
        getattr(row, name).set(linked)
    for name, children in wanted.children.items():
        child = kind.children[name]
        # Written anew only where they differ: a row that stays the same keeps its key.
        if children != standing_values(kind, kind.rows([row.pk])[row.pk]).children[name]:
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

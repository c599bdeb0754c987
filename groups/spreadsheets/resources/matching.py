"""Match the rows of a sheet to the instances of its model: by id, else by name."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, NoReturn
from uuid import UUID

from django.core.exceptions import ValidationError

from common.text import fold
from organisations.models import Contact, Organisation

from ..loading import portions
from ..merge_links import with_merge_link
from ..organisation_columns import CHARITY_NUMBER, ORGANISATION, OrganisationResolver
from ..organisation_columns import NEW as NEW_NAME
from ..row_matching import NEW
from ..scope import ImportScope
from .columns import ID

Cells = Mapping[str, str]
#: The most ids that one query asks for.
_BATCH = 5_000


class Matcher(ABC):
    """Finds the instances for the rows of one file, or creates new ones."""

    def __init__(self, scope: ImportScope, noun: str) -> None:
        self.scope, self.noun = scope, noun
        self._by_id: dict[str, Any] = {}
        #: The row in which each instance first appeared.
        self._rows: dict[int, int] = {}

    def load(self, rows: Sequence[Cells]) -> list[Any]:
        """Load the instances that the rows may refer to, in bulk, and return them."""
        found = self.load_named(rows)
        shared = {instance.pk: instance for instance in found}
        ids = {public_id for row in rows if (public_id := _uuid(row.get(ID, "")))}
        for batch in portions([*ids], _BATCH):
            for instance in self.scope.rows.filter(public_id__in=batch):
                self._by_id[str(instance.public_id)] = shared.setdefault(instance.pk, instance)
        return [*shared.values()]

    @abstractmethod
    def load_named(self, rows: Sequence[Cells]) -> Iterable[Any]:
        """Load the instances that the rows without an id may be about."""

    @abstractmethod
    def find_named(self, cells: Cells) -> Any | None:
        """Return the instance that a row without an id is about; None for a new one. Raises ValidationError."""

    @abstractmethod
    def make(self, cells: Cells) -> Any:
        """Return a new instance for a row. Raises ValidationError if the user may add none."""

    def find(self, cells: Cells, number: int) -> Any:
        """Return the instance of a row, a new one if need be.

        Raises ValidationError, keyed by column title, if it is unknown, ambiguous or in a row before.
        """
        key = cells.get(ID, "")
        instance = None
        if key and fold(key) != NEW:
            instance = self._by_id.get(key.lower())
            if instance is None:
                reject(ID, f"There is no {self.noun} “{key}” that you may change. For a new one leave this empty.")
        elif not key:
            instance = self.find_named(cells)
        if instance is None:
            instance = self.make(cells)
        first = self._rows.setdefault(instance.pk or id(instance), number)
        if first != number:
            reject(ID, f"This {self.noun} is in row {first} already. Take one of the two out.")
        return instance


class OrganisationMatcher(Matcher):
    """Finds organisations by charity number, name and former names; a manager's file adds others."""

    def __init__(self, scope: ImportScope, noun: str) -> None:
        super().__init__(scope, noun)
        self._resolver = OrganisationResolver(scope)

    def load_named(self, rows: Sequence[Cells]) -> Iterable[Any]:
        return [*{found.pk: found for row in rows if (found := self._known_or_none(row))}.values()]

    def _known_or_none(self, cells: Cells) -> Organisation | None:
        try:
            return None if cells.get(ID) else self._resolver.known(_organisation_cells(cells))
        except ValidationError:
            return None

    def find_named(self, cells: Cells) -> Organisation | None:
        # A file of somebody who has one organisation need not say which.
        if not cells.get("Name") and not self._resolver.numbered(cells) and len(self.scope.organisations) != 1:
            reject("Name", "Write its name, its charity number or its id.")
        return _with_title("Name", lambda: self._resolver.known(_organisation_cells(cells)))

    def make(self, cells: Cells) -> Organisation:
        given = _organisation_cells(cells)
        if fold(cells.get(ID, "")) == NEW:
            given[ORGANISATION] = f"{NEW_NAME} {given[ORGANISATION]}"
        made: Organisation = _with_title("Name", lambda: self._resolver.add(given[ORGANISATION]))
        # Until now it had a negative key, by which its groups would be known.
        made.pk = None
        return made


class OwnedMatcher(Matcher):
    """Finds rows of organisations by keys that are made of their cells."""

    def __init__(
        self,
        scope: ImportScope,
        noun: str,
        model: type[Any],
        keys_of: Callable[[Any], Iterable[Hashable]],
        key_of_cells: Callable[[Cells], Hashable],
    ) -> None:
        """Take the functions that return the keys by which an instance is found, and the key of the cells of a row.

        The second raises ValidationError where a row does not say what it is.
        """
        super().__init__(scope, noun)
        self._model, self._keys_of, self._key_of_cells = model, keys_of, key_of_cells
        self._owners = OrganisationResolver(scope)
        self._named: dict[tuple[int, Hashable], list[Any]] = defaultdict(list)

    def load_named(self, rows: Sequence[Cells]) -> Iterable[Any]:
        named = {owner.pk for row in rows if not row.get(ID) and (owner := self._owner_or_none(row))}
        found = list(self.scope.rows.filter(organisation__in=named).order_by("pk")) if named else []
        for instance in found:
            for key in self._keys_of(instance):
                self._named[instance.organisation_id, key].append(instance)
        return found

    def _owner_or_none(self, cells: Cells) -> Organisation | None:
        try:
            return self._owners.known(dict(cells))
        except ValidationError:
            return None

    def find_named(self, cells: Cells) -> Any | None:
        owner = self._owners.find_known(dict(cells))
        found = self._named.get((owner.pk, self._key_of_cells(cells)), [])
        if len(found) > 1:
            sentence = f"{owner} has {len(found)} of these. Write under “{ID}” which: export them to see their ids."
            reject(ID, with_merge_link(sentence, found) if self._model is Contact else sentence)
        return found[0] if found else None

    def make(self, cells: Cells) -> Any:
        self._key_of_cells(cells)
        return self._model(organisation=self._owners.find_known(dict(cells)))


def reject(title: str, sentence: str) -> NoReturn:
    """Raise ValidationError for the column with a title."""
    raise ValidationError({title: sentence})


def _organisation_cells(cells: Cells) -> dict[str, str]:
    """Return the cells of a sheet of organisations as the columns of an organisation in a sheet of groups."""
    return {ORGANISATION: cells.get("Name", ""), CHARITY_NUMBER: cells.get(CHARITY_NUMBER, "")}


def _with_title(title: str, find: Callable[[], Any]) -> Any:
    """Return the result of a function; move its errors from the column "Organisation" to another."""
    try:
        return find()
    except ValidationError as error:
        messages = error.message_dict
        raise ValidationError({title if at == ORGANISATION else at: texts for at, texts in messages.items()}) from None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if len(text) == 36 else None
    except ValueError:
        return None

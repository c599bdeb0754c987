"""Resolve the names in an entry to primary keys: areas, towns, terms, and other entries."""

from collections import defaultdict
from functools import cached_property

from django.db.models import Model

from organisations.models import Contact, EventSeries, Organisation
from places.models import Area, Town

from .files import SeedEntry, did_you_mean
from .kinds import VOCABULARIES

_VOCABULARY_OF = {kind.model: kind for kind in VOCABULARIES}
_TABLE_OF = {Contact: "contacts", EventSeries: "series"}


class Lookups:
    """Resolves names to primary keys; None if an editor has deleted the row since it was loaded."""

    def __init__(self) -> None:
        self._loaded: dict[str, int | None] = {}
        self._terms: dict[type[Model], dict[str, int]] = {}

    def remember(self, key: str, pk: int | None) -> None:
        """Record the row of an entry for later entries that refer to it."""
        self._loaded[key] = pk

    def organisation(self, entry: SeedEntry) -> int | None:
        """Return the primary key of the organisation of the entry's file."""
        return self._loaded[f"{entry.stem}/organisation"]

    def find(self, entry: SeedEntry, word: str, model: type[Model], name: str) -> int | None:
        """Return the primary key for `name` where the entry says `word = name`. Raises `BadFile` if it is unknown."""
        if not isinstance(name, str):
            entry.refuse(f"“{word}” must be words in quotation marks.")
        if model is Area:
            return self._area(entry, word, name)
        if model is Town:
            return self._town(entry, word, name)
        if model in _VOCABULARY_OF:
            return self._term(entry, word, model, name)
        if model is Organisation:
            return self._entry(
                entry, f"{name}/organisation", f"there is no file {name}.toml, which “{word}” speaks of."
            )
        if model not in _TABLE_OF:
            entry.refuse(f"“{word}” cannot be given in a file. Set it in the admin.")
        table = _TABLE_OF[model]
        return self._entry(
            entry, f"{entry.stem}/{table}/{name}", f"“{word}”: there is no [{table}.{name}] in this file."
        )

    def _entry(self, entry: SeedEntry, key: str, problem: str) -> int | None:
        if key not in self._loaded:
            entry.refuse(problem)
        return self._loaded[key]

    def _term(self, entry: SeedEntry, word: str, model: type[Model], name: str) -> int | None:
        key = f"vocabularies/{_VOCABULARY_OF[model].table}/{name}"
        if key in self._loaded:
            return self._loaded[key]
        if model not in self._terms:
            self._terms[model] = dict(model._default_manager.values_list("name", "pk"))
        if name not in self._terms[model]:
            entry.refuse(
                f"“{name}” is not among the {_VOCABULARY_OF[model].table.replace('_', ' ')} "
                f"in vocabularies.toml.{did_you_mean(name, self._terms[model])}"
            )
        return self._terms[model][name]

    @cached_property
    def _areas(self) -> dict[str, list[tuple[int, str]]]:
        areas: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for pk, name, gss_code in Area.objects.values_list("pk", "name", "gss_code"):
            for known_as in {name, gss_code or name}:
                areas[known_as].append((pk, gss_code or name))
        return areas

    def _area(self, entry: SeedEntry, word: str, name: str) -> int:
        found = self._areas.get(name, [])
        if not found:
            entry.refuse(f"“{word}”: no area “{name}” is known.{did_you_mean(name, self._areas)}")
        if len(found) > 1:
            codes = " or ".join(sorted(code for _, code in found))
            entry.refuse(f"“{word}”: there are {len(found)} areas called “{name}”. Write the code of one: {codes}.")
        return found[0][0]

    def _town(self, entry: SeedEntry, word: str, name: str) -> int:
        town, _, district = (part.strip() for part in name.partition(","))
        found = Town.objects.filter(name=town, **({"district__name": district} if district else {}))
        towns = list(found.select_related("district")[:10])
        if not towns:
            entry.refuse(f"“{word}”: no town “{name}” is known. Write town and district: “Chard, Somerset”.")
        if len(towns) > 1:
            districts = " or ".join(f"“{each}”" for each in towns)
            entry.refuse(f"“{word}”: there are {len(towns)} towns called “{town}”. Write one of {districts}.")
        return towns[0].pk

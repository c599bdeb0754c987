"""Which group a row of a file is about: by its code, else by its organisation and name. Never silently a second one."""

import re
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q

from common.text import fold
from organisations.models import Organisation

from ..models import SupportGroup
from .cells import did_you_mean
from .row_relations import with_all
from .scope import ImportScope

CODE, ORGANISATION, NAME = "Code", "Organisation", "Name"
#: What stands under "Code" of a group that is new although its name is in our list, or nearly.
NEW = "new"
#: Words that say nothing of which group is meant.
_SAYING_LITTLE = {"the", "a", "an", "and", "of", "for", "in", "at", "group", "session", "meeting"}
#: Shorter names are different names if one letter is.
_LONG_ENOUGH = 6
_PUBLIC_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class RowMatcher:
    """The groups that a file may be about, and the names in it."""

    def __init__(self, reach: ImportScope) -> None:
        self._reach = reach
        self._organisations: dict[str, list[Organisation]] = defaultdict(list)
        for one in reach.organisations.values():
            self._organisations[fold(one.name)].append(one)
        self._by_code: dict[str, SupportGroup] = {}
        self._named: dict[tuple[int, str], list[SupportGroup]] = defaultdict(list)
        self._names: dict[tuple[int, str], list[tuple[int, str, str]]] = defaultdict(list)
        self._near: dict[tuple[int, str], tuple[str, str]] = {}
        #: The row of the file in which each group, and each new name, was first met.
        self._rows: dict[object, int] = {}

    def read(self, rows: Iterable[dict[str, str]]) -> None:
        """Look up what a file names: the groups by code, and the names of the organisations in it."""
        rows = list(rows)
        codes = {row.get(CODE, "") for row in rows} - {""}
        public_ids = {UUID(code) for code in codes if _PUBLIC_ID.fullmatch(code)}
        coded = Q(code__in={code.lower() for code in codes}) | Q(public_id__in=public_ids)
        organisation_of = dict(self._reach.groups.filter(coded).values_list("pk", "organisation_id"))
        named = {(one.pk, fold(row.get(NAME, ""))) for row in rows if (one := self._organisation_or_none(row))}
        organisations = {owner for owner, _ in named} | set(organisation_of.values())
        names = SupportGroup.objects.filter(organisation__in=organisations).order_by("pk")
        for key, owner, name, code in names.values_list("pk", "organisation_id", "name", "code"):
            self._names[owner, fold(name)].append((key, name, code))
            for variant in _variants(name):
                self._near.setdefault((owner, variant), (name, code))
        keys = {key for each in named for key, _, _ in self._names.get(each, ())} | set(organisation_of)
        for group in with_all(self._reach.groups.filter(pk__in=keys)):
            self._by_code[group.code] = self._by_code[str(group.public_id)] = group
            self._named[group.organisation_id, fold(group.name)].append(group)

    def group_of(self, row: dict[str, str], number: int) -> SupportGroup | None:
        """The group that a row is about; None for a new one. Raises ValidationError where nobody can be sure."""
        code = row.get(CODE, "")
        if code and fold(code) != NEW:
            group = self._by_code.get(code.lower())
            if group is None:
                raise ValidationError(
                    {CODE: f"There is no group “{code}” that you may change. For a new group leave this empty."}
                )
        else:
            group = None if code else self._of_name(row)
        if group is not None:
            self._once(group.pk, number, CODE if code else NAME, "This group")
        return group

    def organisation_of(self, row: dict[str, str]) -> Organisation:
        """The organisation that a new group is added to: the one that is named, or the only one that it can be."""
        name = row.get(ORGANISATION, "")
        if not name and len(self._reach.organisations) == 1:
            return next(iter(self._reach.organisations.values()))
        if not name:
            raise ValidationError({ORGANISATION: "Write which organisation runs it."})
        found = self._organisations.get(fold(name), [])
        if not found:
            near = did_you_mean(name, (one.name for one in self._reach.organisations.values()))
            raise ValidationError({ORGANISATION: f"You may add groups to no organisation called “{name}”.{near}"})
        if len(found) > 1:
            raise ValidationError({ORGANISATION: f"{len(found)} organisations are called “{name}”. Add it by hand."})
        return found[0]

    def claim(self, group: SupportGroup, row: dict[str, str], number: int) -> None:
        """See that a new group, or one with a new name, is not there already, nearly, or in another row."""
        if fold(row.get(CODE, "")) == NEW:
            return
        owner, name = group.organisation_id, fold(group.name)
        for key, known, code in self._names.get((owner, name), ()):
            if key != group.pk:
                raise ValidationError(
                    {NAME: f"{group.organisation} has a group “{known}” already, with the code {code}."}
                )
        self._once((owner, name), number, NAME, f"A group “{group.name}” of this organisation")
        if group.pk is not None:
            return
        for variant in _variants(group.name):
            known, code = self._near.get((owner, variant), ("", ""))
            if known:
                raise ValidationError(
                    {
                        NAME: f"“{group.name}” is nearly “{known}”, which is in our list. Write its code, {code}, "
                        f"under “{CODE}” to change that one; or “{NEW}” there, to add this as another."
                    }
                )

    def _of_name(self, row: dict[str, str]) -> SupportGroup | None:
        organisation = self._organisation_or_none(row)
        if organisation is None:
            return None
        found = self._named.get((organisation.pk, fold(row.get(NAME, ""))), [])
        if len(found) > 1:
            codes = " or ".join(one.code for one in found)
            raise ValidationError(
                {NAME: f"{organisation} has {len(found)} groups of this name. Write under “{CODE}” which: {codes}."}
            )
        return found[0] if found else None

    def _organisation_or_none(self, row: dict[str, str]) -> Organisation | None:
        try:
            return self.organisation_of(row)
        except ValidationError:
            return None

    def _once(self, what: object, number: int, title: str, said: str) -> None:
        first = self._rows.setdefault(what, number)
        if first != number:
            raise ValidationError(
                {
                    title: f"{said} is in row {first} already. Take one of the two out; or, if there are two, write "
                    f"their codes under “{CODE}”, or “{NEW}” for one that is new."
                }
            )


def _variants(name: str) -> set[str]:
    """What a name has in common with those that are nearly the same: one letter apart, or in little words only."""
    words = [word for word in fold(name).split() if word not in _SAYING_LITTLE] or fold(name).split()
    numbers = " ".join(re.findall(r"[0-9]+", fold(name)))
    letters = "".join(word.removesuffix("s") for word in words if not word.isdigit())
    found = {letters}
    if len(letters) >= _LONG_ENOUGH:
        found |= {letters[:at] + letters[at + 1 :] for at in range(len(letters))}
    return {f"{variant} {numbers}" for variant in found}

"""Match rows of a file to groups: by code, else by organisation and name. Likely duplicates are rejected."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q

from common.text import fold
from organisations.models import Organisation

from ..models import SupportGroup
from .loading import GroupLoader, portions
from .merge_links import with_merge_link
from .name_variants import name_variants, words_of_name
from .organisation_columns import OrganisationResolver
from .scope import ImportScope

CODE, NAME = "Code", "Name"
#: The value under "Code" of a new group whose name equals, or resembles, an existing one.
NEW = "new"
_PUBLIC_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class RowMatcher:
    """Indexes of the groups and names that one file refers to."""

    def __init__(self, scope: ImportScope, organisations: OrganisationResolver, loader: GroupLoader) -> None:
        self._scope, self._organisations, self._loader = scope, organisations, loader
        self._by_code: dict[str, SupportGroup] = {}
        #: The primary key of the group of each code, and its organisation.
        self._keys: dict[str, int] = {}
        self._owners: dict[int, int] = {}
        self._named: dict[tuple[int, str], list[SupportGroup]] = defaultdict(list)
        self._names: dict[tuple[int, str], list[tuple[int, str, str]]] = defaultdict(list)
        self._near: dict[tuple[int, str], tuple[str, str]] = {}
        self._alike: dict[tuple[int, frozenset[str]], tuple[str, str]] = {}
        #: The file row in which each group, and each new name, first appeared.
        self._rows: dict[object, int] = {}

    def load(self, rows: Iterable[dict[str, str]]) -> None:
        """Load the names of all groups of the organisations of a file, in bulk, and where its groups meet."""
        rows = list(rows)
        for codes in portions([*{row.get(CODE, "") for row in rows} - {""}]):
            public_ids = {UUID(code) for code in codes if _PUBLIC_ID.fullmatch(code)}
            coded = Q(code__in={code.lower() for code in codes}) | Q(public_id__in=public_ids)
            for key, *found in self._scope.rows.filter(coded).values_list("pk", "code", "public_id", "organisation"):
                self._owners[key] = found.pop()
                self._keys.update((str(code), key) for code in found)
        named = {organisation.pk for row in rows if (organisation := self._organisation_or_none(row))}
        organisations = named | {*self._owners.values()}
        names = SupportGroup.objects.filter(organisation__in=organisations).order_by("pk")
        for key, owner, name, code in names.values_list("pk", "organisation_id", "name", "code"):
            self._names[owner, fold(name)].append((key, name, code))
            for variant in name_variants(name):
                self._near.setdefault((owner, variant), (name, code))
            self._alike.setdefault((owner, words_of_name(name)), (name, code))

    def load_groups(self, rows: Iterable[dict[str, str]]) -> None:
        """Load the groups that a batch of rows may refer to, in place of the batch before."""
        self._by_code, self._named = {}, defaultdict(list)
        groups = self._scope.rows.filter(pk__in=self.keys_of(rows)).order_by("pk")
        for group in self._loader.load(groups):
            self._by_code[group.code] = self._by_code[str(group.public_id)] = group
            self._named[group.organisation_id, fold(group.name)].append(group)

    def keys_of(self, rows: Iterable[dict[str, str]]) -> set[int]:
        """Return the primary keys of the groups that some rows may be about, by their codes and names."""
        keys = set()
        for row in rows:
            if key := self._keys.get(row.get(CODE, "").lower()):
                keys.add(key)
            if organisation := self._organisation_or_none(row):
                keys.update(key for key, _, _ in self._names.get((organisation.pk, fold(row.get(NAME, ""))), ()))
        return keys

    def find_group(
        self, row: dict[str, str], number: int, is_what_stands: Callable[[SupportGroup], bool]
    ) -> SupportGroup | None:
        """Return the group of a row; None for a new one. Raises ValidationError if unknown, ambiguous or repeated.

        Of several groups of one name it is the one of which the row is what stands, so that a file can be sent again.
        """
        code = row.get(CODE, "")
        if code and fold(code) != NEW:
            group = self._by_code.get(code.lower())
            if group is None:
                raise ValidationError(
                    {CODE: f"There is no group “{code}” that you may change. For a new group leave this empty."}
                )
        else:
            group = self._find_by_name(row, bool(code), is_what_stands)
        if group is not None:
            self.require_once(group.pk, number, CODE if code else NAME, "This group")
        return group

    def claim(self, group: SupportGroup, row: dict[str, str], number: int, *, is_identified: bool = False) -> None:
        """Raise ValidationError if a new or renamed group duplicates an existing group or another row.

        New groups with a similar name are rejected too. A row with the code "new" is not checked; one that is
        identified, by an id in another list, may have the name of another row.
        """
        if fold(row.get(CODE, "")) == NEW:
            return
        owner, name = group.organisation_id, fold(group.name)
        for key, known, code in self._names.get((owner, name), ()):
            if key != group.pk:
                raise ValidationError(
                    {NAME: f"{group.organisation} has a group “{known}” already, with the code {code}."}
                )
        if not is_identified:
            self.require_once((owner, name), number, NAME, f"A group “{group.name}” of this organisation")
        if group.pk:
            return
        for variant in name_variants(group.name):
            known, code = self._near.get((owner, variant), ("", ""))
            if known:
                raise ValidationError(
                    {
                        NAME: f"“{group.name}” is nearly “{known}”, which is in our list. Write its code, {code}, "
                        f"under “{CODE}” to change that one; or “{NEW}” there, to add this as another."
                    }
                )

    def warning_of(self, group: SupportGroup) -> str:
        """Return a sentence that names the group that a new one may be, of the same organisation; "" for none."""
        owner = group.organisation_id
        near = (self._near.get((owner, variant)) for variant in name_variants(group.name))
        known = self._alike.get((owner, words_of_name(group.name))) or next(filter(None, near), None)
        if group.pk or known is None:
            return ""
        name, code = known
        return f"“{group.name}” may be “{name}”, which is in our list with the code {code}. It is added as another."

    def _find_by_name(
        self, row: dict[str, str], is_new: bool, is_what_stands: Callable[[SupportGroup], bool]
    ) -> SupportGroup | None:
        organisation = self._organisation_or_none(row)
        if organisation is None:
            return None
        found = self._named.get((organisation.pk, fold(row.get(NAME, ""))), [])
        if is_new or len(found) > 1:
            free = (group for group in found if group.pk not in self._rows)
            unchanged = next((group for group in free if is_what_stands(group)), None)
            if is_new or unchanged:
                return unchanged
            codes = " or ".join(group.code for group in found)
            sentence = f"{organisation} has {len(found)} groups of this name. Write under “{CODE}” which: {codes}."
            raise ValidationError({NAME: with_merge_link(sentence, found)})
        return found[0] if found else None

    def _organisation_or_none(self, row: dict[str, str]) -> Organisation | None:
        try:
            return self._organisations.known(row)
        except ValidationError:
            return None

    def require_once(self, key: object, number: int, title: str, subject: str) -> None:
        """Raise ValidationError if an earlier row refers to the same instance."""
        first = self._rows.setdefault(key, number)
        if first != number:
            raise ValidationError(
                {
                    title: f"{subject} is in row {first} already. Take one of the two out; or, if there are two, write "
                    f"their codes under “{CODE}”, or “{NEW}” for one that is new."
                }
            )

"""The columns of a group's organisation. An import finds the organisation, changes it, or adds it as a draft."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from django.core.exceptions import ValidationError

from common.text import fold
from organisations.choices import OrganisationKind, Publication
from organisations.models import Organisation
from places.models import Postcode
from places.postcodes import compact_postcode, is_postcode, spaced_postcode

from .cells import did_you_mean, is_blank_marker, tidy
from .columns import Address, Cell, Choice, Column, Text
from .merge_links import with_merge_link
from .name_variants import name_variants
from .row_state import Change, RowState
from .scope import ImportScope

ORGANISATION, CHARITY_NUMBER, POSTCODE = "Organisation", "Charity number", "Organisation postcode"
ORGANISATION_KIND = "Organisation kind"
SERVICES = "What the organisation does"
#: What stands before the name of an organisation that is new, although its name is nearly one that we have.
NEW = "new:"
#: Of a column of where an organisation is, for its help.
_EMPTY = "Empty in our files where a group of theirs meets confidentially and may be there."
#: The most candidates that an error names.
_MOST_NAMED = 6


class OrganisationColumn(Column):
    """A column of the organisation of a group."""

    def __init__(self, attribute: str, title: str, cell: Cell, about: str, example: str = "") -> None:
        super().__init__(f"organisation_{attribute}", title, cell, about, example, path=f"organisation.{attribute}")
        self.attribute = attribute

    def text_of(self, organisation: Organisation) -> str:
        """Return the text of its cell for an organisation."""
        return tidy(self.cell.render(getattr(organisation, self.attribute)))


class OrganisationPlaceColumn(OrganisationColumn):
    """A column of the address of an organisation: empty in a file if the public site hides the address.

    Those who see a group see the address on the page of its organisation too, but a file is passed on. An import reads
    it like any column.
    """

    def value(self, state: RowState) -> str:
        organisation = state.group.organisation
        return "" if organisation.address_is_hidden else str(getattr(organisation, self.attribute))


class PostcodeCell(Cell):
    """A full postcode."""

    kind = "A full postcode."

    def parse(self, text: str) -> str:
        if not is_postcode(text):
            raise ValueError(f"“{text}” does not look like a postcode. One looks like TA20 1AA.")
        return spaced_postcode(compact_postcode(text))


def organisation_columns() -> list[OrganisationColumn]:
    """Return new columns of an organisation, in order."""
    return [
        OrganisationColumn(
            "kind",
            ORGANISATION_KIND,
            Choice(OrganisationKind, OrganisationKind.NOT_SAID),
            "What kind of body it is.",
            "Charity",
        ),
        OrganisationColumn("charity_number", CHARITY_NUMBER, Text(20), "An organisation is found by it.", "1234567"),
        OrganisationColumn(
            "summary", "Organisation summary", Text(240), "One or two plain sentences, for lists.", "A local charity."
        ),
        OrganisationColumn("what_it_does", SERVICES, Text(), "What else it does, in plain words."),
        OrganisationColumn("website", "Organisation website", Address(), "Its own page.", "https://www.example.org"),
        OrganisationPlaceColumn(
            "address", "Organisation address", Text(), f"Its office, for everybody to read. {_EMPTY}", "1 Road"
        ),
        OrganisationPlaceColumn("postcode", POSTCODE, PostcodeCell(), f"Of its office. {_EMPTY}", "TA20 1PP"),
    ]


@dataclass
class OrganisationState:
    """What an import does to one organisation: whether it adds it, and what changes, by column title."""

    organisation: Organisation
    is_new: bool = False
    changes: list[Change] = field(default_factory=list)
    #: The row that set each column.
    rows: dict[str, int] = field(default_factory=dict)


class OrganisationResolver:
    """Finds the organisations that the rows of one file name, or adds them; each is one instance in the whole file.

    A new one has a negative key until it is written, so that its groups are told from those of other new ones.
    """

    def __init__(self, scope: ImportScope) -> None:
        self._scope = scope
        self.columns = organisation_columns()
        self.states: dict[int, OrganisationState] = {}
        self._by_name: dict[str, list[Organisation]] = defaultdict(list)
        self._by_former_name: dict[str, list[Organisation]] = defaultdict(list)
        self._by_number: dict[str, list[Organisation]] = defaultdict(list)
        self._near: dict[str, Organisation] = {}
        self._postcodes: dict[str, Postcode] = {}
        for organisation in scope.organisations.values():
            self._index(organisation)

    def load(self, rows: Iterable[dict[str, str]]) -> None:
        """Load the postcodes that the file names, in bulk."""
        compact = {compact_postcode(row[POSTCODE]) for row in rows if is_postcode(row.get(POSTCODE, ""))}
        self._postcodes = Postcode.objects.select_related("district").in_bulk(compact)

    @property
    def changes_anything(self) -> bool:
        return any(state.is_new or state.changes for state in self.states.values())

    def known(self, row: dict[str, str]) -> Organisation | None:
        """Return the organisation of a row; None if it is not there. Raises ValidationError if it may be several."""
        name = row.get(ORGANISATION, "")
        if not name and len(self._scope.organisations) == 1:
            return next(iter(self._scope.organisations.values()))
        numbered = self.numbered(row)
        if not name and not numbered:
            _reject(ORGANISATION, "Write which organisation it belongs to.")
        given = _without_new(name)
        named = self._by_name.get(fold(given)) or self._by_former_name.get(fold(given), [])
        both = [organisation for organisation in named if organisation in numbered]
        if len(both) == 1:
            return both[0]
        if named and numbered:
            names = _names([*named, *numbered])
            sentence = f"“{given}” and this number are two organisations of ours: {names}. Put one of the two right."
            _reject(CHARITY_NUMBER, with_merge_link(sentence, [*named, *numbered]))
        found = numbered or named
        if len(found) > 1:
            sentence = f"This may be {len(found)} organisations: {_names(found)}. Write its charity number."
            _reject(ORGANISATION, with_merge_link(sentence, found))
        return found[0] if found else None

    def numbered(self, row: Mapping[str, str]) -> list[Organisation]:
        """Return the organisations with the charity number of a row."""
        return self._by_number.get(_digits(row.get(CHARITY_NUMBER, "")), [])

    def find(self, row: dict[str, str]) -> Organisation:
        """Return the organisation of a row, a new one if need be. Raises ValidationError if it may not be added."""
        return self.known(row) or self.add(row.get(ORGANISATION, ""))

    def instance(self, organisation: Organisation) -> Organisation:
        """Return the one instance of an organisation that all rows of the file share."""
        return self._scope.organisations.get(organisation.pk, organisation)

    def assign(self, organisation: Organisation, cells: Mapping[str, str], number: int) -> dict[str, list[str]]:
        """Set the cells of a row on its organisation. Return the errors by column title.

        Two rows that contradict each other about one organisation are an error of the second.
        """
        errors: dict[str, list[str]] = {}
        for column in self.columns:
            text = cells.get(column.title, "")
            if not text or text == (current := column.text_of(organisation)):
                continue
            try:
                self._put(organisation, column, text, current, number)
            except ValueError as error:
                errors[column.title] = [str(error)]
        return errors

    def set_former_names(self, organisation: Organisation, names: list[str]) -> None:
        """Set the former names of an organisation; later rows find it by them, too."""
        organisation.former_names = names
        for name in names:
            self._by_former_name[fold(name)].append(organisation)

    def add_service(self, organisation: Organisation, name: str, words: str) -> None:
        """Say what a service of an organisation does in a paragraph of its own, in the place of one of that name."""
        before = organisation.what_it_does
        paragraphs = before.split("\n\n") if before else []
        same = (at for at, text in enumerate(paragraphs) if text == name or text.startswith(f"{name}: "))
        place = next(same, len(paragraphs))
        paragraphs[place : place + 1] = [f"{name}: {words}" if words else name]
        after = "\n\n".join(paragraphs)
        if after == before:
            return
        organisation.what_it_does = after
        state = self.states.setdefault(organisation.pk, OrganisationState(organisation))
        # One change, however many services the file has.
        first = next((was for title, was, _ in state.changes if title == SERVICES), "" if state.is_new else before)
        state.changes = [change for change in state.changes if change[0] != SERVICES] + [(SERVICES, first, after)]

    def _put(
        self, organisation: Organisation, column: OrganisationColumn, text: str, current: str, number: int
    ) -> None:
        value = column.cell.emptied() if is_blank_marker(text) else column.cell.parse(text)
        if column.cell.render(value) == current:
            return
        state = self.states.setdefault(organisation.pk, OrganisationState(organisation))
        if column.title in state.rows and state.rows[column.title] != number:
            raise ValueError(
                f"Row {state.rows[column.title]} says “{current}” of {organisation}. It cannot be both: take one out."
            )
        setattr(organisation, column.attribute, value)
        state.rows[column.title] = number
        if column.title == CHARITY_NUMBER:
            self._by_number[_digits(value)].append(organisation)
        if column.title == POSTCODE:
            postcode = self._postcodes.get(compact_postcode(value)) if value else None
            organisation.set_position(postcode)
        state.changes.append((column.title, "" if state.is_new else current, column.text_of(organisation)))

    def find_known(self, row: dict[str, str]) -> Organisation:
        """Return the organisation of a row. Raises ValidationError if it is not one that the user may write for."""
        organisation, name = self.known(row), row.get(ORGANISATION, "")
        if organisation is None:
            near = did_you_mean(name, (each.name for each in self._scope.organisations.values()))
            _reject(ORGANISATION, f"You may write for no organisation called “{name}”.{near}")
        return organisation

    def add(self, given: str) -> Organisation:
        """Return a new organisation with a name. Raises ValidationError if it may not be added, or is nearly known."""
        name = _without_new(given)
        if not self._scope.may_add_organisations:
            near = did_you_mean(name, (organisation.name for organisation in self._scope.organisations.values()))
            _reject(ORGANISATION, f"You may add groups to no organisation called “{name}”.{near}")
        near_one = next((self._near[each] for each in name_variants(name) if each in self._near), None)
        if near_one is not None and name == given:
            _reject(
                ORGANISATION,
                f"We have no organisation “{name}”. Did you mean “{near_one}”? Write that name; or “{NEW} {name}”, to "
                "add it as another.",
            )
        if len(name) > 120:
            _reject(ORGANISATION, f"This has {len(name)} letters. Write at most 120.")
        organisation = Organisation(pk=-1 - len(self.states), name=name, publication=Publication.DRAFT)
        self.states[organisation.pk] = OrganisationState(organisation, is_new=True)
        self._index(organisation)
        return organisation

    def _index(self, organisation: Organisation) -> None:
        self._by_name[fold(organisation.name)].append(organisation)
        for name in organisation.former_names:
            self._by_former_name[fold(name)].append(organisation)
        if number := _digits(organisation.charity_number):
            self._by_number[number].append(organisation)
        for variant in name_variants(organisation.name):
            self._near.setdefault(variant, organisation)


def is_called(organisation: Organisation, name: str) -> bool:
    """Return whether an organisation has this name now, or had it before."""
    return fold(_without_new(name)) in {fold(each) for each in (organisation.name, *organisation.former_names)}


def _without_new(name: str) -> str:
    return name[len(NEW) :].strip() if name.lower().startswith(NEW) else name


def _digits(number: str) -> str:
    """Return a charity number without what people write around it, such as "SC 012345"; "" for a mere dash."""
    return "".join(letter for letter in number.upper() if letter.isalnum())


def _names(organisations: list[Any]) -> str:
    unique = {organisation.pk: organisation for organisation in organisations}
    return "; ".join(
        f"{organisation.name} ({organisation.charity_number or organisation.slug})"
        for organisation in [*unique.values()][:_MOST_NAMED]
    )


def _reject(title: str, sentence: str) -> NoReturn:
    raise ValidationError({title: sentence})

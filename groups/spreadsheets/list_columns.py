"""Columns that list several things: terms, areas, contacts, ways in, ways to wellbeing."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from django.db.models import Model

from common.text import fold, fold_name
from organisations.models import Contact
from places.models import Area

from ..choices import Route, Wellbeing
from ..models import JoiningRoute, Term
from .cells import did_you_mean, is_blank_marker, parts, parts_with_notes
from .columns import Cell, Column
from .row_state import RowState

_SEPARATOR = "; "

Row = TypeVar("Row", bound=Model)


class NameListCell(Cell, Generic[Row]):
    """Names of rows of a model, separated by semicolons. Subclasses say which names a row has."""

    kind = "One or more, with semicolons between."
    missing = "is not in our list of {what}.{near} A new one is added on the staff pages first."

    def __init__(self, model: type[Row], what: str) -> None:
        self.model, self.what = model, what
        self._known: dict[str, list[Row]] | None = None

    def known(self, owner: Any = None) -> dict[str, list[Row]]:
        """Return `{folded name: rows}` of the model, loaded once for each file."""
        if self._known is None:
            self._known = _by_names(self.model._default_manager.all(), self.names_of)
        return self._known

    def names_of(self, row: Row) -> Iterable[str]:
        """Return the names by which a row is found."""
        raise NotImplementedError

    def name(self, row: Row) -> str:
        """Return the name that is written in the cell."""
        raise NotImplementedError

    def find(self, owner: Any, words: str) -> Row:
        """Return the row with this name. Raises ValueError if there is none, or more than one."""
        known = self.known(owner)
        found = known.get(self.fold_key(words), [])
        exact = [row for row in found if self.fold_key(self.name(row)) == self.fold_key(words)]
        found = exact if len(exact) == 1 else found
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueError(
                f"“{words}” is {len(found)} of our {self.what}. Write one of: {self._joined_names(found)}."
            )
        near = did_you_mean(words, (name for rows in known.values() for row in rows for name in self.names_of(row)))
        raise ValueError(f"“{words}” {self.missing.format(what=self.what, near=near)}")

    def fold_key(self, words: str) -> str:
        return fold(words)

    def render(self, value: Iterable[Row]) -> str:
        return _SEPARATOR.join(sorted(self.name(row) for row in value))

    def _joined_names(self, rows: list[Row]) -> str:
        return _SEPARATOR.join(sorted(self.name(row) for row in rows))


class TermsCell(NameListCell[Term]):
    """Terms of one vocabulary, by their name or one of their other words."""

    def names_of(self, row: Term) -> Iterable[str]:
        return (row.name, *row.other_words)

    def name(self, row: Term) -> str:
        return row.name


class AreasCell(NameListCell[Area]):
    """Areas by name, or by name and GSS code where several share a name."""

    missing = "is no area that we know.{near}"

    def __init__(self) -> None:
        super().__init__(Area, "areas")

    def names_of(self, row: Area) -> Iterable[str]:
        return (*row.names, self.name_with_code(row), row.gss_code or row.name)

    def name(self, row: Area) -> str:
        is_alone = len(self.known().get(self.fold_key(row.name), [])) < 2
        return row.name if is_alone else self.name_with_code(row)

    def name_with_code(self, row: Area) -> str:
        return f"{row.name} ({row.gss_code})" if row.gss_code else row.name

    def fold_key(self, words: str) -> str:
        return fold_name(words)


class ContactsCell(NameListCell[Contact]):
    """Contacts of the row's own organisation, by their role."""

    missing = "is no contact of this organisation.{near} Add it on the staff pages first."

    def __init__(self) -> None:
        super().__init__(Contact, "contacts")
        self._by_organisation: dict[int, dict[str, list[Contact]]] = {}

    def load(self, organisations: Iterable[int]) -> None:
        """Load the contacts of the given organisations in one query."""
        rows = defaultdict(list)
        named = Contact.objects.filter(organisation__in=set(organisations)).exclude(role_title="")
        for contact in named.order_by("pk"):
            rows[contact.organisation_id].append(contact)
        self._by_organisation = {key: _by_names(contacts, self.names_of) for key, contacts in rows.items()}

    def add(self, owner: Any, contact: Contact) -> None:
        """Find a contact that is not written yet, too, in the rows of its organisation."""
        known = self._by_organisation.setdefault(owner.organisation_id, {})
        for name in {fold(each) for each in self.names_of(contact)}:
            if contact not in known.setdefault(name, []):
                known[name].append(contact)

    def known(self, owner: Any = None) -> dict[str, list[Contact]]:
        return self._by_organisation.get(owner.organisation_id, {}) if owner else {}

    def names_of(self, row: Contact) -> Iterable[str]:
        return (row.role_title, self.name(row))

    def name(self, row: Contact) -> str:
        return f"{row.role_title} ({row.purpose_label})"


class LinkColumn(Column):
    """A column of a many-to-many relation."""

    cell: NameListCell

    def value(self, state: RowState) -> list[Any]:
        return state.links[self.name]

    def put(self, state: RowState, text: str) -> None:
        words = [] if is_blank_marker(text) else parts(text)
        # What a feed adds has no primary key yet.
        found = {row.pk or id(row): row for row in (self.cell.find(state.instance, each) for each in words)}
        state.links[self.name] = list(found.values())


class ContactsColumn(LinkColumn):
    """The column of the contacts that have a role. The plain telephones and mailboxes have columns of their own."""

    def value(self, state: RowState) -> list[Any]:
        return [contact for contact in super().value(state) if contact.role_title]

    def put(self, state: RowState, text: str) -> None:
        plain = [contact for contact in super().value(state) if not contact.role_title]
        super().put(state, text)
        state.links[self.name] += plain


class AreaColumn(Column):
    """A column of one area."""

    cell: NameListCell

    def value(self, state: RowState) -> list[Area]:
        area = getattr(state.instance, self.name)
        return [] if area is None else [area]

    def put(self, state: RowState, text: str) -> None:
        setattr(state.instance, self.name, None if is_blank_marker(text) else self.cell.find(state.instance, text))


class WellbeingCell(Cell):
    """A selection of the five ways to wellbeing."""

    kind = "One or more of these, with semicolons between."
    words = tuple(str(label) for label in Wellbeing.labels)

    def parse(self, text: str) -> list[str]:
        known = {fold(label): value for value, label in Wellbeing.choices}
        values = set()
        for each in parts(text):
            if fold(each) not in known:
                raise ValueError(
                    f"“{each}” is none of the five.{did_you_mean(each, self.words)} "
                    f"Write one or more of: {_SEPARATOR.join(self.words)}."
                )
            values.add(known[fold(each)])
        return [value for value in Wellbeing.values if value in values]

    def render(self, value: Any) -> str:
        return _SEPARATOR.join(str(Wellbeing(each).label) for each in value if each in Wellbeing.values)

    def emptied(self) -> list[str]:
        return []


class RoutesCell(Cell):
    """Joining routes, one in each line, with an optional note."""

    kind = "One or more of these, one in each line. A note may follow a colon."
    words = tuple(str(label) for label in Route.labels)

    def render(self, value: Any) -> str:
        return "\n".join(f"{route}: {route.note}" if route.note else str(route) for route in value)


class RoutesColumn(Column):
    """The column of joining routes, each with its note. Unchanged routes keep their primary key."""

    def value(self, state: RowState) -> list[JoiningRoute]:
        return state.relations.routes

    def put(self, state: RowState, text: str) -> None:
        relations, known = state.relations, {fold(label): value for value, label in Route.choices}
        current = {row.route: row for row in relations.routes}
        wanted: dict[str, JoiningRoute] = {}
        for words, note in [] if is_blank_marker(text) else parts_with_notes(text, ":"):
            if fold(words) not in known:
                raise ValueError(
                    f"“{words}” is not one of the ways in.{did_you_mean(words, self.cell.words)} "
                    f"Write one or more of: {_SEPARATOR.join(self.cell.words)}."
                )
            if len(note) > 240:
                raise ValueError(f"The note after “{words}” has {len(note)} letters. Write at most 240.")
            route = known[fold(words)]
            previous = current.get(route)
            wanted[route] = (
                previous
                if previous and previous.note == note
                else JoiningRoute(pk=previous.pk if previous else None, route=route, note=note)
            )
        relations.routes = list(wanted.values())


def _by_names(rows: Iterable[Row], names_of: Callable[[Row], Iterable[str]]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for name in {fold_name(name) if isinstance(row, Area) else fold(name) for name in names_of(row)}:
            found[name].append(row)
    return found

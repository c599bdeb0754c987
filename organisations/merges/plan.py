"""A plan of a merge: which values and rows stay, which rows move, which are deleted, and what prevents the merge."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any

from django.db.models import Field, JSONField, Model, QuerySet
from django.utils.text import capfirst

from ..choices import Publication, YesNo
from ..models.revision import parts_of_many
from ..revisions.diff_text import part_label, part_text, value_text
from ..revisions.labels import LabelLookup
from ..revisions.snapshots import State, editable_fields
from .kinds import MergeKind
from .moves import ALL, Moves, count_rows, must_be_read, read_moves
from .relations import accessor, is_link, relations_to

#: The stored values of "nobody has told us".
_UNKNOWN = ("", None, YesNo.NOT_SAID)
#: No choice: the row that stays keeps its own address.
_OF_THE_TARGET = {"slug"}


@dataclass(frozen=True)
class Option:
    """An answer to a question: its value in forms, and what would stay."""

    value: str
    text: str


@dataclass
class Question:
    """Something in which the rows differ: its name in forms, its label, the answers, and which is chosen.

    `note` says why there is no choice; "" where there is.
    """

    name: str
    label: str
    options: list[Option]
    chosen: str
    note: str = ""
    #: Whether just one answer says something, and nothing is given away by it: nobody has to look.
    is_settled: bool = False


@dataclass
class MergePlan:
    """A dry run of merging duplicates into a row that stays. Writes nothing.

    `answers` has by the names of questions the values that somebody chose. `name_filter` limits rows to those whose
    names they may know.
    """

    kind: MergeKind
    target: Any
    duplicates: Sequence[Any]
    answers: Mapping[str, str] = field(default_factory=dict)
    is_manager: bool = False
    name_filter: Callable[[QuerySet[Any]], QuerySet[Any]] | None = None

    @property
    def rows(self) -> list[Any]:
        return [self.target, *self.duplicates]

    @property
    def keys(self) -> list[int]:
        return [row.pk for row in self.rows]

    @cached_property
    def questions(self) -> list[Question]:
        """The questions: fields in which the rows differ, then relations whose rows are chosen as one."""
        names = self._labels
        values = [question for fields in self._choices if (question := self._question(fields, names))]
        order = [*self.kind.first, *(question.name for question in values)]
        values.sort(key=lambda question: order.index(question.name))
        rows = [question for name in self.kind.chosen_rows if (question := self._rows_question(name, names))]
        return values + rows

    @property
    def chosen(self) -> dict[str, str]:
        """The chosen value of each question."""
        return {question.name: question.chosen for question in self.questions}

    def new_values(self) -> dict[str, Any]:
        """Return what the row that stays will say, by column, as far as it is not what it says now."""
        rows = {str(row.pk): row for row in self.rows}
        values: dict[str, Any] = {}
        for fields in self._choices:
            row = rows.get(self.chosen.get(fields[0].name, ""), self.target)
            values |= {each.attname: getattr(row, each.attname) for each in fields}
        for each in self._lists:
            values[each.attname] = _joined(getattr(row, each.attname) for row in self.rows)
        if former := self.kind.former_names:
            names = [row.name for row in self.rows if row.name != values["name"]]
            values[former] = _joined([values[former], names])
        return {name: value for name, value in values.items() if value != getattr(self.target, name)}

    @cached_property
    def moves(self) -> list[Moves]:
        """What becomes of the rows of each relation of which not all can just move."""
        relations = [each for each in self.relations if must_be_read(self.kind, each) and not is_link(each)]
        moves = [read_moves(self.kind, each, self.keys, self.chosen) for each in relations]
        shown: list[Any] = [row for each in moves for row in (*each.dropped, *chain.from_iterable(each.obstacles))]
        self._set_owners(shown)
        return moves

    def _set_owners(self, rows: Sequence[Any]) -> None:
        """Set on each row the rows of the model that it points to, which its name has: no query for each row."""
        owners = {row.pk: row for row in self.rows}
        unread: dict[int, list[tuple[Any, str]]] = defaultdict(list)
        for row in rows:
            for each in row._meta.concrete_fields:
                if each.related_model is not self.kind.model or (key := getattr(row, each.attname)) is None:
                    continue
                if key in owners:
                    setattr(row, each.name, owners[key])
                else:
                    unread[key].append((row, each.name))
        for owner in self.kind.model._base_manager.filter(pk__in=unread) if unread else ():
            for row, name in unread[owner.pk]:
                setattr(row, name, owner)

    @cached_property
    def relations(self) -> Any:
        return relations_to(self.kind.model)

    @property
    def obstacles(self) -> list[tuple[Model, Model]]:
        """The rows that are in the way, each with the one that says something else: of those that move together."""
        return [pair for moves in self.moves for pair in moves.obstacles]

    @cached_property
    def moving(self) -> list[str]:
        """What moves, in words: "3 groups"."""
        read = {each.relation: each.number for each in self.moves}
        others = [each for each in self.relations if each not in read]
        counts = read | dict(zip(others, count_rows(self.kind, others, self.keys[1:]), strict=True))
        former = {relation for relation, _ in self.kind.former.values()}
        return [
            f"{number} {_noun(self.kind.model, each, number)}"
            for each, number in counts.items()
            if number and accessor(each) not in former
        ]

    @property
    def going(self) -> list[str]:
        """The rows that go, in words, each once."""
        rows = {(row._meta.label, row.pk): row for moves in self.moves for row in moves.dropped}
        nouns = {key: capfirst(str(row._meta.verbose_name)) for key, row in rows.items()}
        return [f"{nouns[key]}: {row}" if self._may_name(row) else nouns[key] for key, row in rows.items()]

    def _may_name(self, row: Model) -> bool:
        """Return whether the name of a row may be read: one that relates two rows of the model names another one."""
        ends = [each for each in row._meta.concrete_fields if each.related_model is self.kind.model]
        return self.is_manager or len(ends) < 2

    @cached_property
    def _lists(self) -> "list[Field[Any, Any]]":
        return [each for each in editable_fields(self.kind.model) if isinstance(each, JSONField)]

    @cached_property
    def _choices(self) -> "list[list[Field[Any, Any]]]":
        """The fields that are chosen, those together that go together."""
        fields = {each.name: each for each in editable_fields(self.kind.model)}
        leading = {names[0]: names for names in self.kind.together}
        following = {name for names in self.kind.together for name in names[1:]}
        apart = _OF_THE_TARGET | following | {each.name for each in self._lists}
        return [[fields[each] for each in leading.get(name, (name,))] for name in fields if name not in apart]

    @cached_property
    def _labels(self) -> LabelLookup:
        fields = editable_fields(self.kind.model)
        keys = self.keys
        parts = {name: parts_of_many(self.kind.model, name, keys) for name in self.kind.chosen_rows}
        self._parts = parts
        states = [
            State(
                {each.name: getattr(row, each.attname) for each in fields},
                parts={name: parts[name][row.pk] for name in parts},
            )
            for row in self.rows
        ]
        return LabelLookup(self.kind.model, states, self.name_filter)

    def _question(self, fields: "list[Field[Any, Any]]", names: LabelLookup) -> Question | None:
        values = {str(row.pk): tuple(getattr(row, each.attname) for each in fields) for row in self.rows}
        if len(set(values.values())) == 1:
            return None
        by_value: dict[Any, str] = {}
        for key, value in values.items():
            by_value.setdefault(value, key)
        shown = [each for each in fields if each.name not in self.kind.derived]
        options = [
            Option(key, _text(shown, [value[fields.index(each)] for each in shown], names))
            for value, key in by_value.items()
        ]
        name, default = fields[0].name, self._default(fields, by_value)
        is_fixed = name in self.kind.for_managers and not self.is_manager and name in self.kind.cautious
        answer = self.answers.get(name, default)
        chosen = answer if not is_fixed and answer in by_value.values() else default
        note = "Only a manager can choose otherwise." if is_fixed else ""
        is_settled = name not in self.kind.cautious and sum(any(map(_is_known, value)) for value in by_value) < 2
        return Question(name, _label(fields), options, chosen, note, is_settled)

    @property
    def open_questions(self) -> list[Question]:
        """The questions that somebody has to look at."""
        return [question for question in self.questions if not question.is_settled]

    @property
    def settled_questions(self) -> list[Question]:
        return [question for question in self.questions if question.is_settled]

    def _default(self, fields: "list[Field[Any, Any]]", by_value: Mapping[Any, str]) -> str:
        """Return the key of the row with the cautious value, else the first that says something."""
        name = fields[0].name
        cautious = {"publication": Publication.PUBLISHED, **self.kind.cautious}.get(name)
        for value, key in by_value.items():
            if cautious is not None and value[0] == cautious:
                return key
        return next(
            (key for value, key in by_value.items() if any(_is_known(each) for each in value)), str(self.target.pk)
        )

    def _rows_question(self, name: str, names: LabelLookup) -> Question | None:
        texts = {
            str(row.pk): "\n".join(part_text(row, name, part, names) for part in self._parts[name][row.pk])
            for row in self.rows
        }
        if len({text for text in texts.values() if text}) < 2:
            return None
        options = [Option(ALL, "All of them")] + [Option(key, text) for key, text in texts.items() if text]
        default = self._default_rows([row for row in self.rows if texts[str(row.pk)]])
        answer = self.answers.get(name, default)
        chosen = answer if answer in {option.value for option in options} else default
        return Question(name, part_label(self.kind.model, name), options, chosen)

    @staticmethod
    def _default_rows(owners: Sequence[Any]) -> str:
        """Return the answer that all rows stay; or only those of a published owner, where others are not published."""
        published = [owner for owner in owners if owner.publication == Publication.PUBLISHED]
        return str(published[0].pk) if published and len(published) < len(owners) else ALL


def _is_known(value: Any) -> bool:
    return value is not False and value not in _UNKNOWN


def _text(fields: "Sequence[Field[Any, Any]]", values: Sequence[Any], names: LabelLookup) -> str:
    """Return values as text: of several fields each with its label, as far as it says something."""
    known = [(each, value) for each, value in zip(fields, values, strict=True) if len(fields) == 1 or _is_known(value)]
    texts = [(_label([each]), value_text(each, value, names)) for each, value in known]
    if len(fields) == 1:
        return texts[0][1] or "Nothing"
    return "; ".join(f"{label}: {text}" for label, text in texts if text) or "Nothing"


def _label(fields: "Sequence[Field[Any, Any]]") -> str:
    return capfirst(str(fields[0].verbose_name))


def _joined(lists: Any) -> list[Any]:
    return list(dict.fromkeys(each for words in lists for each in words))


def _noun(model: type[Model], relation: Any, number: int) -> str:
    """Return what the rows of a relation are called; of a link, what is on its other side."""
    named: Any = relation.model
    if is_link(relation):
        owner = named._meta.auto_created
        ends = [each.related_model for each in named._meta.concrete_fields if each.many_to_one]
        named = owner if owner is not model else next(each for each in ends if each is not model)
    return str(named._meta.verbose_name if number == 1 else named._meta.verbose_name_plural)

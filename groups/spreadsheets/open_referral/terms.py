"""What the terms of a feed are here: of our own taxonomy by their codes, of others by the names of ours. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from common.text import fold

from ...choices import Focus, Joining, LedBy, Route, Stage, Wellbeing
from .values import Json, nested, objects, text

#: The taxonomy of the feed that sites like this one publish, folded, as terms and as its own record name it.
_OURS = {"peersupport", "peer support groups"}
#: The answers of our codes, by column. The part of a code before its first dash says which question it answers.
_ANSWERS: dict[str, tuple[str, str]] = {
    "access-closed": ("Joining", Joining.CLOSED.label),
    "kind-members-decide": ("Focus", Focus.MEMBERS_DECIDE.label),
    "led-facilitated": ("Led by", LedBy.FACILITATED.label),
    "led-members": ("Led by", LedBy.INDEPENDENT.label),
    "led-members-supported": ("Led by", LedBy.SUPPORTED.label),
    "led-members-decide": ("Led by", LedBy.MEMBERS_DECIDE.label),
    "status-forming": ("Stage", Stage.FORMING.label),
    "status-running": ("Stage", Stage.RUNNING.label),
    "status-paused": ("Stage", Stage.PAUSED.label),
    "status-ended": ("Stage", Stage.ENDED.label),
    "joining-just-come": ("Joining", Joining.JUST_COME.label),
    "joining-contact-first": ("Joining", Joining.CONTACT_FIRST.label),
    "joining-by-referral": ("Joining", Joining.BY_REFERRAL.label),
    "joining-members": ("Joining", Joining.MEMBERS.label),
    "joining-waiting-list": ("Joining", Joining.WAITING_LIST.label),
    "joining-members-decide": ("Joining", Joining.MEMBERS_DECIDE.label),
    # How version 1 of the standard says how somebody comes in, as our terms.
    "route-drop-in": ("Joining", Joining.JUST_COME.label),
    "route-professional-referral": ("Joining", Joining.BY_REFERRAL.label),
    "route-booking": ("Joining", Joining.CONTACT_FIRST.label),
    "route-members": ("Joining", Joining.MEMBERS.label),
    "route-self-referral": ("Ways in", Route.YOURSELF.label),
    "scope-several": ("Stands for several", "Yes"),
    "services-while-waiting": ("While waiting", "Yes"),
    "services-not-while-waiting": ("While waiting", "No"),
    "services-alongside": ("Alongside services", "Yes"),
    "services-not-alongside": ("Alongside services", "No"),
    "services-after": ("After services", "Yes"),
    "services-not-after": ("After services", "No"),
    "wants-members": ("Wants members", "Yes"),
    "wants-volunteers": ("Wants volunteers", "Yes"),
    "wants-a-place": ("Wants a place", "Yes"),
}
_ANSWERS |= {f"route-{route.value.replace(' ', '-')}": ("Ways in", route.label) for route in Route}
_ANSWERS |= {f"wellbeing-{way.value.replace(' ', '-')}": ("Ways to wellbeing", way.label) for way in Wellbeing}
#: The columns of the terms that editors keep, and which vocabulary has them.
VOCABULARIES = {"Topics": "topic", "Activities": "activity", "Audiences": "audience"}
_IN_ONE_CELL = {"Ways in": "\n", "Ways to wellbeing": "; "}


@dataclass(frozen=True)
class Vocabulary:
    """The names that our columns take: for each column, the name by which it is written, by its folded other names."""

    names: dict[str, dict[str, str]] = field(default_factory=dict)
    #: The GSS codes of our areas.
    areas: frozenset[str] = frozenset()
    #: The names of towns, as the column of towns reads them, by their numbers in GeoNames.
    towns: Mapping[str, str] = field(default_factory=dict)

    def name(self, column: str, words: str) -> str:
        """Return our name for a term of a column; "" if we have none."""
        return self.names.get(column, {}).get(fold(words), "")


@dataclass(frozen=True)
class Terms:
    """What the terms of one service say, as cells by the titles of our columns; and whether some of them are ours."""

    cells: dict[str, str]
    is_ours: bool
    #: The names of all of them.
    labels: tuple[str, ...]
    #: The codes of those that are ours.
    codes: frozenset[str]


def terms_of(service: Json, vocabulary: Vocabulary) -> Terms:
    """Return what the attributes of a service say. Terms that we have not are left out."""
    found: dict[str, list[str]] = defaultdict(list)
    labels, codes = [], set()
    for attribute in objects(service, "attributes"):
        term = nested(attribute, "taxonomy_term")
        label, code = text(term, "name", "term"), text(term, "code")
        labels.append(label)
        if _is_ours(term):
            codes.add(code)
            column, answer = _ANSWERS.get(code, ("", ""))
            if column:
                found[column].append(answer)
        for column in _columns(term, code, text(attribute, "link_type")):
            if name := vocabulary.name(column, label):
                found[column].append(name)
    if kinds := {"kind-talking", "kind-doing"} & codes:
        found["Focus"] = [Focus.BOTH.label if len(kinds) > 1 else Focus(min(kinds).partition("-")[2]).label]
    if "access-closed" in codes:
        found["Joining"] = [Joining.CLOSED.label]
    cells = {column: _cell(column, names) for column, names in found.items()}
    return Terms(cells, bool(codes), tuple(filter(None, labels)), frozenset(codes))


def _columns(term: Json, code: str, link_type: str) -> Iterable[str]:
    """Return the columns in which a term may have a name: of ours, the one that its code says."""
    if _is_ours(term):
        return [column for column, prefix in VOCABULARIES.items() if code.partition("-")[0] == prefix]
    return ["Audiences"] if link_type in ("intended_audience", "eligibility") else ["Topics", "Activities"]


def _is_ours(term: Json) -> bool:
    names = (text(term, "taxonomy"), text(nested(term, "taxonomy_detail"), "name"))
    return any(fold(name) in _OURS for name in names)


def _cell(column: str, names: list[str]) -> str:
    unique = [*dict.fromkeys(names)]
    if column in VOCABULARIES or column in _IN_ONE_CELL:
        return _IN_ONE_CELL.get(column, "; ").join(unique)
    return unique[0]

"""Detection of words that show that somebody may be in danger. Pure; nothing is stored or logged.

    detect_danger("i wanna die")  # Detection(kinds=(DangerKind.SELF_HARM,), …)
    detect_danger("walking group in Chard")  # None

`groups/search/danger_phrases.toml` holds the phrases and says how they are written.
"""

import enum
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .phrases import PhraseIndex, PhraseLanguage, PhraseMatch, Tokens, squeeze

DANGER_PHRASES = Path(__file__).resolve().parent / "danger_phrases.toml"

_FIRST_PERSON = frozenset({"i", "im", "ive", "me", "my", "myself"})
_PRONOUNS = frozenset({"he", "she", "they", "hes", "shes", "theyre"})


class DangerKind(enum.StrEnum):
    """A kind of danger, in the order of the panels."""

    SELF_HARM = "self-harm"
    ABUSE = "abuse"
    CONCERN = "concern"


class Role(enum.Enum):
    """The role of a phrase in the detection."""

    #: Danger in any context: "want to die".
    SIGN = enum.auto()
    #: A subject, of which somebody is in danger or looks for a group: "self harm".
    TOPIC = enum.auto()
    #: A search for a group about what is past: "bereaved by suicide".
    SEARCH = enum.auto()
    #: Beside a topic, a search for a group: "workshop".
    GROUP = enum.auto()
    #: Beside a topic, worry about somebody else: "how to help".
    WORRY = enum.auto()
    #: No danger, though part of it sounds like it: "killing time".
    HARMLESS = enum.auto()


@dataclass(frozen=True)
class Detection:
    """The kinds of danger a text shows, and related words to search for."""

    kinds: tuple[DangerKind, ...]
    #: Whether it is a search for groups about the subject, such as "suicide bereavement".
    is_group_search: bool = False
    #: Whether somebody may be hurt or poisoned already.
    is_emergency: bool = False
    #: Search words, of which any may match.
    related: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The kinds as opaque digits for a query string; "" for a search for groups."""
        kinds = "" if self.is_group_search else "".join(_CODES[kind] for kind in self.kinds)
        return kinds + _EMERGENCY_CODE if kinds and self.is_emergency else kinds

    @classmethod
    def of_code(cls, code: str) -> "Detection | None":
        """Return the detection of a code; None for an invalid one."""
        kinds = tuple(kind for kind in DangerKind if _CODES[kind] in code)
        return cls(kinds, is_emergency=_EMERGENCY_CODE in code) if kinds else None


_CODES = {DangerKind.SELF_HARM: "1", DangerKind.ABUSE: "2", DangerKind.CONCERN: "3"}
_EMERGENCY_CODE = "9"


@dataclass(frozen=True)
class _Label:
    """The metadata of a phrase, from the phrase file."""

    role: Role
    kinds: tuple[DangerKind, ...] = ()
    related: tuple[str, ...] = ()
    is_emergency: bool = False
    #: Whether it shows only that something is wrong.
    is_unclear: bool = False


class DangerPhrases:
    """The phrase file, compiled. Raises ValueError, KeyError or TypeError for an invalid file."""

    def __init__(self, tables: Mapping) -> None:
        self._language = PhraseLanguage(tables["fillers"], tables["spellings"], tables["lists"])
        self._index = PhraseIndex(self._language, tables["spelt_right"])
        for table in tables["signs"]:
            self._add_sign(table)
        for table in tables["searches"]:
            label = _Label(Role.SEARCH, (DangerKind(table["kind"]),), tuple(table["finds"]))
            self._index.add(table["phrases"], label)
        concern = tables["concern"]
        self._concern = _Label(Role.SIGN, (DangerKind.CONCERN,), tuple(concern["finds"]))
        self._index.add(concern["phrases"], self._concern)
        self._index.add(concern["worried"], _Label(Role.WORRY))
        self._between = frozenset(map(squeeze, concern["between"]))
        self._others = frozenset(words[-1] for words in self._language.lists["OTHER"]) | _PRONOUNS
        self._index.add(tables["group_search"]["phrases"], _Label(Role.GROUP))
        self._index.add(tables["harmless"]["phrases"], _Label(Role.HARMLESS), exact=True)
        self._index.freeze()

    def detect(self, text: str) -> Detection | None:
        """Return the danger that a text shows, or None."""
        tokens = self._language.read(text)
        matches, label = [*self._index.matches(tokens)], self._index.whole(tokens)
        if not (matches or label):
            return None
        by_role: dict[Role, list[PhraseMatch]] = {role: [] for role in Role}
        for match in matches:
            by_role[match.label.role].append(match)
        if not by_role[Role.HARMLESS] and label:
            by_role[Role.SIGN].append(PhraseMatch(0, len(tokens), label))
        searches = _not_overlapping(by_role[Role.SEARCH], by_role[Role.HARMLESS])
        topics = _not_overlapping(by_role[Role.TOPIC], by_role[Role.HARMLESS])
        signs = _not_overlapping(by_role[Role.SIGN], by_role[Role.HARMLESS])
        # In "after a suicide attempt by my son, bereaved by suicide", a sign within the search phrase does not count.
        signs = [sign for sign in signs if not any(sign.is_within(search) for search in searches)]
        if not signs and (searches or (topics and by_role[Role.GROUP])):
            return _merged([match.label for match in searches or topics], is_group_search=True)
        labels = [self._label(tokens, match, worried=False) for match in signs]
        labels += [
            self._label(tokens, match, bool(by_role[Role.WORRY])) for match in _not_overlapping(topics, searches)
        ]
        return _merged(labels) if labels else None

    def _add_sign(self, table: Mapping) -> None:
        is_unclear = table["kind"] == "unclear"
        kinds = (DangerKind.SELF_HARM, DangerKind.ABUSE) if is_unclear else (DangerKind(table["kind"]),)
        rest = (kinds, tuple(table["finds"]), table.get("emergency", False), is_unclear)
        self._index.add(table["phrases"], _Label(Role.SIGN, *rest))
        self._index.add_whole(table.get("alone", ()), _Label(Role.SIGN, *rest))
        self._index.add(table.get("topics", ()), _Label(Role.TOPIC, *rest))

    def _label(self, tokens: Tokens, match: PhraseMatch, worried: bool) -> _Label:
        """Return the label of a match; that of concern, if a phrase of self-harm is about somebody else."""
        label: _Label = match.label
        if label.kinds == (DangerKind.SELF_HARM,) and (worried or self._is_about_another(tokens, match)):
            return _Label(Role.SIGN, self._concern.kinds, self._concern.related, label.is_emergency)
        return label

    def _is_about_another(self, tokens: Tokens, match: PhraseMatch) -> bool:
        """Return whether the nearest person before a phrase, or the words right after it, is somebody else."""
        if _FIRST_PERSON.intersection(tokens[match.start : match.end]):
            return False
        for word in reversed(tokens[: match.start]):
            if word in self._others:
                return True
            if word not in self._between:
                break
        names_another = any(tokens[match.end :][: len(other)] == other for other in self._language.lists["OTHER"])
        return names_another and not (_FIRST_PERSON - {"my"}).intersection(tokens)


def _not_overlapping(matches: list[PhraseMatch], others: list[PhraseMatch]) -> list[PhraseMatch]:
    """Return the matches that overlap none of the others."""
    return [match for match in matches if not any(match.overlaps(other) for other in others)]


def _merged(labels: list[_Label], is_group_search: bool = False) -> Detection:
    # "My friend is not safe, he hits me" is clear: unclear labels add nothing to it.
    clear = [label for label in labels if not label.is_unclear] or labels
    return Detection(
        kinds=tuple(kind for kind in DangerKind if any(kind in label.kinds for label in clear)),
        is_group_search=is_group_search,
        is_emergency=not is_group_search and any(label.is_emergency for label in labels),
        related=tuple(dict.fromkeys(words for label in clear for words in label.related)),
    )


def read_danger_phrases(path: Path) -> DangerPhrases:
    """Return the phrases of a file. Raises ValueError, naming the file, for an invalid one."""
    try:
        return DangerPhrases(tomllib.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path.name} cannot be read: {error!r}") from error


@cache
def site_danger_phrases() -> DangerPhrases:
    """Return the phrases of `groups/search/danger_phrases.toml`, cached."""
    return read_danger_phrases(DANGER_PHRASES)


def detect_danger(*texts: str) -> Detection | None:
    """Return the danger that some texts show, each read by itself; None for none."""
    found = [detection for text in texts if (detection := site_danger_phrases().detect(text))]
    if len(found) < 2:
        return found[0] if found else None
    # Words of danger outweigh a search for a group.
    found = [detection for detection in found if not detection.is_group_search] or found
    return Detection(
        kinds=tuple(kind for kind in DangerKind if any(kind in detection.kinds for detection in found)),
        is_group_search=all(detection.is_group_search for detection in found),
        is_emergency=any(detection.is_emergency for detection in found),
        related=tuple(dict.fromkeys(words for detection in found for words in detection.related)),
    )

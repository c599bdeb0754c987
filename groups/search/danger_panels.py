"""The panels shown for words of danger: a heading, a few sentences, and whom to call or text.

The wording follows published guidance, which docs/adr/0028 names. Every number is a crisis line's.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from common.crisis_lines import (
    CHILDLINE,
    EMERGENCY,
    SAMARITANS,
    SHOUT,
    SILENT_CALL,
    URGENT_LINES,
    CrisisLine,
    abuse_lines,
    urgent_lines,
)
from common.nations import Nation

from .danger import DangerKind, Detection

_FREE = "Free, day or night."


@dataclass(frozen=True)
class PanelLink:
    """A button: its label, its link, and the note below it."""

    label: str
    link: str
    note: str


@dataclass(frozen=True)
class DangerPanel:
    """The panel for one kind of danger."""

    kind: DangerKind
    heading: str
    lead: str
    links: tuple[PanelLink, ...]
    advice: str
    #: Whether it has the button "Leave this site".
    has_exit: bool = False


def danger_panels(detection: Detection, nation: Nation | None) -> tuple[DangerPanel, ...]:
    """Return the panels of a detection, in the order of its kinds, with the lines of a nation (None: of all)."""
    return tuple(_PANELS[kind](nation, detection.is_emergency) for kind in detection.kinds)


def line_for_group_search(kind: DangerKind, nation: Nation | None) -> tuple[str, PanelLink]:
    """Return the question and the link below the results of a search for groups."""
    if kind == DangerKind.ABUSE:
        line = abuse_lines(nation)[0] if nation else EMERGENCY
        question = "Is somebody hurting you now?"
        note = "domestic abuse helpline" if nation else "if you are in danger"
    else:
        line, note, question = SAMARITANS, SAMARITANS.short, "Is it hard for you right now?"
    return question, PanelLink(f"Call {line.number}", line.call_link, note)


def _self_harm(nation: Nation | None, is_emergency: bool) -> DangerPanel:
    emergency = _call(
        EMERGENCY,
        "If you took too much of something, are badly hurt, or cannot keep yourself safe. Call even if you feel well.",
    )
    links = (
        _call(SAMARITANS, f"Samaritans. {_FREE} You do not have to give your name."),
        _text(SHOUT, "Shout, if you would rather text. Day or night."),
        *_urgent(nation),
    )
    return DangerPanel(
        kind=DangerKind.SELF_HARM,
        heading="You can talk to somebody now",
        lead="Please call now. Do not wait." if is_emergency else "However bad it is, somebody will listen.",
        links=(emergency, *links, _childline()) if is_emergency else (*links, _childline(), emergency),
        advice="If you can, go where other people are, and tell somebody you trust. Move away from anything that you "
        "could use to hurt yourself. Strong feelings do pass.",
    )


def _abuse(nation: Nation | None, is_emergency: bool) -> DangerPanel:
    lines = abuse_lines(nation)
    return DangerPanel(
        kind=DangerKind.ABUSE,
        heading="You have a right to be safe",
        lead="If somebody hurts or scares you, it is not your fault.",
        links=(
            _call(EMERGENCY, f"If you are in danger now. {SILENT_CALL}"),
            *(_call(line, f"{line.name if nation else line.name_with_nation}. {line.hours}") for line in lines),
            _childline(),
            _text(SHOUT, "Shout, if you cannot talk aloud. Day or night."),
        ),
        advice="You can ask for help for somebody else, too. The pages that you have read stay in the history of this "
        "device.",
        has_exit=True,
    )


def _concern(nation: Nation | None, is_emergency: bool) -> DangerPanel:
    return DangerPanel(
        kind=DangerKind.CONCERN,
        heading="If you are worried about somebody",
        lead="You can call these lines about somebody else.",
        links=(
            _call(EMERGENCY, "If their life may be in danger now. Stay with them, if you are safe there."),
            _call(SAMARITANS, f"Samaritans. {_FREE} You can talk about how you feel, too."),
            *_urgent(nation),
            _text(SHOUT, "Shout, if you would rather text. Day or night."),
        ),
        advice="Ask them in plain words whether they think of ending their life. Asking does not give them the idea. "
        "Listen, and do not judge. Tell them that they are not alone, and that there is help.",
    )


_PANELS = {DangerKind.SELF_HARM: _self_harm, DangerKind.ABUSE: _abuse, DangerKind.CONCERN: _concern}


def _urgent(nation: Nation | None) -> Iterable[PanelLink]:
    """Yield the urgent mental health lines; for an unknown nation, each names its nations."""
    for line in urgent_lines(nation):
        if nation:
            yield _call(line, f"{line.name}. {line.hours}")
        else:
            nations = [other.label for other, urgent in URGENT_LINES.items() if urgent.number == line.number]
            yield _call(line, f"{line.paper_name if len(nations) > 1 else line.name}. {_joined(nations)}. {line.hours}")


def _childline() -> PanelLink:
    return _call(CHILDLINE, f"Childline, if you are under 19. {_FREE}")


def _call(line: CrisisLine, note: str) -> PanelLink:
    return PanelLink(f"Call {line.number}", line.call_link, note)


def _text(line: CrisisLine, note: str) -> PanelLink:
    return PanelLink(f"Text {line.keyword} to {line.text_number}", line.text_link, note)


def _joined(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))

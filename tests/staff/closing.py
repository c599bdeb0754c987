"""Closing what people told us: what was asked, what was answered, and what was written."""

from groups.models import SupportGroup
from organisations.models import single_revision
from tests.factories import make_schedule

PUT_RIGHT, RIGHT_NOW = "You were right. We have put it right.", "As far as we know, the page is right now."
CHANGED, LEFT = "The page has been changed since you told us.", "We looked into it, and have left the page as it is."
AGAIN = "We may have written to you about this before."
ADDRESS = "somebody@example.org"


def carried(answer, button: str = "_close_all") -> dict:
    """What the page that asks would send, with one of its buttons."""
    asked = [str(case.row.pk) for case in answer.context["cases"]]
    fields: dict[str, list[str]] = {"_asked": asked, button: ["1"]}
    for name, value in answer.context["carried"]:
        fields.setdefault(name, []).append(value)
    return fields


def is_asking(answer) -> bool:
    return "Nothing has been closed yet, and nobody has been written to." in answer.text


def change_times(group: SupportGroup) -> None:
    """Do what an editor does who puts the times of a group right: save it with another time, as one version."""
    with single_revision(group):
        group.save()
        make_schedule(group)

"""Headings of paragraphs of descriptions, as pages have them: a directory like ours reads them back by these. Pure."""

from collections.abc import Mapping
from typing import Any

#: The fields of a group, by their headings on its page.
OF_GROUP = {
    "Who meets me?": "who_meets_you",
    "Do I have to talk?": "do_i_have_to_talk",
    "Can I bring someone?": "can_i_bring_someone",
    "What makes it easier to take part?": "accessibility",
    "What do members agree to?": "agreement",
    "How did it come about?": "how_it_came_about",
}
#: Those of an organisation.
OF_ORGANISATION = {
    "When did its name change?": "former_names_note",
    "How does it work?": "approach",
    "What does it recognise?": "recognises",
    "Is it led by people with lived experience?": "user_led",
}
#: Of the words that the licences of sources ask for: they are the last.
SOURCES = "Whose words are these?"
AGREED_ON = "Agreed on "
#: Before what is said of a break besides why there is one.
MORE_ABOUT_THE_STAGE = "More about it: "
#: Before the name of an area of which people have to be, which is not where the group meets.
ONLY_FOR = "Only for people of "


def with_headings(values: Mapping[str, str], headings: Mapping[str, str]) -> list[str]:
    """Return a text for each field of some that has a value, below its heading."""
    return [f"{heading}\n{text}" for heading, name in headings.items() if (text := values[name].strip())]


def values_of(record: Any, headings: Mapping[str, str]) -> dict[str, str]:
    """Return the values of the fields that have headings."""
    return {name: getattr(record, name) for name in headings.values()}


def without_headings(description: str, headings: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return what stands before the first heading, and the texts below the headings by the names of their fields."""
    parts: dict[str, list[str]] = {"": []}
    name = ""
    for paragraph in description.split("\n\n"):
        heading, _, text = paragraph.partition("\n")
        if heading == SOURCES or heading in headings:
            name = headings.get(heading, "")
            paragraph = text
        parts.setdefault(name, []).append(paragraph)
    texts = {name: "\n\n".join(filter(None, found)) for name, found in parts.items()}
    return texts.pop(""), texts

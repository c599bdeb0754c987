"""Saying where a fact is to be read."""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class On:
    """A page, the words that must stand in its own part, and words that must not."""

    name: str
    slug: str
    words: tuple[str, ...]
    never: tuple[str, ...] = ()
    query: str = ""

    @property
    def address(self) -> str:
        return reverse(self.name, args=[self.slug] if self.slug else []) + self.query


def on_organisation(slug: str, *words: str) -> On:
    return On("organisations:organisation_detail", slug, words)


def on_group(slug: str, *words: str, never: tuple[str, ...] = ()) -> On:
    return On("groups:group_detail", slug, words, never)


def on_role(slug: str, *words: str) -> On:
    return On("organisations:role_detail", slug, words)


def on_page(name: str, *words: str, query: str = "", never: tuple[str, ...] = ()) -> On:
    return On(name, "", words, never, query)

"""The frame of pages is the same in both languages of templates."""

import re

import pytest
from django.template import engines
from django.test import RequestFactory

# Nothing is asked of the database.
pytestmark = pytest.mark.one_database
#: Each block that both frames have, filled.
BLOCKS = {
    "title": "Example & title",
    "canonical": '<link rel="canonical" href="/example/">',
    "head": '<meta name="robots" content="noindex">',
    "breadcrumbs": "<nav>Example</nav>",
    "content": "<h1>Example</h1>",
}
FILLED = "".join(f"{{% block {name} %}}{html}{{% endblock %}}" for name, html in BLOCKS.items())
#: Pages of Django's frame have a second sheet unless they say so; those of the other have none.
ONE_SHEET = '{% load cached_component %}{% block stylesheets %}{% cached_component "components/stylesheets.html" %}'
DJANGO = f'{{% extends "base.html" %}}{ONE_SHEET}{{% endblock %}}{FILLED}'
JINJA = f'{{% extends "base.jinja" %}}{FILLED}'


def squeezed(html: str) -> str:
    """The page without spaces between elements, which mean nothing."""
    return re.sub(r">\s+<", "><", html).strip()


@pytest.mark.parametrize("nation", [None, "WLS", "NIR"])
@pytest.mark.parametrize("path", ["/groups/", "/areas/somerset/", "/about/"])
def test_frames_of_both_languages_are_the_same(nation, path):
    request = RequestFactory().get(path)

    pages = [
        engines[engine].from_string(source).render({"nation": nation}, request)
        for engine, source in (("django", DJANGO), ("jinja2", JINJA))
    ]

    assert squeezed(pages[0]) == squeezed(pages[1])

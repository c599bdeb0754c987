"""Rows of the lists that staff read: each value can say the heading of its column, as it does on a phone."""

import re

import pytest
from django.urls import reverse

from groups.models import Topic
from tests.factories import make_group

# How Django's pages are drawn and their boxes read: no row decides it.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def cells(page: str) -> list[tuple[str, str]]:
    """What each cell of the first row carries, and what stands in it."""
    row = page[page.index("<tbody>") : page.index("</tr>", page.index("<tbody>"))]
    return re.findall(r"<td ([^>]*?) ?class=\"field[^>]*>(.*?)</td>", row)


def test_a_cell_says_the_heading_of_its_column(admin_client):
    group = make_group(name="Tea")

    page = admin_client.get(reverse("admin:groups_supportgroup_changelist")).content.decode()

    assert ('data-heading="Organisation"', group.organisation.name) in cells(page)
    assert ('data-heading="Stage"', "Running") in cells(page)
    assert ('data-heading="Publication" data-usual', "Published") in cells(page)


def test_an_empty_cell_says_that_it_is(admin_client):
    Topic.objects.create(name="Moons", slug="moons", other_words=[])

    page = admin_client.get(reverse("admin:groups_topic_changelist") + "?q=Moons").content.decode()

    assert ("data-empty", "-") in cells(page)


def test_what_stands_in_a_cell_stays_escaped(admin_client):
    Topic.objects.create(name="<i>Moons</i>", slug="moons", other_words=["<b>tides</b>"])

    page = admin_client.get(reverse("admin:groups_topic_changelist") + "?q=Moons").content.decode()

    assert cells(page)[0][1] == "&lt;b&gt;tides&lt;/b&gt;"


def test_the_box_that_chooses_a_row_has_no_heading(admin_client):
    make_group(name="Tea")

    page = admin_client.get(reverse("admin:groups_supportgroup_changelist")).content.decode()

    assert page.count('<td class="action-checkbox">') == 1

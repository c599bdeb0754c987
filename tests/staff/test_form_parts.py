"""Links to the parts of a long form: those with something to put right say so."""

import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from tests.factories import make_group
from tests.staff.forms import form_as_it_stands

# How Django's pages are drawn and their boxes read: no row decides it.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def parts(page: str) -> list[str]:
    """The links to the parts of a form, in words."""
    nav = page[page.index('class="staff-parts"') : page.index("</nav>", page.index('class="staff-parts"'))]
    return [strip_tags(words) for words in re.findall(r"<li>(.*?)</li>", nav)]


def test_parts_say_how_many_answers_are_to_be_put_right(admin_client):
    change = reverse("admin:groups_supportgroup_change", args=[make_group().pk])
    refused = {"name": "", "organisation": "", "summary": ""}
    posted = form_as_it_stands(admin_client.get(change)) | refused

    page = admin_client.post(change, posted).content.decode()

    assert [words for words in parts(page) if "to put right" in words] == [
        "Who: 2 to put right",
        "What: 1 to put right",
    ]


def test_a_part_counts_what_is_to_be_put_right_in_rows_below_it(admin_client):
    change = reverse("admin:groups_supportgroup_change", args=[make_group().pk])
    posted = form_as_it_stands(admin_client.get(change)) | {
        "schedules-TOTAL_FORMS": "1",
        "schedules-0-kind": "nonsense",
    }

    page = admin_client.post(change, posted).content.decode()

    assert [words for words in parts(page) if "to put right" in words] == ["When: 1 to put right"]


def test_parts_stand_below_what_went_wrong(admin_client):
    add = reverse("admin:groups_supportgroup_add")

    page = admin_client.post(add, form_as_it_stands(admin_client.get(add))).content.decode()

    assert page.index('class="errornote"') < page.index('class="staff-parts"')


def test_parts_of_a_page_that_nobody_has_sent_say_only_their_names(admin_client):
    page = admin_client.get(reverse("admin:groups_supportgroup_add")).content.decode()

    assert parts(page)[:3] == ["Who", "What", "When"]

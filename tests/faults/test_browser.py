"""The browser without a screen sends what a browser would: or else what it proves would be true of no form."""

import pytest
from django.urls import reverse

from tests.factories import make_group, make_schedule
from tests.faults.browser import form_of
from tests.staff.forms import form_as_it_stands
from tests.staff.people import make_manager, sign_in


@pytest.mark.django_db
def test_form_of_a_page_of_staff_is_read_as_a_browser_reads_it(client):
    sign_in(client, make_manager())
    group = make_group(town="Chard", topics=["Anxiety"], what_it_is_like="\nTea & talk.\nAnd “cake”.")
    make_schedule(group)
    page = client.get(reverse("admin:groups_supportgroup_change", args=[group.pk]))

    values = {name: _as_list(value) for name, value in form_of(page.text, "supportgroup_form").items()}
    expected = {name: _as_list(value) for name, value in form_as_it_stands(page).items()}

    # What is empty is not sent at all of some fields; of days, the other helper has the value, not the words.
    sent = {name for name, value in expected.items() if value not in ([], [""]) and not name.endswith("_on")}
    assert {name: values.get(name) for name in sent} == {name: expected[name] for name in sent}


def _as_list(value) -> list[str]:
    return [value.replace("\r\n", "\n")] if isinstance(value, str) else list(value)

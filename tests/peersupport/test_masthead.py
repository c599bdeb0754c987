"""The head of every page: the same few are cached, however many addresses there are."""

import pytest
from django.urls import reverse

from common.bounded_cache import CACHE
from common.rendering import render_component
from peersupport.context_processors import menu_path


def masthead(path: str) -> str:
    return render_component("components/masthead.html", path=path, site_name="Example", exit_url="/")


@pytest.mark.parametrize(
    "path",
    [
        *map(reverse, ("home", "help_now", "about", "groups:group_list", "groups:area_list", "groups:start_a_group")),
        *map(reverse, ("organisations:organisation_list", "organisations:role_list", "organisations:training_list")),
        "/groups/example-walk/",
        "/groups/map/",
        "/areas/kent/week/",
        "/organisations/example/",
        "/roles/example/",
        "/start-a-group/contacts/",
        "/venues/example/",
        "",
    ],
)
def test_menu_shows_where_a_page_belongs(path):
    assert masthead(menu_path(path)) == masthead(path)


def test_pages_that_nobody_has_written_add_nothing_to_the_cache(client, db):
    client.get("/groups/nowhere-0/")
    before = len(CACHE)

    for number in range(1, 5):
        client.get(f"/groups/nowhere-{number}/")
        client.get(f"/nowhere/{number}/")

    # That of pages outside of the menu.
    assert before > 0
    assert len(CACHE) <= before + 1

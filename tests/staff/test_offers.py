"""What staff pages offer to somebody is what they may do: links, buttons and actions are tried, and none is refused."""

from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.contrib.messages import get_messages
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse

from tests.peersupport.html import parse
from tests.staff.people import make_contributor, make_editor, sign_in
from tests.staff.two_organisations import make_two

pytestmark = [
    pytest.mark.django_db,
    # Who may do what is decided in Python, from rows that the tests of permissions read on both databases.
    pytest.mark.one_database,
]

START = f"http://testserver{reverse('admin:index')}"
#: Buttons that save as another one does, and that of a list, whose actions are tried one by one.
LIKE_OTHERS = {"_continue", "_addanother", "index"}
#: How an error begins that says only what to choose first: an action is tried with all rows that its list shows.
ASKS_FIRST = "Choose"


def links(address: str, page, tree) -> list[str]:
    """The links of a page to other staff pages; of a list not its own filters and orders."""
    found = [urljoin(address, link.get("href", "")).partition("#")[0] for link in tree.iter("a")]
    within = [link for link in found if link.startswith(START)]
    return [link for link in within if "?" not in link or "cl" not in page.context]


def presses(address: str, page, tree) -> Iterator[tuple[str, str, dict]]:
    """What somebody can press on a page: its name, where it is posted to, and what: each button, and each action."""
    for form in tree.iter("form"):
        if form.get("method") != "post" or form.get("id") in ("logout-form", "changelist-form"):
            continue
        posted = {}
        for box in form.iter("input"):
            if box.get("name") and (box.get("type") not in ("checkbox", "radio") or "checked" in box.attrib):
                posted.setdefault(box.get("name"), []).append(box.get("value", "on"))
        for box in form.iter("textarea"):
            posted[box.get("name")] = "".join(box.itertext()).removeprefix("\n")
        for box in form.iter("select"):
            posted[box.get("name")] = [each.get("value") for each in box.iter("option") if "selected" in each.attrib]
        submits = {each.get("name") for each in form.iter("input") if each.get("type") == "submit"}
        typed = {name: value for name, value in posted.items() if name not in submits}
        for button in (each for each in form.iter() if each.tag == "button" or each.get("type") == "submit"):
            name, goes_to = button.get("name", ""), button.get("formaction") or form.get("action") or ""
            if name not in LIKE_OTHERS:
                yield name, urljoin(address, goes_to), typed | {name or "_": button.get("value", "")}
    if "cl" in page.context and page.context["action_form"]:
        rows = [row.pk for row in page.context["cl"].result_list]
        for action, _ in page.context["action_form"].fields["action"].choices:
            if action:
                yield action, address, {"action": action, "_selected_action": rows}


def refusals(response) -> list[str]:
    if response.status_code >= 400:
        return [str(response.status_code)]
    errors = [str(each) for each in get_messages(response.wsgi_request) if each.level_tag == "error"]
    return [error for error in errors if not error.startswith(ASKS_FIRST)]


def walk(client: Client) -> tuple[dict[tuple[str, ...], list[str]], set[str]]:
    """Try what is offered from the first page on: what was refused, by address and button, and all that was tried.

    Of each kind of page one is opened, and of the pages of rows two; each kind of button is pressed once, and nothing
    that it writes stays.
    """
    refused, opened, pressed = {}, Counter(), set()
    waiting, known = deque([START]), {START}
    while waiting:
        address = waiting.popleft()
        name = resolve(urlsplit(address).path).view_name
        kind = (name, *parse_qs(urlsplit(address).query))
        if opened[kind] == (2 if name.endswith("_change") else 1) or name == "admin:logout":
            continue
        opened[kind] += 1
        page = client.get(address)
        # A file that is streamed holds its slot until it has been sent.
        page.getvalue()
        if answer := refusals(page):
            refused[address,] = answer
        if page.status_code != 200 or "html" not in page["Content-Type"]:
            continue
        tree = parse(page)
        found = [link for link in links(address, page, tree) if link not in known]
        known.update(found)
        waiting += found
        for button, url, posted in presses(address, page, tree):
            kind_of_press = (resolve(urlsplit(url).path).view_name, button)
            if kind_of_press in pressed:
                continue
            pressed.add(kind_of_press)
            with transaction.atomic():
                response = client.post(url, posted)
                response.getvalue()
                if answer := refusals(response):
                    refused[url, button] = answer
                transaction.set_rollback(True)
    return refused, {f"{name} {button}".strip() for name, button in pressed} | {name for name, *_ in opened}


@pytest.mark.parametrize("make", [make_contributor, make_editor])
def test_nothing_is_offered_that_is_refused(make):
    mine, _ = make_two()

    refused, tried = walk(sign_in(Client(), make(mine.organisation)))

    publishes = "admin:groups_supportgroup_changelist publish" in tried
    assert refused == {}
    assert ("admin:groups_supportgroup_change _save" in tried, publishes) == (True, make is make_editor)
    assert len(tried) > 60

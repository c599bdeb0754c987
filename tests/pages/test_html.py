"""Every page is valid HTML, by the checker of the people who write the standard: all of them in one run of it."""

import json
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from tests.browser.staff_addresses import of_everything
from tests.conftest import NU
from tests.groups.feedback.posting import send
from tests.pages.addresses import addresses_and_searches
from tests.pages.full_directory import fill
from tests.pages.states import states
from tests.staff.people import make_manager, sign_in

pytestmark = [
    pytest.mark.nu,
    pytest.mark.usefixtures("seed_directory"),
    # Every test that reads a page does so on both databases. Whether its HTML is valid hangs on the templates alone.
    pytest.mark.one_database,
]

#: What Django's own staff pages write, and we do not: its menu has a cell too few where nothing can be added; boxes
#: that find as you type are filled by script; what nobody sees is described.
_OF_DJANGO = (
    "A table row was 2 columns wide",
    "Element “option” without attribute “label” must not be empty",
    "A “select” element with a “required” attribute",
    "The first “option” element in a “select” element with a “required” attribute",
    "An “input” element with a “type” attribute whose value is “hidden” must not have any “aria-*” attributes",
    "The value of the “for” attribute of the “label” element must be the ID of a non-hidden form control",
)


@pytest.fixture
def full(seed_directory) -> None:
    fill()


def what_is_wrong(pages: dict[str, str], folder: Path) -> dict[str, list[str]]:
    """What the checker says of pages, by their names. Its hints are not asked for; its warnings are."""
    names = {}
    for number, (name, text) in enumerate(pages.items()):
        path = folder / f"{number:04}.html"
        path.write_text(text, encoding="utf-8")
        names[path.as_uri()] = name
    checked = subprocess.run(
        # It guesses languages from the words: a page about a place with a long Welsh name is in English still.
        [
            "java",
            # Pages are checked once, which is no time for compiling well what reads them, or for many collectors.
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xss2m",
            "-jar",
            NU,
            "--no-langdetect",
            "--stdout",
            "--format",
            "json",
            "--skip-non-html",
            str(folder),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.stdout, checked.stderr
    found: dict[str, list[str]] = {}
    for message in json.loads(checked.stdout)["messages"]:
        where = names[
            message["url"].replace("file:/", "file:///", 1) if "file:///" not in message["url"] else message["url"]
        ]
        found.setdefault(where, []).append(f"{message['message']} … {message.get('extract', '')}")
    return found


def public_pages(client: Client) -> dict[str, str]:
    pages = {address: client.get(address).text for address in addresses_and_searches()}
    for state in states():
        if state.shown is not None:
            pages[state.name] = state.shown().text
        elif state.sent is not None:
            pages[state.name] = send(client, state.address, **state.sent).text
        else:
            pages[state.name] = client.get(state.address).text
    return pages


def staff_pages() -> dict[str, str]:
    client = sign_in(Client(), make_manager())
    pages = {f"staff-{name}": client.get(address).text for name, address in of_everything()}
    # It shows the same part in several states side by side, so their names are there more than once.
    del pages["staff-styleguide"]
    return pages


def test_every_page_is_valid_html_in_every_state(client, full, tmp_path):
    public, staff = public_pages(client), staff_pages()
    wrong = "<title>A page with a mistake</title><p><div></p>"

    found = what_is_wrong(public | staff | {"mistake": wrong}, tmp_path)

    assert found.pop("mistake") != []
    ours = {
        name: rows
        for name, message in found.items()
        if (rows := [row for row in message if name in public or not row.startswith(_OF_DJANGO)])
    }
    assert ours == {}
    assert (len(public) > 250, len(staff) > 80) == (True, True)

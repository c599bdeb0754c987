"""What a first look at the pages that matter most weighs: so little that it comes in the first flight of a connection.

Ten packets of 1,460 bytes come before a server waits for an answer (RFC 6928), less what the headers take. The pages
are of examples, which are as long as real listings. Counted as they are sent: compressed, the style sheet too.
"""

import datetime
import gzip
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from django.contrib.staticfiles import finders
from django.test import RequestFactory
from django.urls import reverse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

from groups.examples import make_examples
from groups.examples.marks import examples_of
from groups.models import SupportGroup
from peersupport.stylesheet import SITE
from tests.peersupport.html import parse

MOST_BYTES = 14 * 1024
MOST_REQUESTS = 7
PICTURES = "pictures.svg"
#: Django adds up to so many bytes at random to what it compresses, so that a length tells nothing.
_RANDOM = 100


@pytest.fixture
def examples(seed_directory) -> None:
    make_examples(140, seed=7, today=datetime.date(2026, 11, 21))


def compressed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def asked_for(page: Element) -> set[str]:
    """What a browser fetches to show a page, beside what waits until somebody scrolls to it."""
    linked = {link.get("href") for link in page.iter("link") if link.get("rel") in {"stylesheet", "icon"}}
    scripts = {script.get("src") for script in page.iter("script")}
    # The style asks for one more: the small pictures that stand beside words.
    return linked | scripts | {PICTURES} | {img.get("src") for img in page.iter("img") if img.get("loading") != "lazy"}


def style_of(page: Element) -> int:
    """What the style sheets of a page weigh."""
    sheets = [link.get("href") for link in page.iter("link") if link.get("rel") == "stylesheet"]
    return sum(compressed(Path(finders.find(sheet.removeprefix("/static/"))).read_bytes()) for sheet in sheets)


def test_first_view_fits_the_first_flight_of_a_connection(client, examples):
    groups = examples_of(SupportGroup).published().exclude(venue=None).order_by("pk")[:10]
    addresses = {
        reverse("home"): 0,
        reverse("groups:group_list"): 15,
        reverse("groups:group_list") + "?near=Birmingham&within=50&focus=talking&focus=doing": None,
        **{group.get_absolute_url(): None for group in groups},
    }
    weights, requests = {}, {}
    for address, cards in addresses.items():
        response = client.get(address)
        page = parse(response)
        weights[address] = compressed(response.content) + _RANDOM + style_of(page)
        requests[address] = 1 + len(asked_for(page))

        assert cards in (None, len(page.findall(".//article[@id]"))), address

    assert {address: weight for address, weight in weights.items() if weight >= MOST_BYTES} == {}
    assert {address: count for address, count in requests.items() if count > MOST_REQUESTS} == {}


def test_static_file_is_compressed_and_kept_for_ever(settings, tmp_path):
    settings.STATIC_ROOT, settings.DEBUG = tmp_path, False
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    storage = CompressedManifestStaticFilesStorage(location=tmp_path)
    for name in (SITE, PICTURES):
        with open(finders.find(name), "rb") as file:
            storage.save(name, file)
    list(storage.post_process({name: (storage, name) for name in (SITE, PICTURES)}))
    hashed = storage.hashed_files[SITE]
    server = WhiteNoiseMiddleware(lambda request: None)

    sent = {}
    for way in ("br", "gzip"):
        response = server(RequestFactory().head(f"{settings.STATIC_URL}{hashed}", headers={"accept-encoding": way}))
        sent[way] = (response.headers["Content-Encoding"], response.headers["Cache-Control"])

    for_ever = "max-age=315360000, public, immutable"
    assert hashed != SITE
    assert sent == {"br": ("br", for_ever), "gzip": ("gzip", for_ever)}

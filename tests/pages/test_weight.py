"""What a first look at the pages that matter most weighs: so little that it comes in the first flight of a connection.

Ten packets of 1,460 bytes come before a server waits for an answer (RFC 6928), less what the headers take. The pages
are of examples, which are as long as real listings. Counted as they are sent: compressed, the style sheet too.
"""

import gzip
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote
from xml.etree.ElementTree import Element

import pytest
from django.contrib.staticfiles import finders
from django.db.models import Count, Value
from django.db.models.functions import Concat, Length
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

from common.compression import compressed
from groups.choices import Joining
from groups.models import SupportGroup, Venue
from groups.sample_data.identity import examples_of
from groups.sample_data.make import make_examples
from groups.search.facets import url_value
from groups.search.snapshot.snapshot import invalidate
from groups.shortlist import MOST
from organisations.models import Organisation, PeerRole
from peersupport.stylesheet import SITE
from places.models import Area, Town
from tests.peersupport.html import parse
from tests.table_copies import TableCopies, tables_of

# The same HTML comes from both databases.
pytestmark = pytest.mark.one_database

MOST_BYTES = 14 * 1024
MOST_REQUESTS = 7
#: Small pictures that stand beside words, which a style sheet may ask for.
PICTURES = "pictures.svg"


@pytest.fixture(scope="module")
def example_copies(seed_copies, django_db_blocker) -> TableCopies:
    """Examples round about Chard, and for all of Somerset, where the real directory has some already: set aside."""
    copies = TableCopies("weight", tables_of("organisations", "groups"))
    with django_db_blocker.unblock():
        seed_copies.restore()
        make_examples(300, seed=7, today=timezone.localdate())
        somerset = Area.objects.get(slug="somerset")
        place_venues(1)
        without_venue = examples_of(SupportGroup).filter(venue=None).order_by("pk")
        somerset.groups_serving.set(without_venue[5:])
        without_venue.filter(pk__in=without_venue[:5]).update(meets_online=True)
        somerset.roles.add(*examples_of(PeerRole))
        copies.save()
        copies.clear()
    return copies


@pytest.fixture
def examples(example_copies, db) -> None:
    """The directory with the examples, as each test finds it."""
    example_copies.restore()
    invalidate()


def place_venues(first: int) -> None:
    """Put all venues round about Chard, where their numbers say, from `first` on.

    Not by their keys, which depend on what was tested before.
    """
    somerset = Area.objects.get(slug="somerset")
    venues = list(Venue.objects.exclude(latitude=None).order_by("pk"))
    for number, venue in enumerate(venues, start=first):
        venue.latitude, venue.longitude = 50.8 + number % 40 / 100, -2.9 - number % 30 / 100
        venue.district, venue.outward_code = somerset, "TA20"
    Venue.objects.bulk_update(venues, ["latitude", "longitude", "district", "outward_code"])


def asked_for(page: Element) -> set[str]:
    """What a browser fetches to show a page, beside what waits until somebody scrolls to it."""
    linked = {link.get("href") for link in page.iter("link") if link.get("rel") in {"stylesheet", "icon"}}
    scripts = {script.get("src") for script in page.iter("script")}
    pictures = {PICTURES for sheet in style_sheets(page) if PICTURES in sheet.read_text()}
    return linked | scripts | pictures | {img.get("src") for img in page.iter("img") if img.get("loading") != "lazy"}


def style_sheets(page: Element) -> list[Path]:
    sheets = [link.get("href") for link in page.iter("link") if link.get("rel") == "stylesheet"]
    return [Path(finders.find(sheet.removeprefix("/static/"))) for sheet in sheets]


def style_of(page: Element) -> int:
    """What the style sheets of a page weigh."""
    return sum(len(gzip.compress(sheet.read_bytes(), 6)) for sheet in style_sheets(page))


def busy_searches() -> list[str]:
    """Searches whose pages are full: all that can stand on one does, and much is asked."""
    asked = "?near=Chard&within=50"
    ways = "".join(f"&joining={url_value(way)}" for way in Joining.values)
    codes = SupportGroup.objects.order_by("pk").values_list("code", flat=True)
    return [
        asked,
        f"{asked}&sort=soonest{ways}&page=2",
        f"{asked}&q=group&page=2",
        # One more and nothing could be added: then the cards have no links for that, and weigh less.
        f"{asked}&list={','.join(codes[: MOST - 1])}",
        "?area=somerset",
    ]


def heaviest_groups() -> list[SupportGroup]:
    """Those with the most times, and with the most to read."""
    groups = examples_of(SupportGroup).published()
    texts = [Length(name) for name in ("what_it_is_like", "do_i_have_to_talk", "who_meets_you", "how_it_came_about")]
    most_to_read = groups.order_by(sum(texts[1:], texts[0]).desc(), "pk")
    return [*groups.alias(times=Count("schedules")).order_by("-times", "pk")[:4], *most_to_read[:4]]


def weights_of(client, addresses: Iterable[str]) -> dict[str, int]:
    """What each page weighs with its style; and each has few enough things to ask for."""
    weights, requests = {}, {}
    for address in addresses:
        response = client.get(address)
        page = parse(response)
        weights[address] = len(compressed(response.content)) + style_of(page)
        requests[address] = 1 + len(asked_for(page))

    assert {address: count for address, count in requests.items() if count > MOST_REQUESTS} == {}
    return weights


def too_heavy(weights: dict[str, int]) -> dict[str, int]:
    return {address: weight for address, weight in weights.items() if weight >= MOST_BYTES}


def test_first_view_fits_the_first_flight_of_a_connection(client, examples):
    groups = reverse("groups:group_list")
    several = Organisation.objects.published().alias(count=Count("groups")).order_by("-count")
    weights = weights_of(
        client,
        [
            reverse("home"),
            *(groups + asked for asked in ("", "?near=Zzyzxq", "?near=Bristle", "?near=Newport")),
            *(group.get_absolute_url() for group in heaviest_groups()),
            *(organisation.get_absolute_url() for organisation in several[:3]),
            *(reverse("groups:area_detail", args=[area]) for area in ("somerset", "south-west")),
            reverse("groups:area_list"),
            reverse("groups:start_a_group"),
        ],
    )

    assert too_heavy(weights) == {}


def test_first_view_of_the_fullest_results_fits_too(client, examples):
    addresses = [reverse("groups:group_list") + asked for asked in busy_searches()]
    page = parse(client.get(addresses[0])).find(".//main")

    weights = weights_of(client, addresses)

    parts = {part.get("aria-labelledby"): len(part.findall(".//article")) for part in page.iter("section")}
    assert (len(page.findall(".//ol//article")), parts) == (12, {"serving": 3, "other-support": 3, "online": 3})
    assert page.find(".//figure[@id='map']") is not None
    assert too_heavy(weights) == {}


@pytest.mark.parametrize("first", [1, 25], ids=["near", "all around, so that the map has more coast"])
def test_first_view_of_a_map_of_full_results_fits_too(client, examples, first):
    """The coasts of the whole country and of the West, and twelve cards."""
    place_venues(first)
    invalidate()
    addresses = [
        reverse("groups:group_list_map") + asked
        for asked in [*busy_searches(), "", "?area=south-west", "?area=england"]
    ]

    weights = weights_of(client, addresses)

    page = parse(client.get(addresses[0])).find(".//main")
    assert len(page.findall(".//ol//article")) == 12
    assert too_heavy(weights) == {}


def test_first_view_of_results_with_long_names_fits_too(client, examples):
    """As long as the longest among the examples, of each town another."""
    towns = iter(Town.objects.order_by("-population").values_list("name", flat=True))
    groups = list(SupportGroup.objects.all())
    for group in groups:
        group.name = f"Example {next(towns)} Mental Health Peer Support Group for Adults of All Ages and Their Friends"
        group.slug = slugify(f"{group.name} {group.code}")
    SupportGroup.objects.bulk_update(groups, ["name", "slug"])
    invalidate()

    weights = weights_of(client, [reverse("groups:group_list") + asked for asked in busy_searches()])

    assert too_heavy(weights) == {}


@pytest.mark.parametrize("typed", ["i am not safe", "i took an overdose and he hits me", "suicide bereavement"])
def test_first_view_of_full_results_below_the_panels_for_danger_fits_too(client, examples, typed):
    """Where every group fits, and no nation is known, so that all lines stand in the panels."""
    SupportGroup.objects.update(summary=Concat("summary", Value(" For suicide, bereavement and domestic abuse.")))
    invalidate()
    groups = reverse("groups:group_list")
    asked = [f"?q={quote(typed)}&near=Chard&within=50", f"?q={quote(typed)}", f"?q={quote(typed)}&page=2"]

    pages = [parse(client.get(groups + row)) for row in asked]
    weights = weights_of(client, [groups + row for row in asked])

    assert [len(page.findall(".//main//article")) >= 12 for page in pages] == [True] * 3
    assert too_heavy(weights) == {}


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

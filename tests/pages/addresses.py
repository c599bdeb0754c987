"""Every public address of the site, found by walking its URLconf: a new page is tested the minute it exists."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from groups.areas.venue import venue_page
from groups.models import SupportGroup, Venue
from organisations.models import Organisation, PeerRole, Training
from peersupport.sitemaps import SITEMAPS

#: Pages that are not for the public, or not pages: the admin, what machines read, and what is behind a secret link
#: (tests/groups/verification).
NOT_PAGES = {"healthz", "readyz", "robots"}
NOT_PAGES |= {"group_calendar", "organisation_calendar", "area_calendar", "list_file", "area_file"}
NOT_PAGES |= {"area_feed", "search_feed", "sitemap_index", "sitemap", "area_embed", "search_embed"}
NOT_PAGES |= {"check_listings", "check_change", "check_ended"}
NOT_PAGES |= {"root", "openapi_document", "unknown_path"} | {
    f"{kind}_{end}"
    for kind in ("service", "place", "organization", "taxonomy", "taxonomy_term")
    for end in ("list", "detail")
}
NOT_PAGES |= {"group_map", "area_map", "group_poster", "group_door_sheet"}
NOT_PAGES |= {"styleguide", None}

#: An area of each kind.
AREAS = ("england", "kent", "thanet", "east-kent", "somerset")

#: For each page about one thing, what it is about: every published one of them, or a few where all are alike.
ABOUT = {
    "groups:group_detail": lambda: [{"slug": group.slug} for group in SupportGroup.objects.published()],
    "groups:area_detail": lambda: [{"slug": slug} for slug in AREAS],
    "groups:area_week": lambda: [{"slug": slug} for slug in AREAS],
    "groups:area_print": lambda: [{"slug": slug} for slug in ("east-kent", "somerset")],
    "organisations:organisation_detail": lambda: [{"slug": row.slug} for row in Organisation.objects.published()],
    "organisations:role_detail": lambda: [{"slug": role.slug} for role in PeerRole.objects.published()],
    "groups:venue_detail": lambda: [
        {"public_id": venue.public_id} for venue in Venue.objects.order_by("pk") if venue_page(venue, timezone.now())
    ],
    "groups:term_detail": lambda: [{"code": code} for code in ("kind", "kind-doing", "checked-phone")],
    "groups:group_report": lambda: [{"slug": group.slug} for group in SupportGroup.objects.published()[:3]],
    "groups:organisation_report": lambda: [{"slug": row.slug} for row in Organisation.objects.published()[:1]],
    "groups:role_report": lambda: [{"slug": role.slug} for role in PeerRole.objects.published()[:1]],
    "groups:training_report": lambda: [
        {"slug": row.slug} for row in Training.objects.published().of_listed_organisations()[:1]
    ],
}

#: Addresses that lead to another one.
REDIRECTS = {"groups:group_short"}

#: Searches beside the bare list: each is the same page in another state.
SEARCHES = [
    "?near=Chard",
    "?near=CT9+1AE&within=25",
    "?near=East+Kent",
    "?near=Newport",
    "?near=nowhere+at+all",
    "?near=BT1+1AA",
    "?near=111",
    "?near=CT9+1AE%2C+Chard",
    "?near=Jersey",
    "?focus=doing&joining=closed&format=online&q=art",
    "?area=somerset&page=2",
    "?area=no-such-area&within=far&focus=dancing&joining=perhaps&format=letter&page=last",
]


#: What may be asked of the pages of roles, training and help to start a group, by the name of the page.
OFFER_SEARCHES = {
    "organisations:role_list": ["?near=Chard&want=get", "?near=CT9+1AE&pay=paid&looking=on", "?near=nowhere+at+all"],
    "organisations:training_list": ["?near=East+Kent", "?want=give", "?near=Newport"],
    "groups:start_a_group": ["?near=Guisborough"],
    "groups:start_a_group_contacts": ["?near=BT1+1AA"],
}


def names_of_pages(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str]:
    """The name of every public page in the URLconf."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.app_name != "admin":
                yield from names_of_pages(pattern, f"{pattern.namespace}:" if pattern.namespace else "")
        elif isinstance(pattern, URLPattern) and pattern.name not in NOT_PAGES:
            yield f"{namespace}{pattern.name}"


def addresses() -> list[str]:
    """The address of every public page, for everything that is published now."""
    found = []
    for name in names_of_pages():
        if name not in REDIRECTS:
            found += [reverse(name, kwargs=about) for about in ABOUT.get(name, lambda: [{}])()]
    return found


def calendars() -> list[str]:
    """The address of every calendar, for everything that is published now."""
    about = {
        "groups:group_calendar": "groups:group_detail",
        "groups:organisation_calendar": "organisations:organisation_detail",
        "groups:area_calendar": "groups:area_detail",
    }
    return [reverse(name, kwargs=row) for name, page in about.items() for row in ABOUT[page]()]


def feeds() -> list[str]:
    """The feed of each area, and of some searches."""
    searches = [
        f"{reverse('groups:search_feed')}?{query}" for query in ("near=Chard&within=50", "near=CT9+1AE", "q=art")
    ]
    return [*(reverse("groups:area_feed", kwargs=row) for row in ABOUT["groups:area_detail"]()), *searches]


def sitemaps() -> list[str]:
    """The index of the sitemaps, and each of them."""
    return [reverse("sitemap_index"), *(reverse("sitemap", args=[section]) for section in SITEMAPS)]


def embeds() -> list[str]:
    """The list of an area, and of a search, in a frame of another site."""
    areas = [reverse("groups:area_embed", kwargs=row) for row in ABOUT["groups:area_detail"]()]
    return [*areas, f"{reverse('groups:search_embed')}?near=Chard&within=50"]


def open_data() -> list[str]:
    """The feed of Open Referral: its lists, as they are and by what is asked of them, and each thing by its id."""
    kinds = {"services": SupportGroup, "organizations": Organisation}
    lists = [reverse(f"open_referral:{name}") for name in ("root", "openapi_document")]
    for kind in ("services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms"):
        lists += [f"/open-referral/{kind}?per_page=100", f"/open-referral/{kind}?full=false", f"/open-referral/{kind}"]
    asked = [
        *("day=TH", "day=WE&start_time=17:00", "postcode=TA20+1AA&proximity=100", "minimum_age=18", "search=example"),
        *("proximity=50.87,-2.96&radius=1", "modified_after=2020-01-01", "checked_after=2020-01-01", "minimal=true"),
    ]
    lists += [f"/open-referral/{kind}?{query}" for kind in ("services", "service_at_locations") for query in asked]
    lists.append("/open-referral/organizations?full_service=true")
    return lists + [f"/open-referral/{kind}/{row.public_id}" for kind, of in kinds.items() for row in of.objects.all()]


def maps() -> list[str]:
    """The map of an area, and of a search."""
    return [reverse("groups:area_map", args=["somerset"]), f"{reverse('groups:group_map')}?near=Chard&within=50"]


def list_of_all(most: int = 60) -> str:
    """A list of everything that has a code, published or not, as an address carries it."""
    return f"?list={','.join(SupportGroup.objects.order_by('-pk').values_list('code', flat=True)[:most])}"


def lists() -> list[str]:
    """The pages on which there is a list of everything: making it, printing it, and searching on with it."""
    codes = list_of_all()
    layouts = ["", "&by=day&layout=week", "&by=place&layout=large", "&by=organisation&layout=easy", "&layout=pocket"]
    return [
        reverse("groups:list_own") + codes,
        *(reverse("groups:list_print") + codes + layout for layout in layouts),
        f"{reverse('groups:group_list')}{codes}&near=Chard",
        reverse("groups:area_detail", args=["somerset"]) + codes,
    ]


def files_of_lists() -> list[str]:
    """A list of everything, and the lists of areas, as each kind of file."""
    own = [reverse("groups:list_file", args=[kind]) + list_of_all() for kind in ("csv", "txt", "ics", "xlsx", "pdf")]
    return own + [reverse("groups:area_file", args=["somerset", kind]) for kind in ("csv", "txt", "ics", "xlsx", "pdf")]


def posters() -> list[str]:
    """The poster and the door sheet of the newest public groups, whether they have one or not."""
    newest = SupportGroup.objects.published().order_by("-pk")[:2]
    return [reverse(f"groups:group_{kind}", args=[group.slug]) for group in newest for kind in ("poster", "door_sheet")]


def addresses_and_searches() -> list[str]:
    """Every public page, the search page in each of its states, and a list of everything."""
    views = [reverse("groups:group_list_map") + search for search in SEARCHES[:3]]
    weeks = [reverse("groups:area_week", args=["somerset"]) + asked for asked in ("?week=2", "?week=99", "?week=last")]
    searches = {"groups:group_list": SEARCHES, **OFFER_SEARCHES}
    found = [reverse(name) + asked for name, several in searches.items() for asked in several]
    return [*addresses(), *found, *views, *weeks, *lists()]

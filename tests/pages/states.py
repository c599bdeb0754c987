"""Every public page in every state it can be in, by a name for it: what browsers, checkers and cameras look at.

They are found in whatever directory there is; `full_directory.fill` makes one in which all of them are.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.db.models.functions import Length
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from common.slots import FILES, ServerBusy
from groups.choices import Joining, Stage
from groups.models import SupportGroup
from groups.printing import views as printing_views
from groups.printing.choices import Order
from groups.printing.layouts import LAYOUTS
from groups.printing.request import PrintRequest
from groups.sample_data.identity import examples_of
from groups.verification.models import AskedListing
from groups.verification.tokens import make_token
from organisations.models import Organisation, PeerRole
from peersupport import views
from places.models import Area
from tests.pages.addresses import ABOUT, NOT_PAGES, OFFER_SEARCHES, REDIRECTS, SEARCHES, list_of_all, names_of_pages

#: Words of danger of each kind, by a name for a page that has them.
_DANGER = {
    "self_harm": "i want to die",
    "overdose": "took an overdose",
    "abuse": "he hits me",
    "concern": "my son is suicidal",
    "unclear": "i am not safe",
    "group_search": "suicide bereavement",
}
_MORE_SEARCHES = ["?near=Bristle", "?near=Birmingham&within=25", "?q=walk&page=3", "?area=london&joining=just-come"]


class State(NamedTuple):
    """A page as somebody may find it."""

    name: str
    address: str
    #: What was typed and sent on it, by the names of its boxes; None: it was only opened.
    sent: dict[str, str] | None = None
    #: For what only comes when something goes wrong: the page itself.
    shown: Callable[[], HttpResponse] | None = None

    @property
    def kind(self) -> str:
        """States of one kind are one template, filled differently."""
        return self.name.partition("--")[0]


def states() -> list[State]:
    """All of them."""
    return [
        *_opened(),
        *_framed(),
        *_searched(),
        *_in_danger(),
        *_listed(),
        *_sent(),
        *_behind_a_link(),
        *_gone_wrong(),
    ]


def _opened() -> Iterator[State]:
    """Each page of the URLconf: about a thing in each of its states, or as it is."""
    things = {
        "groups:group_detail": _groups,
        "groups:area_detail": _areas,
        "organisations:organisation_detail": _organisations,
        "organisations:role_detail": _roles,
    }
    for name in names_of_pages():
        if name in REDIRECTS or name in NOT_PAGES:
            continue
        page = name.rpartition(":")[2]
        if name in things:
            for state, row in things[name]().items():
                yield State(f"{page}--{state}", row.get_absolute_url())
        elif name in ABOUT:
            for about in ABOUT[name]()[:2]:
                yield State(f"{page}--{_slug(' '.join(map(str, about.values())))}", reverse(name, kwargs=about))
        else:
            yield State(page, reverse(name))


def _framed() -> Iterator[State]:
    """The lists for frames of other sites, and the line of HTML for one."""
    yield State("area_embed", reverse("groups:area_embed", args=["kent"]))
    yield State("area_embed--empty", reverse("groups:area_embed", args=["rutland"]))
    yield State("embed_line--line", f"{reverse('groups:embed_line')}?near=CT9+1AE")


def _groups() -> dict[str, SupportGroup]:
    """A group in each state, the one of which most is said, those with the longest names, and a real one."""
    public = SupportGroup.objects.published().filter(organisation__publication="published").order_by("pk")
    groups = examples_of(SupportGroup) & public
    message = (
        groups.exclude(agreement="").exclude(who_meets_you="").exclude(what_it_is_like="").exclude(accessibility="")
    )
    message = message.annotate(schedule_count=Count("schedules"))
    states = {
        "full": message.filter(stage=Stage.RUNNING, venue__address_is_confidential=False).order_by("-schedule_count"),
        "long_name": groups.order_by(Length("name").desc()),
        "long_word": public.filter(name__startswith="Example Llanfair"),
        "closed": groups.filter(joining=Joining.CLOSED),
        "waiting_list": groups.filter(joining=Joining.WAITING_LIST),
        "confidential": groups.filter(venue__address_is_confidential=True, stage=Stage.RUNNING).exclude(
            joining=Joining.CLOSED
        ),
        "online": groups.filter(meets_in_person=False),
        "hybrid": groups.filter(meets_in_person=True, meets_online=True),
        "several": groups.filter(stands_for_several=True),
        "with_changes": groups.annotate(changes=Count("schedule_changes")).order_by("-changes", "pk"),
        "never_checked": groups.filter(checks=None),
        "real": public.exclude(pk__in=groups.values("pk")),
    } | {stage: groups.filter(stage=stage) for stage in Stage.values if stage != Stage.RUNNING}
    return _first_of_each(states)


def _areas() -> dict[str, Area]:
    """Areas of each kind: with everything in them, with some, with none."""
    names = ("England", "Northern Ireland", "South West", "Kent", "East Kent", "Birmingham", "Thanet", "Gwynedd")
    return {_slug(name): Area.objects.get(name=name) for name in names}


def _organisations() -> dict[str, Organisation]:
    """The organisations of which most is said, by what."""
    published = Organisation.objects.published().order_by("pk")
    most = {"groups": "groups", "roles": "roles", "words": "statements", "events": "events", "members": "member_links"}
    several = {f"most_{what}": published.annotate(n=Count(name)).order_by("-n", "pk") for what, name in most.items()}
    several |= {"long_name": published.order_by(Length("name").desc()), "ended": published.exclude(ended_on=None)}
    return _first_of_each(several | {"real": published.filter(name="WATCH")})


def _roles() -> dict[str, PeerRole]:
    roles = PeerRole.objects.published().of_listed_organisations().order_by("pk")
    several = {"real": roles.exclude(title__startswith="Example"), "example": roles.filter(title__startswith="Example")}
    return _first_of_each(several)


def _first_of_each(several: dict[str, QuerySet]) -> dict:
    return {state: row for state, rows in several.items() if (row := rows.first()) is not None}


def _searched() -> Iterator[State]:
    """Searches that find much, little, nothing, several places, or that nobody can read."""
    for search in [*SEARCHES, *_MORE_SEARCHES]:
        yield State(f"group_list--{_slug(search)}", reverse("groups:group_list") + search)
    for name, searches in OFFER_SEARCHES.items():
        for search in searches:
            yield State(f"{name.partition(':')[2]}--{_slug(search)}", reverse(name) + search)
    for search in ("?near=Chard&within=50", "?near=Newport", "?area=england"):
        yield State(f"group_list_map--{_slug(search)}", reverse("groups:group_list_map") + search)
    for number in ("2", "99"):
        address = reverse("groups:area_week", args=["somerset"])
        yield State(f"area_week--week_{number}", f"{address}?week={number}")
    for name, search in {"near": "?near=Chard", "nothing": "?near=Stornoway", "danger": "?q=i+am+not+safe"}.items():
        yield State(f"group_week--{name}", reverse("groups:group_week") + search)
    yield State("missing--page_2", reverse("groups:missing") + "?page=2")
    yield State("area_detail--all_wide", reverse("groups:area_detail", args=["somerset"]) + "?wider=all")


def _in_danger() -> Iterator[State]:
    """Searches whose words show danger, with and without a place, in either box; and the answer to a form."""
    groups, organisations = reverse("groups:group_list"), reverse("organisations:organisation_list")
    for kind, typed in _DANGER.items():
        yield State(f"group_list--danger_{kind}", f"{groups}?{urlencode({'q': typed})}")
        yield State(f"group_list--danger_{kind}_belfast", f"{groups}?{urlencode({'q': typed, 'near': 'Belfast'})}")
        yield State(f"organisation_list--danger_{kind}", f"{organisations}?{urlencode({'q': typed})}")
    yield State(
        "group_list--danger_few_results", f"{groups}?{urlencode({'q': 'he hits me', 'near': 'Chard', 'within': 1})}"
    )
    yield State(
        "group_list_map--danger", f"{reverse('groups:group_list_map')}?{urlencode({'q': _DANGER['group_search']})}"
    )
    yield State("group_list--danger_in_place_box", f"{groups}?{urlencode({'near': 'i want to die'})}")
    yield State("missing--sent_in_danger", reverse("groups:missing"), {"what": "", "place": "he hits me"})
    for code in ("1", "12", "3", "19"):
        yield State(f"missing_thanks--danger_{code}", f"{reverse('groups:missing_thanks')}?lines={code}")


def _listed() -> Iterator[State]:
    """A list of a few, as full as it may be, of more than that; and the pages that carry one."""
    own, paper = reverse("groups:list_own"), reverse("groups:list_print")
    few, full, over = list_of_all(6), list_of_all(60), list_of_all(62)
    yield State("list_own--few", own + few)
    yield State("list_own--full", own + full)
    yield State("list_own--beyond", own + over)
    yield State("list_own--nonsense", own + "?list=zzzzz")
    for layout in ("standard&by=day", "large&by=place", "easy&by=organisation", "week", "pocket"):
        yield State(f"list_print--{_slug(layout)}", f"{paper}{few}&layout={layout}")
    yield State("list_print--beyond", paper + over)
    yield State("group_list--with_a_list", f"{reverse('groups:group_list')}{few}&near=Chard")
    yield State("group_list--with_a_full_list", f"{reverse('groups:group_list')}{full}&near=Chard")
    yield State("area_too_long", "/too-long/", shown=_too_long)
    yield State("no_poster", reverse("groups:group_poster", args=["no-such-group"]))
    yield State("no_door_sheet", reverse("groups:group_door_sheet", args=["no-such-group"]))
    yield State("area_detail--with_a_list", reverse("groups:area_detail", args=["somerset"]) + few)


def _too_long() -> HttpResponse:
    """What stands instead of a PDF with more groups than its layout can have."""
    request = RequestFactory().get("/areas/somerset/print/list.pdf", {"layout": "easy"}, headers={"host": "localhost"})
    asked = PrintRequest(layout=LAYOUTS["easy"], order=Order.DAY, usual=Order.DAY)
    return printing_views._too_long(request, Area.objects.get(slug="somerset"), asked, asked.layout.most_in_pdf + 50)


def _sent() -> Iterator[State]:
    """Forms that were sent with nothing on them, or with what cannot be."""
    group = SupportGroup.objects.published().of_listed_organisations().order_by("pk")[0]
    report = reverse("groups:group_report", args=[group.slug])
    yield State("group_report--sent_empty", report, {})
    yield State("group_report--sent_wrong", report, {"part": "else", "email": "no-address"})
    yield State("group_report--read_back", report, {"when_in_words": "Tuesdays 7-8.30", "_read": "1"})
    yield State("group_suggest--sent_empty", reverse("groups:group_suggest"), {})
    wrong = {"name": "x" * 140, "what": "y" * 1100, "place": "z" * 90, "email": "no-address"}
    yield State("group_suggest--sent_wrong", reverse("groups:group_suggest"), wrong)
    yield State("missing--sent_empty", reverse("groups:missing"), {})


def _behind_a_link() -> Iterator[State]:
    """What an organisation finds behind the link in a message: as it is, sent wrong; and a link that leads nowhere."""
    yield State("check_no_link", reverse("groups:check_listings") + "?t=not-a-link")
    open_ones = AskedListing.objects.filter(answer="none", group__isnull=False, request__contact__isnull=False)
    asked = open_ones.select_related("request").first()
    if asked is None:
        return
    token = f"?t={make_token(asked.request)}"
    yield State("check_listings", reverse("groups:check_listings") + token)
    asked_page = f"{reverse('groups:check_change')}{token}&listing={asked.pk}"
    yield State("check_change--read_back", asked_page, {"when_in_words": "Tuesdays 7pm", "_read": "1"})
    for name, wrong in (("check_change", {"email": "no-address"}), ("check_ended", {"ended_on": "2020-01-01"})):
        address = f"{reverse(f'groups:{name}')}{token}&listing={asked.pk}"
        yield State(name, address)
        yield State(f"{name}--sent_wrong", address, wrong | {"email": "no-address"})


def _gone_wrong() -> Iterator[State]:
    """What people see when there is no page, when they may not see it, and when something broke."""
    request = RequestFactory().get("/groups/", {"near": "CT9 1AE"}, headers={"host": "localhost"})
    yield State("error--400", "/400/", shown=lambda: views.bad_request(request, ValueError()))
    yield State("error--403", "/403/", shown=lambda: views.permission_denied(request, PermissionDenied()))
    yield State("error--404", "/404/", shown=lambda: views.page_not_found(request, Http404()))
    busy = ServerBusy(FILES, "/areas/somerset/")
    yield State("error--503", "/503/", shown=lambda: views.server_busy(request, busy))
    yield State("error--503_data_unavailable", "/503/", shown=lambda: views.data_unavailable(request))
    sent = RequestFactory().post("/groups/suggest/", headers={"host": "localhost"})
    yield State("error--503_not_saved", "/503/", shown=lambda: views.data_unavailable(sent))
    yield State("error--500", "/500/", shown=lambda: views.server_error(request))


def _slug(text: str) -> str:
    words = "".join(letter if letter.isalnum() else " " for letter in text).split()
    return "_".join(words).lower() or "all"

"""Questions that nobody would ask, as an address carries them; and which pages read what an address asks."""

from collections.abc import Iterable
from functools import cache
from urllib.parse import urlencode

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponse, QueryDict
from django.test import RequestFactory
from hypothesis import strategies as st

#: What our own forms ask by, and values that have broken sites.
NAMES = [
    "near",
    "q",
    "within",
    "area",
    "day",
    "time",
    "soon",
    "focus",
    "joining",
    "format",
    "audience",
    "topic",
    "services",
    "stage",
    "organisation",
    "led",
    "free",
    "access",
    "sort",
    "page",
    "list",
    "add",
    "user_led",
    "week",
]
ODD_VALUES = [
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "%00",
    "\x00",
    "\udcff".encode("utf-8", "surrogatepass").decode("latin-1"),
    "\u202eabc\u2066",
    "👩‍🦰" * 20,
    "a" * 5000,
    "9" * 5000,
    "../../etc/passwd",
    "{{ 7 * 7 }}",
    "CT9 1AE",
    "Newport",
    "51.38,1.39",
    "monday",
    "just-come",
    "somerset",
]
_NAMES = st.one_of(st.sampled_from(NAMES), st.text(max_size=12))
_VALUES = st.one_of(
    st.text(max_size=40),
    st.integers(-(10**30), 10**30).map(str),
    st.sampled_from(ODD_VALUES),
    st.binary(max_size=20).map(lambda raw: raw.decode("latin-1")),
)
QUESTIONS = st.lists(st.tuples(_NAMES, _VALUES), max_size=6).map(urlencode)


def answers(address: str, question: str) -> HttpResponse:
    """What the site answers, middleware and all, without a socket."""
    return _site().get_response(RequestFactory().get(f"{address}?{question}"))


@cache
def _site() -> WSGIHandler:
    return WSGIHandler()


def reading(addresses: Iterable[str]) -> list[str]:
    """Those of some addresses whose page looks at what is asked of it: found by watching, so none can be forgotten."""
    found, message = [], WSGIRequest.__dict__["GET"]

    def watched(request: WSGIRequest) -> QueryDict:
        found.append(request.path)
        return message.func(request)

    WSGIRequest.GET = property(watched)
    try:
        for address in addresses:
            answers(address, "")
    finally:
        WSGIRequest.GET = message
    return list(dict.fromkeys(found))


def is_usable(response: HttpResponse) -> bool:
    """Whether somebody can go on from an answer: a whole page, a calendar, or the way to another page."""
    page = response.content.decode()
    if response.headers.get("Content-Type", "").startswith("text/calendar"):
        return response.status_code == 200
    return response.status_code == 200 and page.count("<h1") == 1 and "<script>alert" not in page

"""Whatever stands in an address: every public page answers, with a page that a person can use."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.pages.addresses import addresses

pytestmark = pytest.mark.usefixtures("seed_directory")

#: How many query strings are thrown: fewer on PostgreSQL, where each costs more and none finds other code.
THROWN = 500 if os.environ.get("DATABASE_URL") else 5000

_NAMES = st.one_of(
    st.sampled_from(
        [
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
            "user_led",
            "week",
        ]
    ),
    st.text(max_size=12),
)
_VALUES = st.one_of(
    st.text(max_size=40),
    st.integers(-(10**30), 10**30).map(str),
    st.sampled_from(
        [
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
    ),
    st.binary(max_size=20).map(lambda raw: raw.decode("latin-1")),
)
_QUESTIONS = st.lists(st.tuples(_NAMES, _VALUES), max_size=6)


@pytest.fixture
def every_address() -> list[str]:
    return addresses()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=THROWN)
@given(asked=_QUESTIONS, which=st.integers(0, 10**6))
def test_every_page_answers_whatever_is_asked(client, every_address, asked, which):
    question: dict[str, list[str]] = {}
    for name, value in asked:
        question.setdefault(name, []).append(value)

    address = every_address[which % len(every_address)]
    response = client.get(address, question)

    page = response.content.decode()
    assert (address, response.status_code) == (address, 200)
    assert response.headers["Content-Type"].startswith("text/calendar") or page.count("<h1") == 1
    assert "<script>alert" not in page

"""Whatever is sent: every form answers with a page or a thank you, and keeps nothing that cannot be read."""

from dataclasses import replace

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groups.feedback import rate_limit
from groups.feedback.models.need import Need
from groups.feedback.models.report import Report
from groups.feedback.models.suggestion import Suggestion
from tests.factories import make_group
from tests.groups.feedback.posting import FROM_OUR_PAGE, opened

pytestmark = pytest.mark.django_db

_NAMES = [
    "part",
    "what_is_right",
    "email",
    "name",
    "what",
    "place",
    "when_in_words",
    "where_in_words",
    "run_by",
    "how_to_ask",
    "url",
]
_VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "time",
            "else",
            "Chard",
            "CT9 1AE",
            "a@example.org",
            "\x00",
            "a" * 5000,
            "{{ 7 * 7 }}",
            "<script>alert(1)",
            "\u202e",
        ]
    ),
    st.binary(max_size=20).map(lambda raw: raw.decode("latin-1")),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(typed=st.dictionaries(st.sampled_from(_NAMES), _VALUES), which=st.integers(0, 2))
def test_every_form_answers_whatever_is_sent(client, monkeypatch, typed, which):
    for name in ("A_DAY", "ABOUT_ONE"):
        monkeypatch.setattr(rate_limit, name, replace(getattr(rate_limit, name), most=10**6))
    about = reverse("groups:group_report", args=[make_group().slug]) if which == 0 else ""
    address = about or reverse("groups:group_suggest" if which == 1 else "groups:missing")

    response = client.post(address, {"opened": opened(), **typed}, **FROM_OUR_PAGE)

    assert response.status_code in (200, 302)
    assert "<script>alert" not in response.text
    stored = [*Report.objects.values(), *Suggestion.objects.values(), *Need.objects.values()]
    texts = [value for row in stored for value in row.values() if isinstance(value, str)]
    assert [text for text in texts if not text.replace("\n", "").isprintable()] == []

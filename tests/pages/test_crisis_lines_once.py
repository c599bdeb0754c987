"""A number of a crisis line is written once: changed there, it is another one wherever anybody may read it."""

import io
import re

import pytest
from django.urls import reverse
from pypdf import PdfReader

from common import crisis_lines
from common.crisis_lines import URGENT_LINES, CrisisLine, urgent_lines
from common.nations import Nation
from groups.choices import ReportPart, ReportState
from groups.feedback.reports import close_report, record_report
from tests.architecture.repository import APPS, files, name
from tests.factories import area, days_ago, make_group, make_schedule
from tests.pages.test_help_now_by_nation import TOWNS

#: Long, and in no postcode, time or telephone number of a group.
NEW = "0300 765 4321"
LINES = [line for line in vars(crisis_lines).values() if isinstance(line, CrisisLine)]
#: Where words for visitors are written. In `groups/seed_data` organisations speak of themselves: of 111, Some Road.
WRITTEN = [f"{app}/**/*.{kind}" for app in APPS for kind in ("py", "typ", "toml", "txt")]
WRITTEN += [f"templates/**/*.{kind}" for kind in ("html", "txt", "svg")]
WRITTEN += [f"static/**/*.{kind}" for kind in ("js", "css")]
#: What people type, and what others say, are not our words.
NOT_WORDS = ("groups/seed_data/", "groups/search/danger_phrases.toml", "places/data/", "common/crisis_lines.py")


def digits(number: str) -> str:
    """A pattern for a number, however it is spaced, that is not a part of a longer one."""
    return r"(?<![\w.#])" + r"[\s-]?".join(number.replace(" ", "")) + r"(?!\.?\d)"


def test_no_crisis_number_is_written_anywhere_else():
    numbers = {number for line in LINES for number in (line.number, line.text_number) if number}
    pattern = re.compile("|".join([*map(digits, sorted(numbers)), r"(?:tel|sms):\d"]))
    paths = [path for path in files(*WRITTEN) if not name(path).startswith(NOT_WORDS)]

    found = {name(path): pattern.findall(path.read_text()) for path in paths}

    assert len(paths) > 300
    assert {path: numbers for path, numbers in found.items() if numbers} == {}


@pytest.mark.parametrize("written", ["Call 111 now", "tel:116123", "0808-808-8000", "text 85 258", "call 999."])
def test_a_crisis_number_is_found_however_it_is_spaced(written):
    numbers = {number for line in LINES for number in (line.number, line.text_number) if number}

    assert [number for number in numbers if re.search(digits(number), written)] != []


@pytest.fixture
def changed(nation):
    """Another number in the line of a nation: in that very object, which other modules may have imported."""
    line, old = URGENT_LINES[nation], URGENT_LINES[nation].number
    object.__setattr__(line, "number", NEW)
    yield
    object.__setattr__(line, "number", old)


@pytest.mark.django_db
@pytest.mark.one_database("numbers are in Python")
@pytest.mark.parametrize("nation", Nation)
def test_number_that_changes_in_one_nation_changes_wherever_it_is_read(
    client, nation, changed, mailoutbox, django_capture_on_commit_callbacks
):
    groups = {each: make_group(town=TOWNS[each]) for each in Nation}
    for group in groups.values():
        make_schedule(group)
    report = record_report(groups[nation], ReportPart.TIME, "At 7pm.", "b@example.org")
    of_area = {"slug": area(nation.label).slug}
    pages = {
        "strip": reverse("groups:area_detail", kwargs=of_area),
        "strip of a search": reverse("groups:group_list") + f"?near={TOWNS[nation]}",
        "strip of no place": reverse("about"),
        "help now": reverse("help_now"),
        "printed page": reverse("groups:list_print") + f"?list={groups[nation].code}",
        "printed area": reverse("groups:area_print", kwargs=of_area),
        "poster": reverse("groups:group_poster", args=[groups[nation].slug]),
        **{f"file {kind}": reverse("groups:list_file", args=[kind]) + f"?list={groups[nation].code}" for kind in KINDS},
    }

    with django_capture_on_commit_callbacks(execute=True):
        close_report(report, ReportState.DECLINED, days_ago(0))

    read = {where: text_of(client.get(address)) for where, address in pages.items()} | {"letter": mailoutbox[0].body}
    missing = [where for where, text in read.items() if NEW.replace(" ", "") not in re.sub(r"\s", "", text)]
    # A nation whose number is not the others' is named where no place is known.
    assert missing == []
    for other in set(Nation) - {nation}:
        address = reverse("groups:list_print") + f"?list={groups[other].code}"
        assert NEW not in client.get(address).content.decode()
        assert [line.number for line in urgent_lines(other)] == [URGENT_LINES[other].number]


KINDS = ("pdf", "txt", "csv")


def text_of(response) -> str:
    """What a page or a file says."""
    if response.headers["Content-Type"] == "application/pdf":
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    return response.content.decode()

"""Four kinds of people who write, each write with a text of its own, and what must be true of them afterwards."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.choices import CheckAnswer, Delivery
from groups.feedback.models.need import Need
from groups.feedback.models.proposal import Proposal
from groups.feedback.models.report import Report
from groups.feedback.models.suggestion import Suggestion
from groups.models import SupportGroup
from groups.verification.models import AskedListing, CheckRequest
from groups.verification.tokens import make_token
from organisations.choices import Purpose
from organisations.models import Contact
from tests.faults.browser import Answer, Browser, NoAnswer, form_of
from tests.faults.words import sentence
from tests.groups.feedback.posting import opened
from tests.groups.spreadsheets.files import csv_file
from tests.staff.people import make_manager, sign_in

#: How many groups a sheet changes at once.
ROWS = 5


class Writer:
    """Somebody who writes one thing after the other. What was answered as done is in `acknowledged`."""

    name = ""
    #: Seconds between one write and the next.
    pause = 0.0

    def __init__(self, port: int) -> None:
        self.browser = Browser(port)
        self.acknowledged: list[str] = []
        self.attempted: list[str] = []
        self.statuses: Counter[str] = Counter()

    def write_once(self) -> bool:
        """Write a new text, and return whether the site said that it is done."""
        text = sentence()
        self.attempted.append(text)
        try:
            answer = self.send(text, len(self.attempted) - 1)
        except NoAnswer:
            self.statuses["no answer"] += 1
            return False
        done = answer.status == 302 and self.is_thanks(answer.location)
        self.statuses["done" if done else f"{answer.status} {answer.location}".strip()] += 1
        if done:
            self.acknowledged.append(text)
        return done

    def send(self, text: str, number: int) -> Answer:
        raise NotImplementedError

    def is_thanks(self, location: str) -> bool:
        """Return whether the address after a form was sent is that of a page that says it is done."""
        return True

    def problems(self) -> list[str]:
        """Return what is wrong with what is stored now."""
        raise NotImplementedError


def session_of_manager() -> str:
    """Return the key of a session in which a new directory manager is signed in."""
    return sign_in(Client(), make_manager()).cookies["sessionid"].value


class Editor(Writer):
    """A directory manager who changes groups through the form of the admin."""

    name = "edits through the form of staff"

    def __init__(self, port: int, groups: Sequence[SupportGroup]) -> None:
        super().__init__(port)
        self.browser = Browser(port, session_of_manager())
        self.groups = groups
        self._sent: dict[int, list[str]] = {group.pk: [] for group in groups}

    def send(self, text: str, number: int) -> Answer:
        group = self.groups[number % len(self.groups)]
        page = reverse("admin:groups_supportgroup_change", args=[group.pk])
        shown = self.browser.get(page)
        if shown.status != 200:
            return shown
        self._sent[group.pk].append(text)
        return self.browser.post(page, form_of(shown.text, "supportgroup_form") | {"what_it_is_like": text})

    def problems(self) -> list[str]:
        found = [problem for group in self.groups for problem in problems_of_group(group.pk)]
        for group in self.groups:
            versions = list(group.history.order_by("history_id").values_list("what_it_is_like", flat=True))
            sent = self._sent[group.pk]
            found += [f"{group.pk}: lost {text!r}" for text in {*sent} & {*self.acknowledged} - {*versions}]
            stored = [text for text in versions if text in sent]
            # One row in the log of staff, and one revision, for each save.
            logged = LogEntry.objects.filter(object_id=str(group.pk), content_type__model="supportgroup").count()
            if len(stored) != len({*stored}) or logged != len(stored):
                found.append(f"{group.pk}: {len(stored)} saves, {logged} in the log")
            found += self._not_shown(group.pk)
        return found

    def _not_shown(self, key: int) -> list[str]:
        group = SupportGroup.objects.get(pk=key)
        answer = self.browser.get(group.get_absolute_url())
        return [] if group.what_it_is_like in answer.text else [f"{key}: its page does not say what is stored"]


class Importer(Writer):
    """A directory manager who changes some groups at once by a spreadsheet."""

    name = f"imports of {ROWS} groups"

    def __init__(self, port: int, groups: Sequence[SupportGroup]) -> None:
        super().__init__(port)
        self.browser = Browser(port, session_of_manager())
        self.groups = groups

    def send(self, text: str, number: int) -> Answer:
        first = number * ROWS % len(self.groups)
        preview = upload(self.browser, sheet(self.groups[first : first + ROWS], text))
        values = form_of(preview.text)
        if preview.status != 200 or not values.get("word"):
            return preview
        return self.browser.post(reverse("admin:groups_supportgroup_process_import"), confirmation(values))

    def is_thanks(self, location: str) -> bool:
        return location == reverse("admin:groups_supportgroup_changelist")

    def problems(self) -> list[str]:
        found = [problem for group in self.groups for problem in problems_of_group(group.pk)]
        versions = SupportGroup.history.filter(id__in=[group.pk for group in self.groups])
        stored = Counter(versions.values_list("what_it_is_like", flat=True))
        found += [f"lost {text!r}" for text in self.acknowledged if stored[text] == 0]
        return found + [f"{stored[text]} of {ROWS} have {text!r}" for text in self.attempted if stored[text] % ROWS]


def upload(browser: Browser, file: SimpleUploadedFile) -> Answer:
    """Send a sheet, and return the page that says what it would do."""
    file.seek(0)
    return browser.post(reverse("admin:groups_supportgroup_import"), {"file": file})


def sheet(groups: Sequence[SupportGroup], text: str) -> SimpleUploadedFile:
    """Return a sheet that gives groups a text."""
    rows = ({"Code": group.code, "What it is like": text} for group in groups)
    return SimpleUploadedFile("groups.csv", csv_file(*rows), "text/csv")


def confirmation(values: dict[str, Any]) -> dict[str, Any]:
    """Return what the button "Yes, import this" sends."""
    return {name: values[name] for name in ("word", "mark")}


class Owner(Writer):
    """Whoever has the link of a message: says that each listing is right, and then tells what has changed."""

    name = "answers behind an owner’s link"

    def __init__(self, port: int, groups: Sequence[SupportGroup]) -> None:
        super().__init__(port)
        self.asked = [self._ask(group) for group in groups]
        #: The texts of the writes that said a listing is right, by its key: nothing stores these.
        self._confirmed: dict[int, str] = {}

    @staticmethod
    def _ask(group: SupportGroup) -> AskedListing:
        contact, _ = Contact.objects.get_or_create(
            organisation=group.organisation,
            role_title="Group lead",
            purpose=Purpose.GENERAL,
            defaults={"email": "lead@example.org"},
        )
        request = CheckRequest.objects.create(
            organisation=group.organisation, contact=contact, sent_on=timezone.localdate(), delivery=Delivery.SENT
        )
        return AskedListing.objects.create(request=request, group=group)

    def send(self, text: str, number: int) -> Answer:
        asked = self.asked[number % len(self.asked)]
        token = make_token(asked.request)
        if asked.pk not in self._confirmed:
            page = f"{reverse('groups:check_listings')}?t={token}"
            shown = self.browser.get(page)
            answer = self.browser.post(page, {"shown": _signed_state(shown)}) if shown.status == 200 else shown
            if answer.status == 302:
                self._confirmed[asked.pk] = text
            return answer
        page = f"{reverse('groups:check_change')}?t={token}&listing={asked.pk}"
        shown = self.browser.get(page)
        if shown.status != 200:
            return shown
        return self.browser.post(page, form_of(shown.text) | {"note": text})

    def problems(self) -> list[str]:
        found = []
        for asked in AskedListing.objects.filter(pk__in=[asked.pk for asked in self.asked]):
            is_answered, checks = asked.answer != CheckAnswer.NONE, asked.group.checks.filter(note__contains="link")
            if (asked.pk in self._confirmed and not is_answered) or is_answered != (checks.count() == 1):
                found.append(f"{asked.pk}: {asked.answer}, {checks.count()} checks")
        notes = {note for noted in Proposal.objects.values_list("note", flat=True) for note in noted.splitlines()}
        notes.update(self._confirmed.values())
        return found + [f"lost {text!r}" for text in self.acknowledged if text not in notes]


def _signed_state(shown: Answer) -> str:
    return re.search(r'name="shown" value="([^"]+)"', shown.text)[1]


class Visitor(Writer):
    """Somebody new each time, who suggests a group, says what is missing, or reports what is wrong, in turn."""

    name = "suggestions, needs and reports of visitors"
    # They are quick, and would be most of all writes.
    pause = 0.5

    def __init__(self, port: int, groups: Sequence[SupportGroup]) -> None:
        super().__init__(port)
        self.groups = groups

    def send(self, text: str, number: int) -> Answer:
        common = {"opened": opened()}
        group = self.groups[number % len(self.groups)]
        page, values = [
            (reverse("groups:group_suggest"), {"name": text[:100], "what": text, "place": "Leeds"}),
            (reverse("groups:missing"), {"what": text, "place": "Kent"}),
            (reverse("groups:group_report", args=[group.slug]), {"part": "time", "what_is_right": text}),
        ][number % 3]
        return self.browser.post(page, common | values)

    def problems(self) -> list[str]:
        stored = Counter(Suggestion.objects.values_list("what", flat=True))
        stored += Counter(Need.objects.values_list("what", flat=True))
        stored += Counter(Report.objects.values_list("what_is_right", flat=True))
        return [f"lost {text!r}" for text in self.acknowledged if stored[text] == 0] + [
            f"{number} times {text!r}" for text, number in stored.items() if number > 1
        ]


def problems_of_group(key: int) -> list[str]:
    """Return where a group, its revisions and their numbers differ."""
    group = SupportGroup.objects.get(pk=key)
    versions = list(group.history.order_by("history_id"))
    if not versions:
        return []
    found = []
    columns = [field.attname for field in SupportGroup._meta.concrete_fields if field.name != "updated_at"]
    found += [
        f"{key}: {name} of the group is not that of its last revision"
        for name in columns
        if getattr(group, name) != getattr(versions[-1], name)
    ]
    numbers = [version.revision for version in versions]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        found.append(f"{key}: revisions {numbers}")
    return found

"""Where our words stand: pages in every state, paper, letters as they are sent, and what templates and Python hold.

Pages are read as they come, with what is said in the state they are in. What only a rare state says (a refusal, a
conflict, one of two halves of an `if`) is read where it is written.
"""

import ast
import functools
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from model_bakery import baker

from groups.choices import ReportState, SuggestionState
from groups.feedback.models.proposal import Proposal
from groups.feedback.models.report import Report
from groups.feedback.models.suggestion import Suggestion
from groups.feedback.proposals import decide
from groups.feedback.reports import close_report
from groups.feedback.suggestions import close_suggestion
from groups.models import SupportGroup
from groups.verification.sending import send_check_requests
from peersupport.accounts.services import send_set_up_link
from tests.architecture.repository import ROOT
from tests.browser.staff_addresses import of_everything
from tests.factories import days_ago, make_group
from tests.groups.feedback.posting import send
from tests.pages.plain_words import runs
from tests.pages.states import states
from tests.peersupport.html import parse_text
from tests.staff.people import make_editor, make_manager, sign_in

#: Stands for what is filled in.
_FILLED = "Rowan"
#: Stands where one text of a template ends and another begins.
_BREAK = "\x1f"
_COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<style>.*?</style>", re.DOTALL)
_BETWEEN = re.compile(r"\{% (?:else|elif|for|endfor|empty|include|block|endblock)\b.*?%\}", re.DOTALL)
_TAG, _VALUE = re.compile(r"\{%.*?%\}", re.DOTALL), re.compile(r"\{\{.*?\}\}", re.DOTALL)

Texts = dict[str, list[str]]


def on_public_pages(client: Client) -> Texts:
    """Every public page in every state: forms sent wrong, the pages behind a check link, and when something broke."""
    found = {}
    for state in states():
        if state.shown is not None:
            page = state.shown()
        else:
            page = client.get(state.address) if state.sent is None else send(client, state.address, **state.sent)
        found[state.name] = list(runs(parse_text(page.content.decode())))
    return found


def on_staff_pages() -> Texts:
    """The pages that staff work with, of every kind of thing, as a manager sees them."""
    client = sign_in(Client(), make_manager())
    # What is said where something is added is said where it is changed; and one history is worded as the other.
    alike = ("-add", "-history", "-delete")
    chosen = [(name, address) for name, address in of_everything() if not name.endswith(alike)]
    return {name: list(runs(parse_text(client.get(address).content.decode()))) for name, address in chosen}


def in_letters(group: SupportGroup, capture) -> Texts:
    """Every letter that we write, as it is sent. `capture` is pytest-django's, of what waits for a commit."""
    today, to, manager = days_ago(0), "ann@house.example", make_manager()
    changes = {name: {"was": "", "proposed": "Tea."} for name in ("stage_note", "cost_note")}
    mail.outbox = []
    # There it stands for five minutes that an account was written to, and keys of accounts come again in tests.
    cache.clear()
    with capture(execute=True):
        for state, part in itertools.product((ReportState.DONE, ReportState.DECLINED), ("time", "else")):
            report = baker.make(Report, group=group, part=part, email=to, reopened_on=today)
            if part == "else":
                group.save()
            close_report(report, state, today, confirmed=True)
        for state in sorted(set(SuggestionState) - {SuggestionState.OPEN}):
            about = {"name": "Rowan", "what": "Tea.", "email": to}
            its = None if state == SuggestionState.DECLINED else group
            close_suggestion(baker.make(Suggestion, **about, group=its), state, today)
            if its:
                draft = make_group(draft=True, organisation=group.organisation)
                close_suggestion(baker.make(Suggestion, **about, group=draft, reopened_on=today), state, today)
        for taken in ((), ("stage_note",), tuple(changes)):
            proposal = baker.make(Proposal, group=group, source="link", changes=changes, email=to)
            revision = SupportGroup.objects.get(pk=group.pk).revision
            decide(proposal, taken, editor=manager, today=today, revision=revision)
        send_set_up_link(make_editor(group.organisation))
        Client().post(reverse("admin:password_reset"), {"email": manager.email})
        list(send_check_requests(today))
    return {
        f"letter {number}: {row.subject}": [row.subject, *(" ".join(part.split()) for part in row.body.split("\n\n"))]
        for number, row in enumerate(mail.outbox)
    }


def in_templates() -> Texts:
    """What stands in the templates, whatever it takes to come to it."""
    folder, found = ROOT / "templates", {}
    for path in sorted(folder.rglob("*.*")):
        text = _BETWEEN.sub(_BREAK, _COMMENT.sub("", path.read_text()))
        text = _VALUE.sub(_FILLED, _TAG.sub("", text))
        read = text.split("\n\n") if path.suffix == ".txt" else runs(parse_text(text))
        found[str(path.relative_to(folder))] = [" ".join(part.split()) for row in read for part in row.split(_BREAK)]
    return found


def on_paper() -> Texts:
    """What the templates of PDFs say themselves. What else stands on paper is filled in by Python."""
    folder = ROOT / "groups" / "printing" / "pdf"
    return {path.name: list(_in_typst(path.read_text())) for path in sorted(folder.rglob("*.typ"))}


def _in_typst(text: str) -> Iterator[str]:
    """The strings of more than a word, and the words between brackets, the innermost first."""
    text = re.sub(r"//.*", "", text)
    yield from re.findall(r'"([^"\n]* [^"\n]*)"', text)
    text = re.sub(r'"[^"\n]*"', "", text)
    while found := re.findall(r"\[([^\[\]]*)\]", text):
        for words in found:
            yield " ".join(re.sub(r"#[\w.-]+(?:\([^()]*\))*", _FILLED, words).replace("*", "").split())
        text = re.sub(r"\[[^\[\]]*\]", " ", text)


#: What a database is asked.
_SQL = re.compile(r"\s*(?:UNION )?SELECT [a-z]+\.")
#: A part of a regular expression, which is compiled elsewhere: nobody reads it on a page.
_PART_OF_A_PATTERN = re.compile(r"\(\?[:=!<P]|\w\|\w|\\[bsdw]")


@functools.cache
def in_code() -> Texts:
    """The strings of more than a word that Python holds: labels, hints, refusals, subjects, what commands say."""
    found = {}
    for app in ("peersupport", "groups", "organisations", "places"):
        for path in sorted((ROOT / app).rglob("*.py")):
            # What was said once stays in migrations.
            if "migrations" not in path.parts:
                texts = [text for text in _in_python(path) if " " in text and not _is_for_machines(text)]
                found[str(path.relative_to(ROOT))] = texts
    return found


def _is_for_machines(text: str) -> bool:
    return bool(_SQL.match(text) or _PART_OF_A_PATTERN.search(text))


def _in_python(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text())
    # What is said to whoever reads the code, and patterns.
    passed_over = {row.value for row in ast.walk(tree) if isinstance(row, ast.Expr)}
    passed_over |= {part for row in ast.walk(tree) if _is_pattern(row) for part in ast.walk(row)}
    for row in ast.walk(tree):
        if isinstance(row, ast.JoinedStr) and row not in passed_over:
            passed_over |= set(ast.walk(row))
            yield "".join(part.value if isinstance(part, ast.Constant) else _FILLED for part in row.values)
        elif isinstance(row, ast.Constant) and isinstance(row.value, str) and row not in passed_over:
            yield row.value


def _is_pattern(row: ast.AST) -> bool:
    return isinstance(row, ast.Call) and ast.unparse(row.func).startswith("re.")

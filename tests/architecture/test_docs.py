"""What the documents point at is there."""

import re

import pytest

from tests.architecture.repository import APPS, ROOT, files, name

pytestmark = pytest.mark.taste

DOCUMENTS = files("*.md", "docs/**/*.md", "*/data/README.md")
FOLDERS = {*APPS, ".ci", "docs", "static", "templates", "tests"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_path_that_a_document_names_is_there(document):
    in_code = " ".join(re.findall(r"`([^`]+)`", document.read_text()))
    named = [path for path in re.findall(r"[\w./-]+", in_code) if "/" in path and path.split("/")[0] in FOLDERS]

    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_link_of_a_document_leads_to_a_file(document):
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text())

    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_decision_says_context_decision_consequences_and_alternatives():
    parts = ["**Context.**", "**Decision.**", "**Consequences.**", "**Alternatives"]
    decisions = {path: path.read_text() for path in files("docs/adr/*.md")}

    assert [name(path) for path, text in decisions.items() if any(part not in text for part in parts)] == []
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))


def test_every_make_command_of_the_documents_is_one():
    commands = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {
        word for path in DOCUMENTS for word in re.findall(r"(?:`| )make ([a-z]+)`?$", path.read_text(), re.MULTILINE)
    }

    assert named - commands == set()

"""Names are nouns and verbs of the field: the words of our old dialect are no names of anything."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.repository import APPS, files, name

pytestmark = pytest.mark.taste

FORBIDDEN = {
    "here",
    "one",
    "some",
    "said",
    "told",
    "kept",
    "drawn",
    "beside",
    "mark",
    "again_for",
    "whereabouts",
    "surroundings",
}


def names_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every name that a module gives: variables, parameters, functions, classes, attributes, and imports' own names."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=word, ctx=ast.Store()) | ast.Attribute(attr=word, ctx=ast.Store()) | ast.arg(arg=word):
                yield node.lineno, word
            case ast.FunctionDef(name=word) | ast.ClassDef(name=word) | ast.AsyncFunctionDef(name=word):
                yield node.lineno, word
            case ast.ExceptHandler(name=str(word)) | ast.MatchAs(name=str(word)) | ast.MatchStar(name=str(word)):
                yield node.lineno, word
            case ast.alias(asname=str(word)) | ast.keyword(arg=str(word)):
                yield node.lineno, word
            case ast.Global(names=words) | ast.Nonlocal(names=words):
                yield from ((node.lineno, word) for word in words)


def test_names_are_none_of_the_forbidden_ones():
    paths = [
        path
        for path in files(*(f"{app}/**/*.py" for app in [*APPS, "tests", "bench", "deploy"]), "*.py")
        if "migrations" not in path.parts
    ]

    found = [
        f"{name(path)}:{line}: {word}"
        for path in paths
        for line, word in names_of(ast.parse(path.read_text()))
        if word in FORBIDDEN
    ]

    found += [name(path) for path in paths if path.stem in FORBIDDEN or path.parent.name in FORBIDDEN]
    assert found == []

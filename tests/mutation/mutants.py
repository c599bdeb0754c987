"""The mutants of a module: its source with one small fault in each, of those that people make."""

import ast
from collections.abc import Callable, Iterator
from typing import NamedTuple

_OTHER_OPERATOR: dict[type, type] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}


#: Changes a node in place; gives what stands instead of it.
Change = Callable[[ast.AST], ast.AST | None]


def changes_of(node: ast.AST) -> Iterator[Change]:
    """Every fault that a node may have."""
    match node:
        case ast.Compare(ops=operators):
            for number, operator in enumerate(operators):
                yield _set_item("ops", number, _OTHER_OPERATOR[type(operator)]())
        case ast.BoolOp(op=operator) | ast.BinOp(op=operator) if type(operator) in _OTHER_OPERATOR:
            yield _set("op", _OTHER_OPERATOR[type(operator)]())
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield lambda node: node.operand
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test) if not _has_mutants_of_its_own(test):
            yield _set("test", ast.UnaryOp(ast.Not(), test))
        case ast.comprehension(ifs=[test, *_]) if not _has_mutants_of_its_own(test):
            yield _set_item("ifs", 0, ast.UnaryOp(ast.Not(), test))
        case ast.Constant(value=bool(value)):
            yield _set("value", not value)
        case ast.Constant(value=int(value) | float(value)):
            yield _set("value", value + 1)
        case ast.Constant(value=str(value)) if value:
            yield _set("value", f"{value}~")
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield _set("value", ast.Constant(None))
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()) | ast.Raise() | ast.AugAssign():
            yield lambda node: ast.Pass()
        case ast.Break():
            yield lambda node: ast.Continue()
        case ast.Continue():
            yield lambda node: ast.Break()


def _has_mutants_of_its_own(test: ast.expr) -> bool:
    return isinstance(test, ast.Compare | ast.BoolOp | ast.UnaryOp)


class Place(NamedTuple):
    """Where a module may have a fault, and which of the faults that are possible there."""

    #: The way to the node: fields, with the position in those that are lists.
    path: tuple[tuple[str, int | None], ...]
    number: int
    #: The function or class that it is in, with those around it; empty for the module itself.
    name: str


class Mutant(NamedTuple):
    """A module with a fault: its source, and what was changed."""

    line: int
    before: str
    after: str
    source: str


def places_of(source: str) -> list[Place]:
    """Every place of a module. Docstrings, annotations and the strings of tables are none."""
    tree = ast.parse(source)
    return [
        Place(path, number, name)
        for path, name in _nodes(tree, (), ())
        for number, _ in enumerate(changes_of(_follow(tree, path)))
    ]


def mutant_at(source: str, place: Place) -> Mutant:
    """The module with the fault of one place."""
    tree = ast.parse(source)
    *to_parent, (field, position) = place.path
    parent, node = _follow(tree, to_parent), _follow(tree, place.path)
    line, before = next((child.lineno for child in ast.walk(node) if hasattr(child, "lineno")), 0), ast.unparse(node)
    changed = list(changes_of(node))[place.number](node) or node
    if position is None:
        setattr(parent, field, changed)
    else:
        getattr(parent, field)[position] = changed
    return Mutant(line, before, ast.unparse(changed), ast.unparse(ast.fix_missing_locations(tree)))


def _nodes(node: ast.AST, path: tuple, names: tuple[str, ...]) -> Iterator[tuple[tuple, str]]:
    """The way to each node, and the name of what it is in."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        names = (*names, node.name)
    is_table = not names or names[-1][0].isupper()
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns"}:
            continue
        for position, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            is_text = isinstance(child, ast.Constant) and isinstance(child.value, str)
            if isinstance(child, ast.AST) and not _is_docstring(child) and not (is_text and is_table):
                yield (*path, (field, position)), ".".join(names)
                yield from _nodes(child, (*path, (field, position)), names)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _follow(node: ast.AST, path) -> ast.AST:
    for field, position in path:
        node = getattr(node, field) if position is None else getattr(node, field)[position]
    return node


def _set(field: str, value: object) -> Change:
    return lambda node: setattr(node, field, value)


def _set_item(field: str, number: int, value: ast.AST) -> Change:
    return lambda node: getattr(node, field).__setitem__(number, value)

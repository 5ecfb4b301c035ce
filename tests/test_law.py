"""The law is asked: a rule that no page fetches through says nothing about what pages show."""

import ast
from collections.abc import Iterator

from meanwhile.core.rules import RULES
from tests.house import modules, tree_of

ASKS = {"visible": 2, "allowed": 3, "get": 3, "can": 3}
"""The ways to ask, by how much each is told."""
UNASKED: dict[tuple[str, str], str] = {}
"""Rules that nobody asks yet, each with the reason why it stays."""

Asked = set[tuple[str, str]]


def asked_in(module: ast.Module) -> Asked:
    """Model and verb of every question that a module puts to the law."""
    found: Asked = set()
    for scope in ast.walk(module):
        if isinstance(scope, ast.FunctionDef):
            for call in _questions(scope):
                found |= _asked_by(call, scope, module)
    return found


def _questions(scope: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(scope):
        named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if named and len(node.args) == ASKS.get(node.func.id):
            yield node


def _asked_by(call: ast.Call, scope: ast.FunctionDef, module: ast.Module) -> Asked:
    assert isinstance(call.func, ast.Name)
    if call.func.id == "visible":
        return {(ast.unparse(call.args[1]), "see")}
    _who, verb, what = call.args
    model = _model_of(what, scope) if call.func.id == "can" else ast.unparse(what)
    return {(model, each) for each in _verbs(verb, scope, module)}


def _model_of(row: ast.expr, scope: ast.FunctionDef) -> str:
    """Of `can(who, "change", row)`: what `row` was fetched as, else what it is called."""
    for node in ast.walk(scope):
        fetched = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == ast.unparse(row)
        if fetched and isinstance(node.value, ast.Call) and len(node.value.args) == 3:
            return ast.unparse(node.value.args[2])
    return ast.unparse(row).split(".")[-1].capitalize()


def _verbs(verb: ast.expr, scope: ast.FunctionDef, module: ast.Module) -> set[str]:
    """The verb as it stands there; where the caller says it, every verb that callers say."""
    if isinstance(verb, ast.Constant):
        return {str(verb.value)}
    names = [each.arg for each in scope.args.args]
    if not isinstance(verb, ast.Name) or verb.id not in names:
        return set()
    place = names.index(verb.id)
    said = [each for each in scope.args.defaults if isinstance(each, ast.Constant)]
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == scope.name:
            said += [
                each for each in node.args[place : place + 1] if isinstance(each, ast.Constant)
            ]
            said += [
                each.value
                for each in node.keywords
                if each.arg == verb.id and isinstance(each.value, ast.Constant)
            ]
    return {str(each.value) for each in said}


def test_every_rule_is_asked_somewhere():
    """In what runs in the product; one rule that leans on another does not count."""
    asked: Asked = set()
    for path in modules():
        if path.name != "rules.py":
            asked |= asked_in(tree_of(path))
    declared = {(model.__name__, verb) for model, verb in RULES}
    assert sorted(declared - asked - set(UNASKED)) == [], "fetch through it, or delete it"
    assert sorted(set(UNASKED) & asked) == [], "asked by now: no exception any more"
    assert sorted(set(UNASKED) - declared) == [], "no such rule any more"


def test_the_guard_reads_every_way_of_asking():
    said = """
def page(who, verb="run"):
    row = get(who, "change", Course, pk=1)
    can(who, "look into", row)
    can(who, "teach", found.cohort)
    allowed(who, verb, Person)
    visible(who, Note)
    values.get("a", "b", Nothing)

def other(who):
    page(who, "see")
"""
    assert asked_in(ast.parse(said)) == {
        ("Course", "change"),
        ("Course", "look into"),
        ("Cohort", "teach"),
        ("Person", "run"),
        ("Person", "see"),
        ("Note", "see"),
    }
    assert asked_in(ast.parse("def page(who): return Note.objects.all()")) == set()

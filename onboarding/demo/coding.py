"""Real code of varying quality: an author's solution with a slip of the kind that people make."""

import ast
from collections.abc import Callable
from random import Random

_SWAPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}


def flawed(source: str, rng: Random) -> str:
    """The source with one slip: a wrong comparison, one off, a forgotten case, an early end, or a typing error."""
    slips: list[Callable[[ast.Module, Random], bool]] = [_compare_wrongly, _one_off, _forget_a_case, _end_early]
    rng.shuffle(slips)
    if rng.random() < 0.1:
        return source.replace(":", "", 1)
    for slip in slips:
        tree = ast.parse(source)
        if slip(tree, rng):
            return ast.unparse(ast.fix_missing_locations(tree))
    return source.replace("return", "print", 1)


def _compare_wrongly(tree: ast.Module, rng: Random) -> bool:
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Compare) and type(node.ops[0]) in _SWAPPED]
    if found:
        node = rng.choice(found)
        node.ops[0] = _SWAPPED[type(node.ops[0])]()
    return bool(found)


def _one_off(tree: ast.Module, rng: Random) -> bool:
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and type(node.value) is int]
    if found:
        node = rng.choice(found)
        node.value = int(str(node.value)) + 1
    return bool(found)


def _forget_a_case(tree: ast.Module, rng: Random) -> bool:
    """Leave out one `if` without an `else`."""
    blocks = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.For | ast.While)]
    places = [
        (block, child) for block in blocks for child in block.body if isinstance(child, ast.If) and not child.orelse
    ]
    if places:
        block, child = rng.choice(places)
        block.body[block.body.index(child)] = ast.Pass()
    return bool(places)


def _end_early(tree: ast.Module, rng: Random) -> bool:
    """Return in the first round of a loop."""
    loops = [node for node in ast.walk(tree) if isinstance(node, ast.For)]
    if loops:
        rng.choice(loops).body.append(ast.Return(value=ast.Constant(value=None)))
    return bool(loops)

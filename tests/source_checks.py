"""Checks of the source itself: names, docstrings and constants, read from the syntax tree."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "summarizers", "training")

LONGEST_FIRST_LINE = 90
"""Characters of a docstring's first line."""


def sources(*packages: str) -> list[Path]:
    """The Python files of these packages, of all that are shipped or train what is shipped by default."""
    folders = packages or PACKAGES
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py") if "versions" not in path.parts)


def name_of(path: Path) -> str:
    """A file as its path below the root."""
    return str(path.relative_to(ROOT))


def public_classes() -> dict[str, list[str]]:
    """The files that define each public class name at module level."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sources():
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(name_of(path))
    return found


def module_names() -> dict[str, list[str]]:
    """The files that bear each module's name, packages left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sources():
        if not path.stem.startswith("__"):
            found[path.stem].append(name_of(path))
    return found


_QUESTION = re.compile(r"\?\s*$")
_RIDDLE = re.compile(
    r"^(What|Which|Who|Whose|How|When|Where|Why|Whether|That|So many|So much|Such|Whoever|Whatever|Of the|"
    r"As many|Is|Are|Was|Were|Does|Do|Did|Can|May|Has|Have)\b"
)


def docstring_faults(path: Path) -> Iterator[str]:
    """Docstrings whose first line is a question, a riddle or too long."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        text = ast.get_docstring(node)
        if text is None:
            continue
        first = text.split("\n")[0].strip()
        where = f"{name_of(path)}: {getattr(node, 'name', 'module')}"
        if len(first) > LONGEST_FIRST_LINE:
            yield f"{where}: {len(first)} characters: {first}"
        elif _QUESTION.search(first) or _RIDDLE.match(first):
            yield f"{where}: {first}"


def unexplained_constants(path: Path) -> Iterator[str]:
    """Numbers at module level without a comment on or above the line, or a docstring below it."""
    source = path.read_text("utf-8")
    tree = ast.parse(source)
    comments = {
        token.start[0]
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT and not re.match(r"#\s*(noqa|type:|fmt:)", token.string)
    }
    for at, node in enumerate(tree.body):
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None or not _is_number(node.value):
            continue
        explained = comments & set(range(node.lineno - 1, (node.end_lineno or node.lineno) + 1))
        documented = _ends_in_docstring(tree.body, at)
        if not explained and not documented:
            yield f"{name_of(path)}:{node.lineno}: {ast.unparse(node)[:80]}"


def _ends_in_docstring(body: list[ast.stmt], at: int) -> bool:
    """Return whether a docstring ends the run of assignments, without blank lines, that begins here."""
    for node, behind in zip(body[at:], body[at + 1 :], strict=False):
        if isinstance(behind, ast.Expr) and isinstance(behind.value, ast.Constant):
            return True
        if not isinstance(behind, ast.Assign | ast.AnnAssign) or behind.lineno != (node.end_lineno or 0) + 1:
            return False
    return False


def _is_number(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            return True
        case ast.UnaryOp(operand=inner):
            return _is_number(inner)
        case ast.BinOp(left=left, right=right):
            return _is_number(left) and _is_number(right)
        case ast.Tuple(elts=parts) if parts:
            return all(map(_is_number, parts))
        case ast.Call(func=ast.Name(id="timedelta")):
            return True
    return False

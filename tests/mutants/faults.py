"""Every fault that can be put into a module, as an edit of its source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple


class Fault(NamedTuple):
    """One edit: ``new`` replaces the bytes from ``start`` to ``end``."""

    kind: str
    line: int
    start: int
    end: int
    new: bytes


_OPERATORS = {
    b"==": b"!=", b"!=": b"==", b"<": b"<=", b"<=": b"<", b">": b">=", b">=": b">",
    b"in": b"not in", b"not in": b"in", b"is": b"is not", b"is not": b"is", b"and": b"or", b"or": b"and",
}  # fmt: skip
_OPERATOR = re.compile(rb"not\s+in|is\s+not|[=!<>]=|[<>]|\b(?:in|is|and|or)\b")
_MAKES_PATTERNS = {
    "compile",
    "compiled",
    "token",
    "bordered",
    "labelled",
    "Detector",
    "either_engine",
    "quick_engine",
}
_LITERAL = re.compile(rb"([bBrRuUfF]*)('''|\"\"\"|'|\")")
_UNCOUNTED = {"lru_cache", "Counter"}  # calls whose numbers are sizes of caches
_TOLD = {"seen"}  # arguments that tell readers where a row comes from


def faults(source: bytes) -> list[Fault]:
    """Return the faults of a module, by place."""
    finder = _Finder(source)
    finder.visit(ast.parse(source))
    return sorted(set(finder.found), key=lambda fault: (fault.start, fault.end, fault.new))


def with_fault(source: bytes, fault: Fault) -> bytes:
    """Return a module's source with one fault in it."""
    return source[: fault.start] + fault.new + source[fault.end :]


class _Finder(ast.NodeVisitor):
    def __init__(self, source: bytes) -> None:
        self.source = source
        self.starts = [0]
        for line in source.split(b"\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.found: list[Fault] = []
        self.in_pattern = False

    def at(self, node: ast.AST) -> tuple[int, int]:
        begin = self.starts[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]
        return begin, self.starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]

    def add(self, kind: str, start: int, end: int, new: bytes) -> None:
        if self.source[start:end] != new:
            line = self.source.count(b"\n", 0, start) + 1
            self.found.append(Fault(kind, line, start, end, new))

    # --- what is no code ---

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for default in [*node.args.defaults, *node.args.kw_defaults]:
            if default is not None:
                self.visit(default)
        self.body(node.body)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.body(node.body)

    def visit_Module(self, node: ast.Module) -> None:
        self.body(node.body)

    def visit_Raise(self, node: ast.Raise) -> None:
        self.add("statement", *self.at(node), b"pass")

    def visit_Import(self, node: ast.Import) -> None:
        pass

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        pass

    def body(self, statements: list[ast.stmt]) -> None:
        for statement in statements:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                continue  # a docstring
            self.visit(statement)

    # --- statements ---

    def visit_Expr(self, node: ast.Expr) -> None:
        self.add("statement", *self.at(node), b"pass")
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.add("statement", *self.at(node), b"pass")
        self.generic_visit(node)

    def visit_Continue(self, node: ast.Continue) -> None:
        self.add("statement", *self.at(node), b"break")

    def visit_Break(self, node: ast.Break) -> None:
        self.add("statement", *self.at(node), b"continue")

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is not None and not isinstance(node.value, ast.Constant):
            self.add("return", *self.at(node.value), b"None")
        self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        self.condition(node.test)
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.condition(node.test)
        self.generic_visit(node)

    def condition(self, test: ast.expr) -> None:
        if not isinstance(test, ast.Compare | ast.UnaryOp):
            start, end = self.at(test)
            self.add("condition", start, end, b"not (" + self.source[start:end] + b")")

    # --- operators ---

    def visit_Compare(self, node: ast.Compare) -> None:
        for left, right in zip([node.left, *node.comparators], node.comparators, strict=False):
            self.operator(self.at(left)[1], self.at(right)[0])
        for side in [node.left, *node.comparators]:
            if (
                isinstance(side, ast.Constant)
                and isinstance(side.value, str | bytes)
                and side.value
            ):
                _, end = self.at(side)
                self.add("string", end - 1, end - 1, b"~")
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        for left, right in zip(node.values, node.values[1:], strict=False):
            self.operator(self.at(left)[1], self.at(right)[0])
        self.generic_visit(node)

    def operator(self, start: int, end: int) -> None:
        match = _OPERATOR.search(self.source, start, end)
        if match is not None:
            self.add("operator", *match.span(), _OPERATORS[b" ".join(match[0].split())])

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not):
            self.add("not", self.at(node)[0], self.at(node.operand)[0], b"")
        self.generic_visit(node)

    # --- constants and tables ---

    def visit_Constant(self, node: ast.Constant) -> None:
        start, end = self.at(node)
        if isinstance(node.value, bool):
            self.add("constant", start, end, str(not node.value).encode())
        elif isinstance(node.value, int):
            self.add("number", start, end, str(node.value + 1).encode())
            self.add("number", start, end, str(node.value - 1).encode())
        elif isinstance(node.value, str | bytes):
            literals = self.source[start:end]
            if self.in_pattern or re.match(rb"[bB]?[rR]", literals):
                self.pattern(start, end)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        start, end = self.at(node)
        if self.in_pattern or re.match(rb"[fF]?[rR]", self.source[start:end]):
            self.pattern(start, end)

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in _UNCOUNTED:
            return
        if name == "split" and isinstance(node.func, ast.Attribute):
            self.words(node.func.value)
        before, self.in_pattern = self.in_pattern, name in _MAKES_PATTERNS
        arguments = node.args
        if name in {
            "token",
            "bordered",
            "labelled",
            "Detector",
        }:  # name, pattern and body, but not the examples
            arguments = node.args[1:3]
            self.in_pattern = True
        for inner in [
            node.func,
            *arguments,
            *(k.value for k in node.keywords if k.arg not in _TOLD),
        ]:
            self.visit(inner)
        self.in_pattern = before

    def words(self, node: ast.expr) -> None:
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            start, end = self.at(node)
            inner = re.search(rb"(?s)(['\"]+)(.*?)\1\Z", self.source[start:end])
            for word in re.finditer(rb"[^\s]+", inner[2] if inner else b""):
                at = start + inner.start(2)  # type: ignore[union-attr]
                self.add("member", at + word.start(), at + word.end(), b"")

    def visit_Set(self, node: ast.Set) -> None:
        self.members(node)

    def visit_List(self, node: ast.List) -> None:
        self.members(node)

    def visit_Tuple(self, node: ast.Tuple) -> None:
        self.members(node)

    def members(self, node: ast.Set | ast.List | ast.Tuple) -> None:
        if len(node.elts) > 1 and isinstance(getattr(node, "ctx", None), ast.Load | None):
            for first, second in zip(node.elts, [*node.elts[1:], None], strict=True):
                if isinstance(first, ast.Constant | ast.Tuple):
                    start, end = self.at(first)
                    self.add("member", start, self.at(second)[0] if second else end, b"")
        self.generic_visit(node)

    def visit_Dict(self, node: ast.Dict) -> None:
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant):
                start, end = self.at(key)[0], self.at(value)[1]
                comma = re.compile(rb"\s*,").match(self.source, end)
                self.add("member", start, comma.end() if comma else end, b"")
        for value in node.values:
            self.visit(value)

    # --- patterns ---

    def pattern(self, start: int, end: int) -> None:
        """Add the faults of a pattern. Its source may be several literals in a row."""
        literals = self.source[start:end]
        at = 0
        while (head := _LITERAL.search(literals, at)) is not None:
            close = _closing(literals, head.end(), head[2])
            for kind, first, last, new in pattern_faults(literals[head.end() : close]):
                begin = start + head.end()
                if b"f" in head[1].lower() and _in_braces(literals[head.end() : close], first):
                    continue
                self.add(kind, begin + first, begin + last, new)
            at = close + len(head[2])


def _closing(text: bytes, at: int, quotes: bytes) -> int:
    while not text.startswith(quotes, at):
        at += 2 if text[at : at + 1] == b"\\" else 1
    return at


def _in_braces(text: bytes, at: int) -> bool:
    """Tell whether a place in an f-string is code: inside single braces."""
    before = text[:at].replace(b"{{", b"").replace(b"}}", b"")
    return before.count(b"{") > before.count(b"}")


_PART = re.compile(
    rb"(?P<count>\{\{?(?P<least>[0-9]+),?[0-9]*\}\}?)|(?P<code>\\x[0-9a-f]{2})|(?P<escape>\\.)"
    rb"|(?P<group>\(\?(?:[a-z]*[:)]|P<\w+>))|(?P<range>[0-9A-Za-z]-[0-9A-Za-z](?=[^\[]*\]))|(?P<not>(?<=\[)\^)"
    rb"|(?P<sign>[+*?|^$])|(?P<plain>[0-9A-Za-z_@<>=:;,/!#&%~-])"
)
_SIGNS = {b"+": b"*", b"*": b"+", b"?": b"", b"|": b"", b"^": b"", b"$": b""}
_ESCAPES = {b"\\s": b"\\S", b"\\w": b"\\W", b"\\v": b""}


def pattern_faults(text: bytes) -> Iterator[tuple[str, int, int, bytes]]:
    """Yield faults of a pattern: their kind, where each begins and ends, and what stands there."""
    for part in _PART.finditer(text):
        start, end = part.span()
        if part["count"]:
            least = int(part["least"])
            for other in (least + 1, max(least - 1, 0)):
                yield "count", *part.span("least"), b"%d" % other
        elif part["range"]:
            first, last = part["range"][0], part["range"][2]
            yield "range", start, start + 1, bytes([first + 1])
            yield "range", end - 1, end, bytes([last - 1])
        elif part["escape"]:
            yield "escape", start, end, _ESCAPES.get(part[0], b"")
        elif part["sign"]:
            yield "sign", start, end, _SIGNS[part[0]]
        elif not part["group"]:
            yield "character", start, end, b""

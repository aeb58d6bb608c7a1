"""A statement that is kept is put together once, so it may hold nothing of whoever asked for it first."""

from __future__ import annotations

import ast
from pathlib import Path

ROOMS = ("models", "staff", "portal", "web")
OF_THE_MOMENT = {"who", "me", "seen", "clock", "today_of", "request"}

LEAKING = """
@cache
def _receipts(): return select(PixReceipt).where(*PixReceipt.seen())
@lru_cache(100)
def _offered(_company_id): return select(Plan).where(*Plan.seen())
@cache
def _late(): return select(Ticket).where(Ticket.due_at < clock.now())
"""


def leaking(text: str) -> list[str]:
    """Kept functions that name whoever acts, or the clock, and are not kept for each company apart."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef) or not any(_keeps(each) for each in node.decorator_list):
            continue
        named = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        named |= {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
        apart = any("company" in argument.arg for argument in node.args.args)
        if wrong := named & (OF_THE_MOMENT - {"seen"} if apart else OF_THE_MOMENT):
            found.append(f"{node.name}: {', '.join(sorted(wrong))}")
    return found


def _keeps(decorator: ast.expr) -> bool:
    """`@cache` and `@lru_cache(n)`; a `@cached_property` ends with its object."""
    named = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(named, ast.Name) and named.id in ("cache", "lru_cache")


def test_what_is_kept_holds_nothing_of_whoever_asked_first():
    assert leaking(LEAKING) == ["_receipts: seen", "_late: clock"]
    files = [path for room in ROOMS for path in sorted(Path(room).rglob("*.py"))]
    assert len(files) > 200
    found = {str(path): wrong for path in files if (wrong := leaking(path.read_text()))}
    assert found == {}, "give it the company as an argument, or the value as a bindparam"

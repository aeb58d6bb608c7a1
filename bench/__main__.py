"""bin/bench: what was measured, and which goals were met. Never fails a build."""

from __future__ import annotations

import argparse
import html
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import create_engine

from bench import bare, phone
from bench.installations import Installation, installations, quiet
from bench.turns import Request, Took, take_turns
from web.access import staff

LISTS = [f"customer list, page {number}" for number in (1, 2, 3, 4)]
BY_WORDS = ["search by part of name", "search by street"]
BY_NUMBERS = ["search by part of CPF", "search by phone", "search by part of phone"]
SEARCHES = [*BY_WORDS, *BY_NUMBERS]
CUSTOMER, CENTRAL = "customer page", "Central home"
Pair = tuple[Request, Request]  # ours, bare
Taken = dict[tuple[int, str], Took]


def main() -> None:
    options = _options()
    small, big = sizes = options.customers
    with (
        tempfile.TemporaryDirectory(prefix="enlace-bench-") as folder,
        installations(Path(folder), sizes, options.db) as made,
    ):
        quiet()
        _put_a_bare_page_behind_our_door(made[0])
        figures = _figures(made, options.rounds)
        cpu = options.db == "sqlite"  # elsewhere the database has a processor time of its own
        _print_pages(figures, small, big)
        _print_growth({name: _growth(taken, small, big, cpu) for name, taken in figures.items()})
        _print_list(figures[LISTS[0]], small, big)
        _print_tax(made[0], options.rounds)
        _print_phone(made[0])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--db", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--rounds", type=int, choices=range(3, 58), metavar="3-57", default=40, help="turns of each")
    parser.add_argument("--customers", type=int, nargs=2, metavar="N", default=[1_000, 20_000], help="two sizes")
    return parser.parse_args()


# ---- measuring


def _figures(made: list[Installation], rounds: int) -> dict[str, Taken]:
    """Of each page: ours and bare, in both sizes, in turns."""
    pairs = {of.size: dict(_pairs(of)) for of in made}
    figures = {}
    for name in [*LISTS, *SEARCHES, CUSTOMER, CENTRAL]:
        turns = {
            (size, who): request
            for size, pair in pairs.items()
            for who, request in zip(("ours", "bare"), pair[name], strict=True)
        }
        for of in made:
            of.forget_searches()
        figures[name] = take_turns(turns, rounds)
    return figures


def _put_a_bare_page_behind_our_door(of: Installation) -> None:
    engine = create_engine(of.url)
    view = staff("people.read")(lambda: bare.customer_page(engine, of.customer))
    of.app.add_url_rule("/bench", "bench", view, methods=["GET", "POST"])


def _pairs(of: Installation) -> Iterator[tuple[str, Pair]]:
    other = bare.make(create_engine(of.url), of.company_id)
    here = {"Cookie": of.staff}
    path = "/clientes"
    for number, name in enumerate(LISTS, 1):
        ours = Request(of.app, path, headers=here)
        yield name, (ours, Request(other, f"/clientes?pagina={number}"))
        path = _next(ours)
    for name, typed in zip(BY_WORDS, ("mari", "acacias"), strict=True):  # stand in the address
        yield name, (Request(of.app, f"/clientes?q={typed}", headers=here), Request(other, f"/clientes?q={typed}"))
    token, cookies = of.token("/clientes", of.staff)
    for name, typed in zip(BY_NUMBERS, (of.document[:6], of.mobile, of.mobile[-6:]), strict=True):
        form = {"q": typed}
        ours = Request(of.app, "/clientes", {**form, "csrf_token": token}, {"Cookie": cookies})
        yield name, (ours, Request(other, "/clientes", form))
    path = f"/clientes/{of.customer}"
    yield CUSTOMER, (Request(of.app, path, headers=here), Request(other, path))
    yield (
        CENTRAL,
        (
            Request(of.app, "/central/", headers={"Cookie": of.central}),
            Request(other, f"/central/{of.customer}"),
        ),
    )


def _next(ours: Request) -> str:
    """The address of the page behind one."""
    found = re.search(r'href="([^"]+)" rel="next"', ours.send().body.decode())
    if not found:
        raise RuntimeError(f"{ours.path} is the last page")
    return html.unescape(found[1])


def _growth(taken: Taken, small: int, big: int, cpu: bool) -> float:
    one, other = taken[small, "ours"], taken[big, "ours"]
    return other.cpu / one.cpu if cpu else other.p50 / one.p50


# ---- saying


def _print_pages(figures: dict[str, Taken], small: int, big: int) -> None:
    print(f"{'server CPU-ms / p50 ms':26}" + "".join(f"{f'{n:,} customers':^34}" for n in (small, big)))
    print(" " * 26 + f"{'ours':>13}{'bare':>13}{'ratio':>8}" * 2)
    for name, taken in figures.items():
        line = f"{name:26}"
        for size in (small, big):
            ours, other = taken[size, "ours"], taken[size, "bare"]
            line += f"{_both(ours):>13}{_both(other):>13}{ours.cpu / other.cpu:7.1f}x"
        print(line)


def _both(took: Took) -> str:
    return f"{took.cpu:.1f} / {took.p50:.1f}"


def _print_growth(growth: dict[str, float]) -> None:
    print()
    lists, searches = max(growth[name] for name in LISTS), max(growth[name] for name in SEARCHES)
    _say(5, "pages 1 to 4, growth", f"{lists:.2f} x", "1.3 x", lists <= 1.3)
    _say(5, "searches, growth", f"{searches:.2f} x", "1.6 x", searches <= 1.6)


def _print_list(taken: Taken, small: int, big: int) -> None:
    """A plain PHP list took 1.4 of the bare one at 1,000 rows (6 and 4.3 ms), and 32 ms at 20,000: 0.4 of that is 3."""
    one = taken[small, "ours"].p50 / taken[small, "bare"].p50
    other = taken[big, "ours"].p50 / taken[small, "bare"].p50
    cpu = max(taken[size, "ours"].cpu / taken[size, "bare"].cpu for size in (small, big))
    _say(6, "list to the bare one, CPU", f"{cpu:.2f} x", "2.0 x", cpu <= 2)
    _say(6, f"list of {small:,} to the bare one", f"{one:.2f} x", "1.4 x", one <= 1.4)
    _say(6, f"list of {big:,} to the bare one of {small:,}", f"{other:.2f} x", "3.0 x", other <= 3)


def _print_tax(of: Installation, rounds: int) -> None:
    """The very same bare page behind our door and behind none."""
    other, path = bare.make(create_engine(of.url), of.company_id), f"/clientes/{of.customer}"
    token, cookies = of.token("/clientes", of.staff)
    turns = {
        "read": Request(of.app, "/bench", headers={"Cookie": cookies}),
        "bare read": Request(other, path),
        "form": Request(of.app, "/bench", {"csrf_token": token}, {"Cookie": cookies}),
        "bare form": Request(other, path, {"csrf_token": token}),
    }
    took = take_turns(turns, rounds)
    for name, words in (("read", "session, permission, acting"), ("form", "the same and CSRF")):
        tax = took[name].cpu - took[f"bare {name}"].cpu
        _say(7, words, f"{tax:.2f} ms", "1.5 ms", tax <= 1.5)


def _print_phone(of: Installation) -> None:
    first, again, fragment = phone.weigh(of)
    total = sum(first) / 1024
    few = total <= 45 and len(first) <= 6
    _say(11, "first load of the Central", f"{total:.1f} KB in {len(first)}", "45 KB in 6", few)
    _say(11, "the same page again", f"{again / 1024:.1f} KB", "8 KB", again <= 8 * 1024)
    _say(11, "a fragment", f"{fragment / 1024:.1f} KB", "4 KB", fragment <= 4 * 1024)
    painted = phone.paint(of)
    if painted is None:
        print("12  no Chromium here; bin/setup --tests brings one")
        return
    for name, most in (("first visit", 3), ("next visit", 1.5)):
        seen, loaded = painted[name]
        _say(
            12, f"400 kbit/s, 400 ms, {name}", f"{seen:.2f} s", f"{most} s", seen <= most, f"all loaded {loaded:.2f} s"
        )


def _say(row: int, what: str, is_so: str, goal: str, met: bool, more: str = "") -> None:
    print(f"{row:2}  {what:42}{is_so:>16}  goal {goal:11}{'met' if met else 'MISSED':8}{more}".rstrip())


if __name__ == "__main__":
    main()

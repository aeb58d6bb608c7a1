"""Days without a zone: only where no company is known, or where somebody looks at rows of several at once (B.14)."""

import ast

import pytest

from tests.shape.test_files import SOURCES, relative

PLACE = {"today": 1, "local": 2, "at": 3, "end_of": 2}  # of the zone among the arguments

# File: why the day of whoever looks is the right one there.
WITHOUT = {
    "models/clock.py": "defines them",
    "models/billing/charge.py": "a form in which no service was chosen yet",
    "models/people/person.py": "a birth date, which no company decides; a sale asks inside the zone of its company",
    "models/sales/answers.py": "asked inside the zone of the sale: Sale.answer, Sale.complete, staff/sales/loading.py",
    "models/operators/company.py": "a limit of two years",
    "models/worklist/counts.py": "visits of several companies, in the day of who looks",
    "models/worklist/events.py": "the day and month of who looks, over rows of several companies",
    "models/worklist/money.py": "the month of who looks, over invoices of several companies",
    "models/worklist/sales.py": "the month of who looks",
    "models/worklist/to_do.py": "words of a line, for who looks",
    "models/worklist/waiting.py": "what ends today, for who looks",
    "models/agenda/day.py": "the day of who looks, over visits of several companies",
    "models/agenda/week.py": "the days of who looks, over visits of several companies",
    "models/agenda/diary.py": "the stretch that is read, by who looks; hours are counted on the clock of the company",
    "staff/field/agenda.py": "the day in the address, of who looks",
    "staff/field/agenda_days.py": "the day of who looks; a proposal is drawn on the clock of its company",
    "staff/field/agenda_weeks.py": "the days of who looks",
    "staff/field/appointments.py": "from which day on hours are read, inside the zone of the order",
    "staff/field/absences.py": "the day a form is proposed with, of who looks",
    "models/desk/board.py": "how many cards ended this month, for who looks at a board of several companies",
    "models/desk/cash_desks.py": "the days a list begins and ends with, for who looks",
    "models/desk/contract_list.py": "how long terms of several companies go on, for who looks",
    "models/desk/customer_answer.py": "moments and months of a sentence, for who looks",
    "models/desk/customer_news.py": "moments of a page, for who looks",
    "models/desk/customer_services.py": "moments of a page and a hint a month ahead, for who looks",
    "models/desk/next_carnes.py": "a hint a month ahead, for who looks",
    "models/desk/rehearsal.py": "one night over services of several companies",
    "models/desk/rehearsal_rows.py": "words on that page",
    "models/desk/order_list.py": "the days of a filter, for who looks",
    "models/desk/periods.py": "the month a report begins with, for who looks",
    "models/desk/cuts.py": "a day too much on both sides; each cut is then counted on the day of its company",
    "staff/reports.py": "the hour a page was drawn, and the word hoje, for who looks",
    "models/dunning/ladder.py": "words of a step; every limit in it is of its company",
    "models/desk/technician_visits.py": "the day of whoever looks at it: a technician, of orders of several companies",
    "models/sales/proposals.py": "drawn inside the zone of the sale",
    "models/wording.py": "whether a date needs its year",
    "staff/contracts/all_contracts.py": "the days a filter begins with, for who looks",
    "staff/home.py": "the greeting of who looks",
    "staff/home_charts.py": "the month of who looks",
    "staff/worklist.py": "the day a list is asked for, by who looks",
    "staff/carnes/carnes.py": "the preview of a form in which no service may be chosen yet",
    "staff/carnes/renewals.py": "hints a month ahead, for who looks",
    "jobs/backups/archive.py": "the name of a file",
    "jobs/commands/routines.py": "a day typed at the machine",
    "jobs/dunning.py": "which services to look at; each is climbed by the day and hour of its company",
    "web/formats.py": "moments of a page, in the zone it is drawn in",
}


def found(tree):
    """Lines of calls that leave the zone out."""
    for node in ast.walk(tree):
        of = getattr(node, "func", None)
        if isinstance(of, ast.Attribute) and getattr(of.value, "id", "") == "clock" and of.attr in PLACE:
            named = any(keyword.arg == "zone" for keyword in node.keywords)
            if len(node.args) < PLACE[of.attr] and not named:
                yield node.lineno


def test_a_day_has_a_zone():
    bare = {relative(path): list(found(ast.parse(path.read_text()))) for path in SOURCES}
    bare = {name: lines for name, lines in bare.items() if lines}
    assert set(bare) - set(WITHOUT) == set(), {name: bare[name] for name in set(bare) - set(WITHOUT)}


def test_the_list_is_current():
    bare = {relative(path) for path in SOURCES if list(found(ast.parse(path.read_text())))}
    assert set(WITHOUT) - bare - {"models/clock.py"} == set()


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("clock.today()", True),
        ("clock.today(zone)", False),
        ("clock.local(at)", True),
        ("clock.local(at, zone=zone)", False),
        ("clock.end_of(day)", True),
        ("clock.at(day, hour)", True),
        ("clock.at(day, hour, zone)", False),
    ],
)
def test_a_planted_call_is_found(line, wrong):
    assert bool(list(found(ast.parse(line)))) is wrong

"""What a query may see: the rows of the company somebody works in and those of TODAS, in every statement (X-01)."""

from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, ForeignKey, Join, Table, TableClause, TextClause, event, false, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import LoaderCriteriaOption, Mapped, ORMExecuteState, Session, mapped_column, with_loader_criteria
from sqlalchemy.sql.compiler import SQLCompiler

from models.base import Base
from models.scope.acting import TODAS, NobodyActing, acting_now, who


class OfCompany:
    """Rows of a company: a query sees those of the acting company and those of TODAS, no others (X-01)."""

    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), info={"title": "empresa"})


class OfOneCompany(OfCompany):
    """Rows no other company reads: one of TODAS may be about customers of any, and is for who works in TODAS."""

    @classmethod
    def seen(cls) -> list[ColumnElement[bool]]:
        """Conditions of the rows whoever acts may see."""
        mine = who().company_id
        return [] if mine == TODAS else [cls.company_id == mine]


class Unfiltered(RuntimeError):
    """Rows of companies are asked for where the filter does not reach: through a bare table, or in a text."""


@event.listens_for(Session, "do_orm_execute")
def _filter(state: ORMExecuteState) -> None:
    """Every statement is filtered, unless it says why it may see all companies:

    rows.execution_options(every_company="one document, one person")
    """
    now = acting_now()
    if state.is_column_load:
        state.statement = state.statement.execution_options(every_company="a row that is here is read again as it is")
    elif state.is_relationship_load or state.execution_options.get("every_company"):
        return
    elif now is None:
        state.statement = state.statement.options(_OF_NOBODY)
    elif now.company_id != TODAS:
        state.statement = _within(now.company_id, state.statement)


# Statements that are kept (`@cache`, with bindparam) are kept filtered as well, and with them the key SQLAlchemy
# finds their text by.
_kept: WeakKeyDictionary[Any, dict[int, Any]] = WeakKeyDictionary()


def _within(company_id: int, statement: Any) -> Any:
    known = _kept.setdefault(statement, {})
    if company_id not in known:
        known[company_id] = statement.options((_read if statement.is_select else _changed)(company_id))
    return known[company_id]


@cache
def _read(company_id: int) -> LoaderCriteriaOption:
    """Two numbers of our own in the text: one text for each company, and no parameters to work out at each reading."""
    seen: ColumnElement[Any] = literal_column(f"({TODAS}, {company_id:d})")
    return with_loader_criteria(OfCompany, lambda cls: cls.company_id.op("IN", 5, True)(seen), include_aliases=True)


@cache
def _changed(company_id: int) -> LoaderCriteriaOption:
    """As parameters, for what is changed is also looked for among the rows in hand."""
    seen = (TODAS, company_id)
    return with_loader_criteria(OfCompany, lambda cls: cls.company_id.in_(seen), include_aliases=True)


_OF_NOBODY = with_loader_criteria(OfCompany, lambda cls: false(), include_aliases=True)


# The option reaches the mapped classes of a statement, subqueries and joins too; a bare table or a text it passes by.
# That is seen where SQL is written, which happens once for each statement and is kept: so it costs nothing later.


@compiles(TableClause)
@compiles(Table)
def _write_table(table: TableClause, compiler: SQLCompiler, asfrom: bool = False, **kw: Any) -> Any:
    option = _option(compiler) if asfrom and table.name in _tables() else None
    if option is _OF_NOBODY:
        raise NobodyActing(f"rows of {table.name} are asked for, and nobody is acting")
    alias = kw.get("enclosing_alias")
    named = alias if alias is not None and alias.element is table else table
    if option and named not in _filtered(compiler.stack[-1]):
        raise Unfiltered(f"the filter does not reach {table.name} here: select its class, or say every_company=")
    return compiler.visit_table(table, asfrom=asfrom, **kw)  # type: ignore[no-untyped-call]


@compiles(TextClause)
def _write_text(text: TextClause, compiler: SQLCompiler, **kw: Any) -> Any:
    if _option(compiler):
        raise Unfiltered(f"the filter does not reach into a text: say every_company= with {text.text!r}")
    return compiler.visit_textclause(text, **kw)  # type: ignore[no-untyped-call]


def _option(compiler: SQLCompiler) -> LoaderCriteriaOption | None:
    """The filter of the whole statement that is being written."""
    options = getattr(compiler.statement, "_with_options", ())
    reason = compiler.execution_options.get("every_company")
    return None if reason else next((option for option in options if isinstance(option, LoaderCriteriaOption)), None)


def _filtered(written: Any) -> set[Any]:
    """The tables and aliases that a SELECT, UPDATE or DELETE filters, in its WHERE or in a join."""
    joins = [part.onclause for part in written["asfrom_froms"] if isinstance(part, Join)]
    clauses = [*joins, *written["selectable"]._where_criteria]
    conditions = [part for clause in clauses for part in getattr(clause, "clauses", [clause])]
    return {part.left.table for part in conditions if "for_loader_criteria" in part._annotations}


@cache
def _tables() -> set[str]:
    return {mapper.local_table.description for mapper in Base.registry.mappers if issubclass(mapper.class_, OfCompany)}

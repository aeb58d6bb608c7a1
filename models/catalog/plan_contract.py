"""What a plan's contract would leave open: asked when a template is published and when a plan is saved (B-19)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from models.base import db
from models.catalog.contract_fields import company_values, kinds_of, plan_values
from models.catalog.contract_sample import LOYALTY, NOT_EVERYBODY, NOT_IN_A_CARNE, SAMPLE
from models.catalog.contract_template import ContractTemplate
from models.catalog.contract_text import open_fields
from models.operators import Company
from models.scope import TODAS
from models.wording import listed

MOST = 3  # plans and fields that a sentence names


class FillsContract:
    """What a plan knows of the contracts that are made of it."""

    if TYPE_CHECKING:  # columns of Plan
        name: Mapped[str]
        company_id: Mapped[int]
        technology: Mapped[str]
        download_mbps: Mapped[int]
        upload_mbps: Mapped[int]

    def left_open(
        self, template: ContractTemplate, body: str, items: Sequence[str], seller: Company | None = None
    ) -> list[str]:
        """The values this text names and a contract of this plan would not have; `items` are the kinds of its items.

        `seller`: asked of this company alone.
        Asked for whoever may buy it: with a carnê and without one, in each company that sells it; for somebody of whom
        all is known and, of each value that is known of some only, for somebody of whom just that is not. The more is
        known the more prints, so nobody's contract leaves open what none of these does.
        """
        plan = plan_values(self.name, self.technology, self.download_mbps, self.upload_mbps, 1)
        loyalty = dict.fromkeys((*LOYALTY, *OF_LOYALTY), "x") if template.loyalty_months else {}
        lacking = ["", *(name for name in sorted(NOT_EVERYBODY) if name in body)]
        customers = [dict.fromkeys(NOT_EVERYBODY - {name}, "x") for name in lacking]
        found: list[str] = []
        for company in [seller] if seller else _sellers(self.company_id):
            values = {**ALWAYS, **plan, **company_values(company), **dict.fromkeys(OF_TEMPLATE, "x"), **loyalty}
            in_carne = {name: value for name, value in values.items() if name not in NOT_IN_A_CARNE}
            for each, uses_carne in ((values, False), (in_carne, True)):
                kinds = kinds_of(self.technology, self.download_mbps, items, uses_carne)
                for customer in customers:
                    found += open_fields(body, {**each, **customer}, kinds)
        return list(dict.fromkeys(found))


ALWAYS = {name: value for name, value in SAMPLE.items() if name not in NOT_EVERYBODY}
OF_TEMPLATE = ("contrato.modelo", "contrato.revisao")
OF_LOYALTY = ("fidelidade.meses", "fidelidade.beneficio", "fidelidade.valor_beneficio")


def left_open_words(fields: Sequence[str], plans: Iterable[str], template: str = "") -> str:
    """The refusal: which values, of which plans, and what to do about the first of them, in the text of `template`."""
    first, where = fields[0], _some(list(plans))
    what = _some([f"{{{{{name}}}}}" for name in fields])
    filled = "Preencha em Configuração, Empresas, ou ponha" if first.startswith("empresa.") else "Ponha"
    text = f", no texto de {template}," if template else ""
    return (
        f"O contrato de {where} ficaria sem {what}. {filled}{text} o trecho entre {{{{#{first}}}}} e {{{{/{first}}}}}: "
        "assim ele só sai quando há valor."
    )


def _some(names: Sequence[str]) -> str:
    return listed([*names[:MOST], f"mais {len(names) - MOST}"] if len(names) > MOST else list(names))


def _sellers(company_id: int) -> list[Company]:
    real = select(Company).where(Company.id != TODAS, Company.inactive_since.is_(None)).order_by(Company.id)
    wanted = real if company_id == TODAS else select(Company).where(Company.id == company_id)
    return list(db.session.scalars(wanted.execution_options(populate_existing=True)))

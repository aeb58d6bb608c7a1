"""Values in, the HTML and CSS of a printed document out. Plain Jinja: the worker has no request."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from models.catalog.contract_fields import paper_values
from models.catalog.contract_text import Block, complete, filled, known, printed
from models.wording import EM_DASH, counted
from web import codes

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
DEFAULT_CONTRACT = "documents/contract/default.txt"

# Of an invoice: how much paper a line takes, and how much there is for lines above the slip, with and without the rest.
LINE_MM, ROW_MM, HEAD_MM = 11.5, 6.8, 10.0
LONG_LINE = 85  # letters
FREE_MM, SHEET_MM = 46.0, 100.0
_BRAND = re.compile(r"#[0-9a-fA-F]{6}")
_GLUED = re.compile(
    r"(?<=R\$) (?=\d)|(?<=nº) (?=\d)|(?<=CPF) (?=\d)|(?<=CNPJ) (?=\d)"
    r"|(?<=\d) (?=%|[KMG]bps|dias?\b|mes(?:es)?\b|horas?\b|anos?\b)"
)


class Company(TypedDict):
    name: str
    legal_name: str
    cnpj: str
    address: str
    phone: str
    site: str
    brand: str
    """#rrggbb, already dark enough for white on it"""
    has_logo: bool
    """whether `asset:logo` will be among the assets; the tile shows an initial otherwise"""


class ContractData(TypedDict):
    """All a contract is printed from, stored as JSON beside its bytes: dates and money are already text."""

    title: str
    number: str
    template_name: str
    revision: str
    issued_on: str
    body: str
    """the template's text of that revision (models/catalog/contract_text.py)"""
    company: Company
    values: dict[str, str]
    """placeholder -> text; company, number and date need not be repeated here"""
    kinds: NotRequired[list[str]]
    """what its stretches are chosen by; a contract whose text has none goes without"""
    composition: list[tuple[str, str]]
    """(item, amount); JSON gives the pairs back as lists, which print alike"""
    first_invoice: list[tuple[str, str, str]]
    """(line, its arithmetic or "", amount)"""


@dataclass(frozen=True)
class Fact:
    label: str
    value: str
    wide: bool = False


def contract_html(data: ContractData) -> tuple[str, str]:
    """The page and its style sheet, for `web.pdf.render`."""
    given = paper_values(data)
    holds = {*data.get("kinds", ()), *known(given)}
    blocks: list[Block] = [filled(block, given) for block in printed(data["body"], holds)]
    page = _environment().get_template("documents/contract/document.html")
    html = page.render(
        **data,
        blocks=blocks,
        value=complete(given),
        known=known(given),
        facts=_facts(given),
        has_loyalty=_has_loyalty(given),
        responsible=given.get("cliente.responsavel", "").strip(),
        offer=given.get("oferta.codigo", ""),  # a contract that waits to be printed since before offers has none
        first_invoice_sum=_sum(data["first_invoice"]),
    )
    return html, _sheet("documents/contract/print.css", brand=data["company"]["brand"])


def invoice_html(data: dict[str, Any]) -> tuple[str, str]:
    """Recibo do pagador above, ficha de compensação below (FEBRABAN); `models.papers` gives the values."""
    page = _environment().get_template("documents/invoice/document.html")
    html = page.render(**data, has_room="past" in data and _has_room(data))
    return html, _sheet("documents/slip.css", "documents/invoice/print.css", brand=data["company"]["brand"])


def _has_room(data: dict[str, Any]) -> bool:
    """Whether what stands beside the sum fits above the slip. A sum that flows to a second sheet has its room there."""
    parts = sum(len(line["items"]) + bool(line["discount"]) for line in data["lines"])
    changes = HEAD_MM + ROW_MM * len(data["changes"]) if data["changes"] else 0
    names = ROW_MM * sum(len(text) > LONG_LINE for text in (data["payer"]["name"], data["payer"]["address"]))
    used = LINE_MM * len(data["lines"]) + ROW_MM * parts + changes + names
    return not FREE_MM < used < SHEET_MM


def carne_html(data: dict[str, Any]) -> tuple[str, str]:
    """Three slips on each sheet."""
    html = _environment().get_template("documents/carne/document.html").render(**data)
    return html, _sheet("documents/slip.css", "documents/carne/print.css", brand=data["company"]["brand"])


def receipt_html(data: dict[str, Any]) -> tuple[str, str]:
    """A receipt of the counter, on A4 or on a roll of 80 mm; `models.papers` gives the values."""
    html = _environment().get_template("documents/receipt/document.html").render(**data)
    return html, _sheet(f"documents/receipt/{data['paper']}.css", brand=data["company"]["brand"])


def cash_desk_html(data: dict[str, Any]) -> tuple[str, str]:
    """The report of one cash desk."""
    html = _environment().get_template("documents/cash_desk/document.html").render(**data)
    return html, _sheet("documents/cash_desk/print.css", brand=data["company"]["brand"])


def work_order_html(data: dict[str, Any]) -> tuple[str, str]:
    """The sheet of a work order, by the print profile of its type."""
    html = _environment().get_template("documents/work_order/document.html").render(**data)
    return html, _sheet("documents/work_order/print.css", brand=data["company"]["brand"])


DOCUMENTS: dict[str, Callable[[Any], tuple[str, str]]] = {
    "contract": contract_html,
    "invoice": invoice_html,
    "carne": carne_html,
    "receipt": receipt_html,
    "cash_desk": cash_desk_html,
    "work_order": work_order_html,
}


def default_contract() -> str:
    """The text a new provider starts from."""
    return (TEMPLATES / DEFAULT_CONTRACT).read_text(encoding="utf-8")


def _facts(given: dict[str, str]) -> list[Fact]:
    """Who and where. What was not asked of this subscriber leaves no empty field behind."""
    asked = [(label, given.get(name, "").strip()) for label, name in _narrow_labels(given)]
    halves = [Fact(label, value) for label, value in asked if value]
    if len(halves) % 2:
        halves[-1] = replace(halves[-1], wide=True)
    return halves + _addresses(given)


def _narrow_labels(given: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (given.get("cliente.documento_tipo") or "CPF ou CNPJ", "cliente.documento"),
        ("Telefone", "cliente.telefone"),
        ("E-mail", "cliente.email"),
        ("RG", "cliente.rg"),
        ("Nascimento", "cliente.nascimento"),
        ("Nome fantasia", "cliente.nome_fantasia"),
        ("Inscrição estadual", "cliente.inscricao_estadual"),
        ("Responsável", "cliente.responsavel"),
    ]


def _addresses(given: dict[str, str]) -> list[Fact]:
    home, billing = given.get("servico.endereco_instalacao", ""), given.get("cliente.endereco_cobranca", "")
    if home == billing:
        return [Fact("Endereço da instalação e de cobrança", home, wide=True)] if home else []
    both = [Fact("Endereço da instalação", home, wide=True), Fact("Endereço de cobrança", billing, wide=True)]
    return [fact for fact in both if fact.value]


def _has_loyalty(given: dict[str, str]) -> bool:
    return bool(given.get("fidelidade.meses", "").strip("0 "))


def _sum(lines: list[tuple[str, str, str]]) -> str:
    """`43,29 + 99,90`, while it fits under its total."""
    amounts = [amount.removeprefix("R$").strip() for _, _, amount in lines]
    return " + ".join(amounts) if 1 < len(amounts) < 4 else ""


def glue(text: str) -> str:
    """Keep a figure and its unit on one line: no `R$` at the end of one and `99,90` on the next."""
    return _GLUED.sub("\N{NO-BREAK SPACE}", text)


def said(words: list[str]) -> str:
    """What is known of these, a dot between: '0800 000 1234 · valeclaro.example'."""
    return " · ".join(word for word in words if word not in ("", EM_DASH))


@cache
def _environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {"glue": glue, "barcode": codes.barcode_svg, "qr": codes.qr_png, "counted": counted, "said": said}
    return env


def _sheet(*paths: str, brand: str) -> str:
    if not _BRAND.fullmatch(brand):
        raise ValueError(f"not a colour: {brand!r}")
    sheets = [(TEMPLATES / path).read_text(encoding="utf-8") for path in paths]
    return "\n".join([*sheets, f":root {{ --brand: {brand} }}\n"])

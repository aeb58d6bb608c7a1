"""One golden page for each kind of customer and plan: every paper is whole, and speaks of what was sold (B-19)."""

from __future__ import annotations

import html
import re

import pytest
from sqlalchemy import select, update

from models.billing import Carne, Invoice
from models.catalog.contract_text import MISSING
from models.papers import carne_paper, contract_paper, invoice_paper
from models.services import Service
from models.services.composition import ServiceItem
from tests import cast
from web.documents import carne_html, contract_html, invoice_html

INTERNET = ("Serviço de Comunicação Multimídia (SCM)", "registros de conexão", "a rede é neutra")
TELEPHONE = ("Serviço Telefônico Fixo Comutado (STFC)", "portabilidade", "registros das ligações")


def words(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).replace("\u00a0", " ").split())


def whole(text: str) -> bool:
    return not [sign for sign in (MISSING, "{{", "}}", "None", " — ", "··") if sign in text]


KINDS = [
    pytest.param({}, INTERNET, TELEPHONE, id="internet"),
    pytest.param({"technology": "phone", "download_mbps": 0, "upload_mbps": 0}, TELEPHONE, INTERNET, id="telephone"),
    pytest.param({"stfc": True}, INTERNET + TELEPHONE, (), id="both"),
]


@pytest.mark.parametrize("uses_carne", [False, True], ids=["invoices", "carne"])
@pytest.mark.parametrize("who", ["rita", "sol"], ids=["pf", "pj"])
@pytest.mark.parametrize(("sold", "said", "unsaid"), KINDS)
def test_a_contract_is_whole_and_speaks_of_its_service(db, sold, said, unsaid, who, uses_carne):
    service = cast.service(getattr(cast, who)(), None if who == "rita" else "Fibra 1 Gbps")
    changes = {key: value for key, value in sold.items() if key != "stfc"}
    db.execute(
        update(Service)
        .where(Service.id == service.id)
        .values(uses_carne=uses_carne, installation_fee_cents=0, **changes)
    )
    if "stfc" in sold:
        last = select(ServiceItem.id).where(ServiceItem.service_id == service.id).order_by(ServiceItem.id).limit(1)
        db.execute(update(ServiceItem).where(ServiceItem.id == db.scalar(last)).values(kind="stfc"))
    elif "technology" in sold:
        db.execute(update(ServiceItem).where(ServiceItem.service_id == service.id).values(kind="stfc"))
    db.expire_all()
    text = words(contract_html(contract_paper(cast.contract(cast.service(getattr(cast, who)(), service.plan_name))))[0])
    assert whole(text)
    assert [phrase for phrase in said if phrase not in text] == []
    assert [phrase for phrase in unsaid if phrase in text] == []
    document = "CPF" if who == "rita" else "CNPJ"
    assert f"Assinante · {document}" in text
    assert ("A primeira fatura vence em" in text, "lâminas do carnê" in text) == (not uses_carne, uses_carne)


def test_every_invoice_and_carne_of_the_house_is_whole(db, billed):
    """Monthly, by Pix, in a carnê, of one service and of several, paid in part, contested."""
    invoices = db.scalars(select(Invoice).where(Invoice.status == "open", Invoice.paid_cents == 0)).all()
    printed = [words(invoice_html(invoice_paper(row))[0]) for row in invoices if not row.refusal_to_close()]
    printed += [
        words(carne_html(carne_paper(row))[0]) for row in db.scalars(select(Carne)) if not row.refusal_to_print()
    ]
    assert len(printed) > 4
    assert [text for text in printed if not whole(text)] == []

"""`python -m bench.carne`: 12 slips, ours beside the naive ones, in turns."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from models import banking
from web import codes
from web.documents import carne_html
from web.pdf import _draw

SLIPS, TURNS = 12, 7
NAIVE_CSS = """
@page { size: A4; margin: 4mm } body { font: 8pt/1.3 "Noto Sans", sans-serif } p { margin: 1mm 0 }
.strip { display: flex; height: 94mm; border-bottom: 1px dashed; break-inside: avoid }
.stub { flex: 0 0 38mm; border-right: 1px dashed } .slip { flex: 1; padding-left: 4mm }
.bank, .foot, .why, .dots { display: flex; justify-content: space-between; gap: 2mm }
.dots i { width: 1mm; height: 1mm; border: 1px solid; border-radius: 50% } .qr { width: 24mm; height: 24mm }
table { width: 100%; border-collapse: collapse } td { border: 1px solid #999; padding: .5mm 1mm; vertical-align: top }
small { font-size: 6pt } .itf { width: 103mm; height: 13mm }
"""


def main() -> None:
    paper = _paper()
    jobs = {"ours": carne_html(paper), "naive": _naive(paper)}
    took: dict[str, list[float]] = {name: [] for name in jobs}
    for turn in range(TURNS + 1):
        for name, (html, css) in jobs.items():
            began = time.process_time()
            _draw(html, [css], {})
            if turn:  # the first one loads the fonts
                took[name].append(time.process_time() - began)
    ours, naive = (statistics.median(took[name]) for name in ("ours", "naive"))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"carnê of {SLIPS} slips: {ours:.2f} CPU-s, naive {naive:.2f}, {ours / naive:.2f} of it; ")
    sys.stdout.write(f"goal 0.6; at most {most} MB\n")


def _naive(paper: dict[str, Any]) -> tuple[str, str]:
    env = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True)
    env.filters |= {"barcode": codes.barcode_svg, "qr_path": codes.qr_svg}
    return env.get_template("naive_carne.html").render(**paper), NAIVE_CSS


def _paper() -> dict[str, Any]:
    provider = {"name": "Vale Claro Telecom", "legal_name": "Vale Claro Telecomunicações Ltda.", "brand": "#0b5f66"}
    return {
        "title": "Carnê 1",
        "of": SLIPS,
        "company": provider,
        "payee": {"name": provider["legal_name"], "tax_id": "CNPJ 12.345.678/0001-95", "address": "Av. Sete, 900"},
        "payer": {"name": "José Antônio Ferreira", "tax_id": "CPF 318.204.756-62", "address": "Rua São José, 51"},
        "about": "Fibra 500 Mbps, contrato 3390",
        "late": "Depois do vencimento: multa de 2 % e juros de 1 % ao mês, por dia de atraso.",
        "slips": [_slip(number) for number in range(1, SLIPS + 1)],
    }


def _slip(number: int) -> dict[str, Any]:
    due = date(2027, number, 10)
    fields = {"agencia": "0057", "conta": "12345", "carteira": "109", "nosso_numero": str(number)}
    boleto = banking.boleto("341", fields, due, 9990)
    return {
        "document": str(number),
        "installment": number,
        "issued_on": "01/12/2026",
        "due_on": f"{due:%d/%m/%Y}",
        "amount": "R$ 99,90",
        "sums": [f"Mensalidade, 10/{number:02}/2027 em diante: R$ 99,90"],
        "instructions": "Dúvidas: 0800 000 1234.",
        "pix_code": banking.static_code("caixa@valeclaro.example", "VALE CLARO", "VALE CLARO", 9990, f"EN{number:023}"),
        "boleto": {
            "bank": "Itaú",
            "code": "341-7",
            "line": boleto.line,
            "barcode": boleto.barcode,
            "nosso_numero": boleto.nosso_numero,
            "payee": "0057 / 12345-7",
            "wallet": "109",
            "place": "Pague com Pix ou em qualquer banco, mesmo depois do vencimento",
        },
    }


if __name__ == "__main__":
    main()

"""Canned answers of Suporte and Financeiro, and two macros, as a provider would write them."""

from __future__ import annotations

from sqlalchemy import select

from models.base import db
from models.operators import Department
from models.scope import TODAS
from models.workflows import CannedAnswer, Macro, Process, ProcessStep, TicketClassification

QUESTION = "Responder e finalizar como Dúvida"
TO_FIELD = "Mandar a equipe ao local"
HELLO = "Olá, {{cliente.primeiro_nome}}. Aqui é {{operador.primeiro_nome}}, da {{empresa.nome}}."
# code: (name, sector or every one, text)
ANSWERS = {
    "ola": ("Saudação com protocolo", None, f"{HELLO} Seu protocolo é {{{{atendimento.protocolo}}}}."),
    "luzes": (
        "Luzes da ONU",
        "Suporte",
        f"{HELLO}\nPode me dizer quais luzes do aparelho estão acesas, e a cor da luz PON?",
    ),
    "tomada": (
        "Desligar e ligar na tomada",
        "Suporte",
        "{{cliente.primeiro_nome}}, tire o aparelho da tomada, espere 2 minutos e ligue de novo. "
        "Em 5 minutos me conte se voltou.",
    ),
    "tecnico": (
        "A equipe vai ao local",
        "Suporte",
        "{{cliente.primeiro_nome}}, vamos mandar um técnico. Resolvemos até {{atendimento.prazo}}. "
        "Protocolo {{atendimento.protocolo}}.",
    ),
    "2via": (
        "Segunda via da fatura",
        "Financeiro",
        f"{HELLO}\nHá {{{{divida.valor}}}} em aberto, com vencimento mais antigo em {{{{divida.vencimento}}}}. "
        "O boleto e o Pix estão na Central, em Faturas.",
    ),
    "duvida": (
        "Dúvida respondida",
        None,
        "{{cliente.primeiro_nome}}, ficamos à disposição. Se precisar de mais, abra outro pedido em Ajuda. "
        "Protocolo {{atendimento.protocolo}}.",
    ),
}


def write() -> None:
    """For every company: the answers, how a question ends, and two macros."""
    sectors = {name: id for id, name in db.session.execute(select(Department.id, Department.name))}
    for code, (name, sector, text) in ANSWERS.items():
        of = sectors[sector] if sector else None
        CannedAnswer(name=name, code=code, department_id=of, text=text, company_id=TODAS).create()
    ended = TicketClassification(name="Dúvida respondida", closing=True, company_id=TODAS)
    ended.create()
    said = {"visibility": "subscriber", "canned_answer_id": _answer("duvida")}
    Macro().save(
        [{"kind": "claim"}, {"kind": "comment", **said}, {"kind": "close", "classification_id": ended.id}],
        name=QUESTION,
        company_id=TODAS,
    )
    field = select(ProcessStep.id).join(Process, Process.id == ProcessStep.process_id)
    field = field.where(Process.name == "Suporte técnico", ProcessStep.name == "Campo")
    said = {"visibility": "subscriber", "canned_answer_id": _answer("tecnico")}
    note = {"kind": "comment", "visibility": "internal", "text": "Cliente sem sinal depois dos testes por telefone."}
    Macro().save(
        [{"kind": "claim"}, note, {"kind": "comment", **said}, {"kind": "step", "step_id": db.session.scalar(field)}],
        name=TO_FIELD,
        company_id=TODAS,
    )


def _answer(code: str) -> int:
    return db.session.scalars(select(CannedAnswer.id).where(CannedAnswer.code == code)).one()

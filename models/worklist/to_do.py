"""The lines of Precisa de você in words: what waits, why, since when or until when, how loud it is (B-15)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from models import clock
from models.desk.board import SLOW, STUCK
from models.desk.tasks import stopped_words
from models.telephony import of
from models.wording import brl, counted, day, hour, listed, near, waited
from models.worklist.waiting import Waiting

SOON = timedelta(days=10)  # what a contest may still have when it becomes loud
LOUDNESS = ("bad", "warn", "neu")


class Line(NamedTuple):
    """A line; `many` rows stand in the list it leads to, `id` is the row it leads to where there is only one."""

    key: str
    many: int
    what: str
    why: str
    at: str = ""
    tone: str = "neu"
    id: int = 0


def line(row: Waiting, sector: str) -> Line:
    """What waits, in words; `sector` is that of whoever reads them."""
    words = _WORDS[row.key](row, sector)
    return Line(row.key, row.many, *words, id=row.id)


def loudest_first(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda each: LOUDNESS.index(each.tone))


def suspensions(on: date, services: int, cents: int, held: int) -> Line:
    """What the ladder will do tomorrow, by its rehearsal."""
    what = "1 serviço será suspenso amanhã" if services == 1 else f"{services} serviços serão suspensos amanhã"
    out = f"{held} {'fica' if held == 1 else 'ficam'} de fora, com motivo. " if held else ""
    return Line("suspend", services, what, f"{out}{brl(cents)} em débito", f"{on:%d/%m}", "warn")


def terminations(services: int, cents: int) -> Line:
    what = counted(services, "contrato para decidir", "contratos para decidir")
    return Line("terminate", services, what, f"Suspensos há muito tempo, {brl(cents)} em débito")


def stopped(count: int) -> Line:
    what = counted(count, "tarefa parada", "tarefas paradas")
    return Line("stopped", count, what, stopped_words(count, 0), tone="bad")


def routines(names: list[str]) -> Line:
    what = "1 rotina não está em dia" if len(names) == 1 else f"{len(names)} rotinas não estão em dia"
    return Line("routines", len(names), what, _some(names, len(names)), tone="bad")


def late_in_house(count: int) -> Line:
    what = counted(count, "atendimento vencido na empresa", "atendimentos vencidos na empresa")
    return Line("late", count, what, "Passaram do prazo, com qualquer pessoa e em qualquer setor", tone="bad")


Words = tuple[str, str, str, str]  # what, why, when, tone


def _some(names: list[str], count: int) -> str:
    """'Maria, José e mais 3'; those without a name are only counted."""
    more = count - len(names)
    if not names:
        return ""
    return f"{', '.join(names)} e mais {more}" if more > 0 else listed(names)


def _waited(at: datetime | None) -> tuple[str, str]:
    """How long, and how loud that is: amber from two days on, red from five."""
    if at is None:
        return "", "neu"
    stays = clock.now() - at
    words = waited(stays)
    said = words if words.startswith(("há", "agora")) else f"há {words}"
    return said, "bad" if stays >= STUCK else "warn" if stays >= SLOW else "neu"


def _pix_unknown(row: Waiting, _: str) -> Words:
    oldest = f", o mais antigo de {day(clock.local(row.at).date())}" if row.at and row.many > 1 else ""
    what = counted(row.many, "Pix recebido sem fatura", "Pix recebidos sem fatura")
    return what, f"{brl(row.cents)} sem dono{oldest}", *_waited(row.at)


def _pix_divergent(row: Waiting, _: str) -> Words:
    what = "1 Pix diverge da fatura" if row.many == 1 else f"{row.many} Pix divergem da fatura"
    return what, f"{brl(row.cents)} que ninguém baixou ainda", *_waited(row.at)


def _set_aside(row: Waiting, _: str) -> Words:
    what = f"Retorno de {row.names[0]}: {counted(row.many, 'linha espera', 'linhas esperam')} alguém"
    money = f"{brl(row.cents)} que o banco creditou" if row.cents else "O banco não disse valor"
    return what, f"{money}, sem fatura que se reconheça", *_waited(row.at)


def _unread(row: Waiting, _: str) -> Words:
    return f"Retorno de {row.names[0]} lido e não processado", "Nenhuma fatura foi baixada ainda", *_waited(row.at)


def _refused(row: Waiting, _: str) -> Words:
    what = counted(row.many, "boleto recusado pelo banco", "boletos recusados pelo banco")
    first = f"vence {row.on:%d/%m}" if row.on and row.on >= clock.today() else f"venceu {row.on:%d/%m}"
    return what, _some(row.names, row.many), first if row.on else "", "warn"


def _contests(row: Waiting, _: str) -> Words:
    what = counted(row.many, "contestação espera resposta", "contestações esperam resposta")
    left = (row.on - clock.today()) if row.on else SOON
    tone = "bad" if left < timedelta(0) else "warn" if left <= SOON else "neu"
    until = f"era até {row.on:%d/%m}" if tone == "bad" else f"até {row.on:%d/%m}"
    return what, _some(row.names, row.many), until, tone


def _requests(row: Waiting, _: str) -> Words:
    what = counted(row.many, "pedido de telefonia espera preço", "pedidos de telefonia esperam preço")
    return what, _some(row.names, row.many), *_waited(row.at)


def _turn(row: Waiting, sector: str) -> Words:
    what = f"{counted(row.many, 'card')} na vez {of(sector)}"
    return what, _some(row.names, row.many), *_waited(row.at)


def _slow(row: Waiting, _: str) -> Words:
    what = counted(row.many, "card parado no Planner", "cards parados no Planner")
    return what, _some(row.names, row.many), *_waited(row.at)


def _late_orders(row: Waiting, _: str) -> Words:
    what = counted(row.many, "ordem de serviço atrasada", "ordens de serviço atrasadas")
    since, _tone = _waited(row.at)
    return what, f"A visita passou e ninguém a encerrou: {_some(row.names, row.many)}", since, "bad"


def _free_orders(row: Waiting, _: str) -> Words:
    what = counted(row.many, "ordem de serviço sem técnico", "ordens de serviço sem técnico")
    return what, _some(row.names, row.many), *_waited(row.at)


def _to_move(row: Waiting, _: str) -> Words:
    what = counted(row.many, "visita de técnico que não pode ir", "visitas de técnico que não pode ir")
    return what, _some(row.names, row.many), near(row.at) if row.at else "", "bad"


def _clashes(row: Waiting, _: str) -> Words:
    what = counted(row.many, "visita de hoje em conflito", "visitas de hoje em conflito")
    return what, _some(row.names, row.many), near(row.at) if row.at else "", "warn"


def _unplaced(row: Waiting, _: str) -> Words:
    what = counted(row.many, "ordem sem agenda e fora do prazo", "ordens sem agenda e fora do prazo")
    since, _tone = _waited(row.at)
    return what, _some(row.names, row.many), since, "bad"


def _drafts(row: Waiting, _: str) -> Words:
    what = counted(row.many, "venda sua em rascunho", "vendas suas em rascunho")
    unnamed = "Cliente sem nome ainda" if row.many == 1 else "Clientes sem nome ainda"
    return what, _some(row.names, row.many) or unnamed, near(row.at) if row.at else "", "neu"


def _trust(row: Waiting, _: str) -> Words:
    one, many = "liberação em confiança termina hoje", "liberações em confiança terminam hoje"
    until = f"até {hour(row.at)}" if row.at else ""
    return counted(row.many, one, many), _some(row.names, row.many), until, "warn"


def _carnes(row: Waiting, _: str) -> Words:
    what = counted(row.many, "serviço pede o próximo carnê.", "serviços pedem o próximo carnê.").rstrip(".")
    return what, _some(row.names, row.many), f"acaba {row.on:%d/%m}" if row.on else "", "neu"


def _left_out(row: Waiting, _: str) -> Words:
    since, _tone = _waited(row.at)
    return counted(row.many, "linha de fora", "linhas de fora"), stopped_words(0, row.many), since, "bad"


def _invited(row: Waiting, _: str) -> Words:
    what = counted(row.many, "convite que ninguém usou", "convites que ninguém usou")
    return what, _some(row.names, row.many), "", "neu"


def _unproved(row: Waiting, _: str) -> Words:
    what = counted(row.many, "pessoa sem segundo fator", "pessoas sem segundo fator")
    return what, _some(row.names, row.many), "", "neu"


def _outages(row: Waiting, _: str) -> Words:
    what = counted(row.many, "parada aberta", "paradas abertas")
    since, _tone = _waited(row.at)
    return what, _some(row.names, row.many), since, "bad"


def _outage_credits(row: Waiting, _: str) -> Words:
    what = counted(row.many, "desconto de parada a conferir", "descontos de parada a conferir")
    since, _tone = _waited(row.at)
    return what, f"{', '.join(row.names)}: {brl(row.cents)}", since, "neu"


_WORDS: dict[str, Callable[[Waiting, str], Words]] = {
    "pix_unknown": _pix_unknown,
    "pix_divergent": _pix_divergent,
    "set_aside": _set_aside,
    "unread": _unread,
    "refused": _refused,
    "contests": _contests,
    "requests": _requests,
    "turn": _turn,
    "slow": _slow,
    "late_orders": _late_orders,
    "to_move": _to_move,
    "clashes": _clashes,
    "unplaced": _unplaced,
    "free_orders": _free_orders,
    "drafts": _drafts,
    "trust": _trust,
    "carnes": _carnes,
    "outages": _outages,
    "outage_credits": _outage_credits,
    "left_out": _left_out,
    "invited": _invited,
    "unproved": _unproved,
}

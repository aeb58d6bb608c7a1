"""A bank of our own for tests and demonstrations: charges it keeps, rules it holds to, Pix that people pay.

What it knows stands in one JSON file, since web, worker and commands are processes of their own.
"""

from __future__ import annotations

import fcntl
import json
import re
import secrets
from binascii import crc_hqx
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import holidays

from integrations.pix.charge import cents, reais

Json = dict[str, Any]
HERE = timezone(timedelta(hours=-3))  # the time of Brasília, in which banks count days
REMOVED = "REMOVIDA_PELO_USUARIO_RECEBEDOR"
ERRORS = "https://pix.bcb.gov.br/api/v2/error"


class Problem(Exception):
    """An answer of refusal, as problem+json."""

    def __init__(self, status: int, kind: str, detail: str) -> None:
        self.status, self.body = status, {"type": f"{ERRORS}/{kind}", "title": kind, "status": status, "detail": detail}
        super().__init__(detail)


class FakeBank:
    """`answer` is the API; `pay`, `receive` and `told` are what payers and the bank do by themselves."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self.path, self.now = path, now

    def answer(self, method: str, target: str, body: bytes) -> tuple[int, bytes]:
        """Status and JSON of one question."""
        try:
            status, said = self._answered(method, target, json.loads(body) if body else {})
        except Problem as problem:
            status, said = problem.status, problem.body
        except (ValueError, LookupError, TypeError, AttributeError) as wrong:
            status, said = 400, Problem(400, "RequisicaoInvalida", f"{type(wrong).__name__}: {wrong}").body
        return status, json.dumps(said).encode()

    def pay(self, txid: str, amount: int | None = None) -> str:
        """Somebody pays a charge now, what it costs or another amount; the endToEndId.

        Raises ValueError when no app would: it is not active, or may not be paid any more.
        """
        with self._kept() as kept:
            charge = kept["cobv"].get(txid)
            if not charge or charge["status"] != "ATIVA":
                raise ValueError("this charge cannot be paid")
            owed = _owed(charge, self._today())
            charge["status"] = "CONCLUIDA"
            return self._take_in(kept, txid, owed if amount is None else amount, charge["chave"])

    def receive(self, txid: str, amount: int, key: str = "") -> str:
        """Somebody pays a static code now; the endToEndId."""
        return self.receive_all([(txid, amount, key)])[0]

    def receive_all(self, payments: Iterable[tuple[str, int, str]]) -> list[str]:
        """Many do, each with txid, amount and our key; their endToEndIds."""
        with self._kept() as kept:
            return [self._take_in(kept, *payment) for payment in payments]

    def give_back(self, e2e_id: str, amount: int, status: str = "DEVOLVIDO") -> None:
        """The account gives back a part of a Pix, or all of it, by a devolução in this status."""
        with self._kept() as kept:
            pix = next(pix for pix in kept["pix"] if pix["endToEndId"] == e2e_id)
            at = self.now().astimezone(HERE).isoformat()
            made = {"id": secrets.token_hex(8), "rtrId": f"D{secrets.token_hex(16)}"[:32], "valor": reais(amount)}
            pix.setdefault("devolucoes", []).append(made | {"status": status, "horario": {"solicitacao": at}})

    def webhook_body(self, *e2e_ids: str) -> bytes:
        """What the bank posts to the webhook about these Pix."""
        with self._kept() as kept:
            return json.dumps({"pix": [pix for pix in kept["pix"] if pix["endToEndId"] in e2e_ids]}).encode()

    def _answered(self, method: str, target: str, said: Json) -> tuple[int, Json]:
        url = urlsplit(target)
        room, _, name = url.path.strip("/").partition("/")
        with self._kept() as kept:
            match method, room, name:
                case "PUT", "cobv", txid:
                    return 201, self._put(kept, txid, said)
                case "PATCH", "cobv", txid:
                    return 200, self._change(_known(kept, txid), said)
                case "GET", "cobv", txid:
                    return 200, _known(kept, txid)
                case "GET", "pix", "":
                    return 200, _listed(kept["pix"], {key: values[0] for key, values in parse_qs(url.query).items()})
                case "GET", "pix", e2e_id:
                    found = [pix for pix in kept["pix"] if pix["endToEndId"] == e2e_id]
                    if not found:
                        raise Problem(404, "PixNaoEncontrado", "no such Pix")
                    return 200, found[0]
                case "PUT", "webhook", key:
                    if not said["webhookUrl"].startswith("https://"):
                        raise Problem(422, "WebhookOperacaoInvalida", "https only")
                    kept["webhook"][unquote(key)] = said["webhookUrl"]
                    return 200, {}
        raise Problem(404, "NaoEncontrado", "no such resource")

    def _put(self, kept: Json, txid: str, said: Json) -> Json:
        if not re.fullmatch("[a-zA-Z0-9]{26,35}", txid):
            raise Problem(400, "CobVOperacaoInvalida", "txid: 26 to 35 letters and digits")
        if txid in kept["cobv"]:
            raise Problem(422, "CobVOperacaoInvalida", "this txid is taken")
        location = f"pix.simulado.example/qr/v2/cobv/{secrets.token_hex(16)}"
        charge = {
            **self._checked(said),
            "txid": txid,
            "revisao": 0,
            "status": "ATIVA",
            "location": location,
            "pixCopiaECola": _code(location),
        }
        kept["cobv"][txid] = charge
        return charge

    def _change(self, charge: Json, said: Json) -> Json:
        if charge["status"] != "ATIVA":
            raise Problem(422, "CobVOperacaoInvalida", f"the charge is {charge['status']}")
        if set(said) == {"status"}:
            if said["status"] != REMOVED:
                raise Problem(400, "CobVOperacaoInvalida", "only its receiver may remove it")
            charge["status"] = REMOVED
        else:
            same_day = said["calendario"]["dataDeVencimento"] == charge["calendario"]["dataDeVencimento"]
            charge |= self._checked(said, past=same_day)
        charge["revisao"] += 1
        return charge

    def _checked(self, said: Json, *, past: bool = False) -> Json:
        due = date.fromisoformat(said["calendario"]["dataDeVencimento"])
        if due < self._today() and not past:
            raise Problem(422, "CobVOperacaoInvalida", "the due date has passed")
        if not 0 <= said["calendario"]["validadeAposVencimento"] <= 3650:
            raise Problem(422, "CobVOperacaoInvalida", "validadeAposVencimento")
        if not cents(said["valor"]["original"]):
            raise Problem(422, "CobVOperacaoInvalida", "an amount of zero")
        for name, shape in (("cpf", "[0-9]{11}"), ("cnpj", "[0-9A-Z]{14}")):
            if name in said["devedor"] and not re.fullmatch(shape, said["devedor"][name]):
                raise Problem(400, "CobVOperacaoInvalida", f"devedor.{name}")
        if not said["devedor"]["nome"] or len(said["solicitacaoPagador"]) > 140 or not said["chave"]:
            raise Problem(400, "CobVOperacaoInvalida", "devedor.nome, solicitacaoPagador, chave")
        return {key: said[key] for key in ("calendario", "devedor", "valor", "chave", "solicitacaoPagador")}

    def _take_in(self, kept: Json, txid: str, amount: int, key: str) -> str:
        at = self.now().astimezone(HERE)
        e2e_id = f"E00000000{at:%Y%m%d%H%M}" + secrets.token_hex(6)[:11]
        kept["pix"].append(
            {"endToEndId": e2e_id, "txid": txid, "valor": reais(amount), "horario": at.isoformat(), "chave": key}
        )
        return e2e_id

    def _today(self) -> date:
        return self.now().astimezone(HERE).date()

    @contextmanager
    def _kept(self) -> Iterator[Json]:
        """What the bank knows, held by one process at a time and written back when nothing was refused."""
        with self.path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            kept = json.loads(self.path.read_text()) if self.path.exists() else {"cobv": {}, "pix": [], "webhook": {}}
            yield kept
            made = self.path.with_suffix(".new")
            made.write_text(json.dumps(kept))
            made.replace(self.path)


def _known(kept: Json, txid: str) -> Json:
    if txid not in kept["cobv"]:
        raise Problem(404, "CobVNaoEncontrada", "no such charge")
    return kept["cobv"][txid]  # type: ignore[no-any-return]


def _listed(pix: list[Json], asked: dict[str, str]) -> Json:
    start, end = (datetime.fromisoformat(asked[key]) for key in ("inicio", "fim"))
    if start > end:
        raise Problem(422, "PixConsultaInvalida", "inicio after fim")
    page = int(asked.get("paginacao.paginaAtual", 0))
    size = int(asked.get("paginacao.itensPorPagina", 100))
    if not 1 <= size <= 1000 or page < 0:
        raise Problem(422, "PixConsultaInvalida", "paginacao")
    found = [row for row in pix if start <= datetime.fromisoformat(row["horario"]) <= end]
    if asked.get("txIdPresente") == "true":
        found = [row for row in found if row["txid"]]
    if asked.get("devolucaoPresente") == "true":
        found = [row for row in found if row.get("devolucoes")]
    paging = {
        "paginaAtual": page,
        "itensPorPagina": size,
        "quantidadeDePaginas": max(1, -(-len(found) // size)),
        "quantidadeTotalDeItens": len(found),
    }
    span = {"inicio": asked["inicio"], "fim": asked["fim"], "paginacao": paging}
    return {"parametros": span, "pix": found[page * size : (page + 1) * size]}


def _owed(charge: Json, on: date) -> int:
    """What it costs on a day: the due date and the last payable day move to business days, all else follows."""
    value = charge["valor"]
    total = cents(value["original"])
    due = _business_day(date.fromisoformat(charge["calendario"]["dataDeVencimento"]))
    if on > _business_day(due + timedelta(days=charge["calendario"]["validadeAposVencimento"])):
        raise ValueError("this charge may not be paid any more")
    if on <= due:
        return total
    fine = Decimal(value.get("multa", {}).get("valorPerc", "0.00")) / 100
    interest = Decimal(value.get("juros", {}).get("valorPerc", "0.00")) / 100 / 30 * (on - due).days
    return total + sum(int((total * rate).quantize(Decimal(1), ROUND_HALF_UP)) for rate in (fine, interest))


def _business_day(day: date) -> date:
    while day.weekday() > 4 or day in _closed(day.year):
        day += timedelta(days=1)
    return day


@cache
def _closed(year: int) -> frozenset[date]:
    return frozenset(holidays.financial_holidays("BVMF", years=year))


def _code(location: str) -> str:
    def tag(id: str, value: str) -> str:
        return f"{id}{len(value):02}{value}"

    account = tag("00", "br.gov.bcb.pix") + tag("25", location)
    parts = [("00", "01"), ("01", "12"), ("26", account), ("52", "0000"), ("53", "986"), ("58", "BR")]
    parts += [("59", "SIMULADO"), ("60", "BRASILIA"), ("62", tag("05", "***"))]
    text = "".join(tag(id, value) for id, value in parts) + "6304"
    return text + f"{crc_hqx(text.encode(), 0xFFFF):04X}"

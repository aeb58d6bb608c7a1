"""Conformance: the worked cases of a file, each calculated again from its inputs alone and compared."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from integrations.bank import BankFileError
from jobs.conformance import boletos, contracts, days, files, pix, tax_ids
from jobs.conformance.case import Case, Check, Wrong, differences, shown
from models.refused import Refused

Cases = Iterator[tuple[str, object, Check]]


@dataclass
class Report:
    """How many cases were checked, how many of them diverge, and a line for each difference."""

    checked: int = 0
    divergent: int = 0
    lines: list[str] = field(default_factory=list)

    def add(self, lines: list[str]) -> None:
        """One case more, with its differences."""
        self.checked += 1
        self.divergent += bool(lines)
        self.lines += lines

    @property
    def agrees(self) -> bool:
        """Something was checked and nothing diverges: a file without cases proves nothing."""
        return self.checked > 0 and not self.divergent


def report(document: object) -> Report:
    """Every case of every section, those we do not know among them: nothing of the file is passed over."""
    found = Report()
    if not isinstance(document, dict):
        found.add([f"O arquivo devia ser um objeto com seções e é {shown(document)}"])
        return found
    for name, raw in document.items():
        if name == "about":
            continue
        if name not in SECTIONS:
            found.add([f"{name}: seção desconhecida"])
            continue
        try:
            before = found.checked
            for path, case, check in SECTIONS[name](name, raw):
                found.add(_divergences(path, case, check))
            if found.checked == before:
                found.lines.append(f"{name}: nenhum caso")
        except Wrong as wrong:
            found.add([f"{name}: {wrong}"])
    if not found.checked:
        found.lines.append("O arquivo não tem nenhum caso: nada foi conferido.")
    return found


def _divergences(path: str, raw: object, check: Check) -> list[str]:
    try:
        case = Case(path, raw)
    except Wrong as wrong:
        return [f"{path}: {wrong}"]
    try:
        computed = check(case)
    except (Wrong, Refused, BankFileError) as no:
        return [f"{path}: {no}"]
    except OverflowError:
        return [f"{path}: a conta sai do calendário"]
    lines: list[str] = []
    for key, value in computed.items():
        if key in case:
            lines += differences(f"{path}.{key}", case.raw[key], value)
        else:
            lines.append(f"{path}: falta a chave {key}")
    return [*lines, *case.strange(computed)]


def _each(check: Check) -> Callable[[str, object], Cases]:
    return lambda name, raw: ((f"{name}[{index}]", case, check) for index, case in enumerate(_list(raw)))


def _carne(name: str, raw: object) -> Cases:
    slips = _list(raw)
    return _each(boletos.slip_of(slips))(name, slips)


def _charges(name: str, raw: object) -> Cases:
    section = Case(name, raw)
    terms = section.inside("parametros")
    check = days.charges(terms)
    terms.asked.add("base")  # says in words how interest is calculated
    yield from _each(check)(f"{name}.casos", section.items("casos"))
    if strange := [*terms.strange(), *section.strange()]:
        raise Wrong("; ".join(strange))


def _whole(check: Check) -> Callable[[str, object], Cases]:
    return lambda name, raw: iter([(name, raw, check)])


def _list(raw: object) -> list[Any]:
    if not isinstance(raw, list):
        raise Wrong(f"devia ser uma lista e é {shown(raw)}")
    return raw


SECTIONS: dict[str, Callable[[str, object], Cases]] = {
    "boletos": _each(boletos.made),
    "linhas_invalidas": _each(boletos.line_read),
    "fatores": _each(boletos.fator_of),
    "carne_12": _carne,
    "pix": _each(pix.code),
    "pix_invalidos": _each(pix.code_read),
    "crc16": _each(pix.crc),
    "cpf": _each(tax_ids.cpf),
    "cnpj": _each(tax_ids.cnpj),
    "dias_uteis": _each(days.business),
    "encargos": _charges,
    "cobv_validade": _each(days.validity),
    "prorata": _each(contracts.prorata),
    "fidelidade": _each(contracts.leaving),
    "cnab240_retorno": _whole(files.cnab240),
    "cnab400_retorno": _whole(files.cnab400),
}

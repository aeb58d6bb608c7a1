"""The banks whose boletos we make: what each puts into the campo livre, and how it prints the nosso número.

A layout is written as in the manuals: `name:width` in order, constants as digits, `*` for the mod 11 digit of
all that stands before it. A name may stand in several places (Caixa): its digits are used up from the left.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from models.banking.digits import mod10, mod11, mod11_bradesco, mod11_sicoob
from models.refused import Refused, require

Fields = Mapping[str, str]
MAY_BE_GIVEN = {"dac_conta"}  # calculated, unless the bank has told its own
LABELS = {
    "agencia": "Agência",
    "agencia_dv": "Dígito da agência",
    "ano": "Ano",
    "byte": "Byte do nosso número",
    "carteira": "Carteira",
    "codigo_beneficiario": "Código do beneficiário",
    "codigo_cliente": "Código do cliente",
    "codigo_transmissao": "Código de transmissão",
    "conta": "Conta",
    "conta_dv": "Dígito da conta",
    "convenio": "Convênio",
    "cooperativa": "Cooperativa",
    "dac_conta": "Dígito da conta",
    "ios": "IOS",
    "modalidade": "Modalidade",
    "nosso_numero": "Nosso número",
    "operacao": "Operação",
    "parcela": "Parcela",
    "posto": "Posto",
    "tipo_cobranca": "Tipo de cobrança",
    "variacao": "Variação da carteira",
}
ITAU_WITHOUT_ACCOUNT = {"126", "131", "146", "150", "168"}


@dataclass(frozen=True)
class Bank:
    """One bank; `checks` calculates what nobody types, `shapes` refuses or completes what was typed."""

    code: str
    digit: str  # printed after the code
    name: str
    layout: str
    printed: str  # nosso número
    payee: tuple[str, ...]  # agência e código do beneficiário: the fullest that the account's fields can say
    checks: Mapping[str, Callable[[Fields], str]]
    shapes: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    defaults: Fields = field(default_factory=dict)
    letters_in_files: bool = False  # whether its CNAB takes a CNPJ with letters: only where its manual says so
    reshaped: Mapping[str, Callable[[Fields], str]] = field(default_factory=dict)  # fields as `payee` prints them

    @cached_property
    def widths(self) -> dict[str, int]:
        """The fields this bank wants typed, with the digits each may have."""
        widths: dict[str, int] = {}
        for name, start, end in self._parts:
            if end and (name not in self.checks or name in MAY_BE_GIVEN):
                widths[name] = widths.get(name, 0) + end - start
        return widths

    def filled(self, typed: Fields, cents: int) -> dict[str, str]:
        """Every field with its zeros, and the calculated ones. Raises Refused for a wrong, missing or strange one."""
        given = {**self.defaults, **typed}
        require(self._refusal_to_names(given))
        fields = {name: self._padded(name, width, given[name]) for name, width in self.widths.items() if name in given}
        fields["valor"] = f"{cents:010}"
        for name, check in self.checks.items():
            if name not in fields:
                fields[name] = check(fields)
        return fields

    def campo_livre(self, fields: Fields) -> str:
        """The 25 digits of filled fields."""
        text = ""
        for name, start, end in self._parts:
            if end:
                text += fields[name][start:end]
            else:
                text += mod11(text) if name == "*" else name
        return text

    def fields_of(self, campo_livre: str) -> dict[str, str]:
        """What was typed to make these 25 digits: the inverse of `filled` and `campo_livre`."""
        fields = dict.fromkeys(self.widths, "")
        at = 0
        for name, start, end in self._parts:
            width = end - start or len(name)
            if name in fields:
                fields[name] += campo_livre[at : at + width]
            at += width
        return fields

    def payee_printed(self, campo_livre: str, account: Fields) -> str:
        """Agência e código do beneficiário of a slip. What its digits do not say is told by the account, if it is."""
        fields = {name: text for name, text in account.items() if text} | self.fields_of(campo_livre)
        fields |= {name: reshape(fields) for name, reshape in self.reshaped.items()}
        for pattern in self.payee[:-1]:
            try:
                return pattern.format(**fields)
            except KeyError:
                continue
        return self.payee[-1].format(**fields)

    @cached_property
    def _parts(self) -> list[tuple[str, int, int]]:
        """Names with the stretch of their digits that stands there; constants and `*` with none."""
        parts: list[tuple[str, int, int]] = []
        used: dict[str, int] = {}
        for name, _, width in (part.partition(":") for part in self.layout.split()):
            start = used.get(name, 0)
            used[name] = start + int(width or 0)
            parts.append((name, start, used[name]))
        return parts

    def _refusal_to_names(self, given: Fields) -> str | None:
        if missing := [name for name in self.widths if name not in given and name not in self.checks]:
            return f"Falta {labels(missing)} para o boleto do {self.name}. Preencha na conta do banco."
        if strange := [name for name in given if name not in self.widths]:
            return f"O boleto do {self.name} não usa {labels(strange)}. Retire da conta do banco."
        return None

    def _padded(self, name: str, width: int, typed: str) -> str:
        if not (typed.isascii() and typed.isdigit()):
            raise Refused(f"{LABELS[name]} do {self.name}: só cabem algarismos. Corrija {typed!r}.", field=name)
        if (digits := len(typed.lstrip("0"))) > width:
            sentence = f"{LABELS[name]} do {self.name}: cabem {width} algarismos e há {digits}. Corrija."
            raise Refused(sentence, field=name)
        shape = self.shapes.get(name, str)
        return shape(typed[-width:]).zfill(width)


def labels(names: Iterable[str]) -> str:
    """What people call these fields; a strange one stays as it was typed."""
    return ", ".join(LABELS.get(name, name) for name in names)


def _convenio(typed: str) -> str:
    if len(typed.lstrip("0")) != 7:  # those of 4 and 6 have other layouts, which are not given to new customers
        raise Refused(
            "O convênio do Banco do Brasil tem 7 algarismos e não começa com zero. Confira com a agência.",
            field="convenio",
        )
    return typed


def _caixa_beneficiario(typed: str) -> str:
    """A code of up to six digits has one of its own, which may already be there; newer ones of seven have none."""
    if len(typed) == 7 and mod11(typed[:6]) == typed[6]:
        return typed
    code = typed.lstrip("0").zfill(6)
    if 1_000_000 <= int(code) < 1_100_000:
        raise Refused(
            "O código do beneficiário da Caixa não confere. Informe os 6 algarismos, ou 7 a partir de 1100000.",
            field="codigo_beneficiario",
        )
    return code if len(code) == 7 else code + mod11(code)


def _caixa_com_dv(f: Fields) -> str:
    """A code of six digits is printed with its own; those of seven have none."""
    code = f["codigo_beneficiario"]
    return f"{code[:6]}-{code[6]}" if mod11(code[:6]) == code[6] else code


def _sicredi_byte(typed: str) -> str:
    if int(typed) == 0:
        sentence = "O byte do Sicredi vai de 1 a 9: 1 quando a cooperativa numera, 2 a 9 quando você numera."
        raise Refused(sentence, field="byte")
    return typed


def _sicredi_tipo(typed: str) -> str:
    if int(typed) not in (1, 3):
        raise Refused("O tipo de cobrança do Sicredi é 1 (com registro) ou 3 (sem registro).", field="tipo_cobranca")
    return typed


def _inter_carteira(typed: str) -> str:
    if int(typed) == 112:
        sentence = "Na carteira 112 é o Inter que numera: o código de barras só existe depois da resposta do banco."
        raise Refused(sentence, field="carteira")
    return typed


def _itau_dac(f: Fields) -> str:
    account = "" if f["carteira"] in ITAU_WITHOUT_ACCOUNT else f["agencia"] + f["conta"]
    return mod10(account + f["carteira"] + f["nosso_numero"])


BANKS = {
    bank.code: bank
    for bank in (
        Bank(
            "001", "9", "Banco do Brasil",
            "000000 convenio:7 nosso_numero:10 carteira:2",
            "{convenio}{nosso_numero}",
            # Especificações Técnicas para Confecção de Boleto, BB: agência-DV / conta-DV, not the convênio
            ("{agencia:0>4}-{agencia_dv} / {conta:0>8}-{conta_dv}", "{convenio}"),
            {},
            shapes={"convenio": _convenio},
        ),
        Bank(
            "033", "7", "Santander",
            "9 codigo_beneficiario:7 nosso_numero:12 dv:1 ios:1 carteira:3",
            "{nosso_numero}-{dv}",
            # As on the bank's own boletos: agência / código do beneficiário (PSK)
            ("{agencia:0>4} / {codigo_beneficiario}", "{codigo_beneficiario}"),
            {"dv": lambda f: mod11(f["nosso_numero"])},
            defaults={"ios": "0"},
        ),
        Bank(
            "077", "9", "Inter",
            "agencia:4 carteira:3 operacao:7 nosso_numero:10 dv:1",
            "{nosso_numero}-{dv}",
            ("{agencia} / {operacao}",),
            {"dv": lambda f: mod10(f["agencia"] + f["carteira"] + f["nosso_numero"])},
            shapes={"carteira": _inter_carteira},
            defaults={"agencia": "0001"},
        ),
        Bank(
            "104", "0", "Caixa",
            "codigo_beneficiario:7 nosso_numero:3 modalidade:1 nosso_numero:3 modalidade:1 nosso_numero:9 *",
            "{modalidade}{nosso_numero}-{dv}",
            # Especificações Técnicas para Emissão de Boletos, SIGCB: agência / código do beneficiário-DV
            ("{agencia:0>4} / {com_dv}", "{com_dv}"),
            {"dv": lambda f: mod11(f["modalidade"] + f["nosso_numero"])},
            shapes={"codigo_beneficiario": _caixa_beneficiario},
            reshaped={"com_dv": _caixa_com_dv},
        ),
        Bank(
            "237", "2", "Bradesco",
            "agencia:4 carteira:2 nosso_numero:11 conta:7 0",
            "{carteira}/{nosso_numero}-{dv}",
            # As on the bank's own boletos: agência-DV / conta-DV
            ("{agencia}-{agencia_dv} / {conta}-{conta_dv}", "{agencia} / {conta}"),
            {"dv": lambda f: mod11_bradesco(f["carteira"] + f["nosso_numero"])},
        ),
        Bank(
            "341", "7", "Itaú",
            "carteira:3 nosso_numero:8 dv:1 agencia:4 conta:5 dac_conta:1 000",
            "{carteira}/{nosso_numero}-{dv}",
            ("{agencia} / {conta}-{dac_conta}",),
            {"dv": _itau_dac, "dac_conta": lambda f: mod10(f["agencia"] + f["conta"])},
        ),
        Bank(
            "748", "X", "Sicredi",
            "tipo_cobranca:1 carteira:1 ano:2 byte:1 nosso_numero:5 dv:1"
            " cooperativa:4 posto:2 codigo_beneficiario:5 com_valor:1 0 *",
            "{ano}/{byte}{nosso_numero}-{dv}",
            ("{cooperativa}.{posto}.{codigo_beneficiario}",),
            {
                "dv": lambda f: mod11(
                    f["cooperativa"] + f["posto"] + f["codigo_beneficiario"] + f["ano"] + f["byte"] + f["nosso_numero"]
                ),
                "com_valor": lambda f: "1" if int(f["valor"]) else "0",
            },
            shapes={"byte": _sicredi_byte, "tipo_cobranca": _sicredi_tipo},
        ),
        Bank(
            "756", "0", "Sicoob",
            "carteira:1 cooperativa:4 modalidade:2 codigo_cliente:7 nosso_numero:7 dv:1 parcela:3",
            "{nosso_numero}-{dv}",
            ("{cooperativa} / {codigo_cliente}",),
            {"dv": lambda f: mod11_sicoob(f["cooperativa"] + f["codigo_cliente"].zfill(10) + f["nosso_numero"])},
            defaults={"parcela": "001"},
        ),
    )
}  # fmt: skip


def bank(code: str) -> Bank:
    """The bank of a code of three digits; raises Refused for one whose boletos we do not make."""
    if code not in BANKS:
        known = ", ".join(f"{bank.name} ({bank.code})" for bank in BANKS.values())
        raise Refused(f"Não fazemos boletos do banco {code!r}. Use um destes: {known}.")
    return BANKS[code]

"""Pix as a text to copy or draw: the BR Code (EMV: tag, length, value), static or with a location, made and read."""

import re
import unicodedata
from binascii import crc_hqx
from collections.abc import Iterator
from functools import lru_cache

from models.refused import Refused

GUI = "br.gov.bcb.pix"
NO_TXID = "***"
MOST_CENTS = 999_999_999_999  # 9999999999.99, the 13 characters of the field
NAME, CITY, INFO, URL, ACCOUNT = 25, 15, 72, 77, 99  # longest texts
STATIC_TXID, DYNAMIC_TXID = 25, 35
KEYS = (
    r"[0-9]{11}",  # CPF
    r"[0-9A-Z]{12}[0-9]{2}",  # CNPJ, letters since July 2026
    r"\+[1-9][0-9]{1,14}",  # telephone
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",  # random
    r"(?=.{3,77}$)[a-z0-9.!#$&'*+/=?^_`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)*",  # e-mail
)
Code = dict[str, "str | dict[str, str]"]


def static_code(key: str, name: str, city: str, cents: int = 0, txid: str = "", info: str = "") -> str:
    """The BR Code of a key; without cents the payer types the amount, without txid nothing ties it to an invoice.

    Name, city and info lose their accents and what does not fit. Raises Refused for anything else that is wrong.
    """
    account = _account_of_key(key, info)
    if txid not in ("", NO_TXID) and not re.fullmatch(rf"[a-zA-Z0-9]{{1,{STATIC_TXID}}}", txid):
        raise Refused("O txid de um Pix estático tem até 25 letras e algarismos, sem acentos. Corrija.")
    if not 0 <= cents <= MOST_CENTS:
        raise Refused("O valor de um Pix vai de R$ 0,01 a R$ 9.999.999.999,99, ou nenhum. Corrija o valor.")
    return _code("", account, f"{cents // 100}.{cents % 100:02}" if cents else "", name, city, txid or NO_TXID)


def dynamic_code(url: str, name: str, city: str, once: bool = False) -> str:
    """The BR Code of a location given by the bank, without https://; amount and txid are asked there.

    `once` says that it may be paid one time only. Raises Refused for an address that is none.
    """
    _refuse_url(url)
    return _code("12" if once else "", _field("00", GUI) + _field("25", url), "", name, city, NO_TXID)


def refusal_to_txid(txid: str) -> str | None:
    """Why this cannot name a dynamic charge at the bank: 26 to 35 letters and digits."""
    if re.fullmatch(rf"[a-zA-Z0-9]{{{STATIC_TXID + 1},{DYNAMIC_TXID}}}", txid):
        return None
    return "O txid de uma cobrança Pix tem de 26 a 35 letras e algarismos, sem acentos."


def plain(text: str, most: int) -> str:
    """ASCII only, one space between words, cut to the length: where characters are bytes, lengths are sure."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = " ".join("".join(char if char.isprintable() else " " for char in bare).split())
    return words[: max(most, 0)].rstrip()


def has_letters(text: str) -> bool:
    """Whether there is a letter in it that files of banks and BR Codes can hold."""
    return re.search("[A-Za-z]", plain(text, len(text) * 4)) is not None


def crc16(text: str) -> str:
    """CRC-16/CCITT-FALSE of the bytes, four capital hexadecimal digits."""
    return f"{crc_hqx(text.encode(), 0xFFFF):04X}"


def read_code(payload: str) -> Code:
    """What a BR Code says, tag by tag, its templates opened. Raises Refused saying which field is wrong."""
    if not (payload.isascii() and payload.isprintable()):
        raise Refused("O código Pix tem caracteres que não cabem nele, como acentos. Copie o código de novo.")
    code: Code = {}
    for tag, value in _fields(payload, "O código Pix").items():
        code[tag] = _fields(value, f"O campo {tag}") if _is_template(tag) else value
    _refuse_crc(payload, code)
    _refuse_wrong(code)
    return code


def _code(point: str, account: str, amount: str, name: str, city: str, txid: str) -> str:
    before, payee = _until_amount(point, account), _payee(name, city)
    text = before + _field("54", amount) + payee + _field("62", _field("05", txid)) + "6304"
    return text + crc16(text)


# A run writes thousands of codes for the same account: what they have in common is made once.


@lru_cache(maxsize=256)
def _account_of_key(key: str, info: str) -> str:
    _refuse_key(key)
    account = _field("00", GUI) + _field("01", key)
    return account + _field("02", plain(info, min(INFO, ACCOUNT - len(account) - 4)))


@lru_cache(maxsize=256)
def _until_amount(point: str, account: str) -> str:
    fields = (("00", "01"), ("01", point), ("26", account), ("52", "0000"), ("53", "986"))
    return "".join(_field(tag, value) for tag, value in fields)


@lru_cache(maxsize=256)
def _payee(name: str, city: str) -> str:
    name, city = plain(name, NAME), plain(city, CITY)
    if not (name and city):
        raise Refused("Um Pix precisa do nome e da cidade de quem recebe. Preencha na empresa.")
    return _field("58", "BR") + _field("59", name) + _field("60", city)


def _field(tag: str, value: str) -> str:
    """An empty one is left out."""
    return f"{tag}{len(value):02}{value}" if value else ""


def _is_template(tag: str) -> bool:
    return "26" <= tag <= "51" or tag in ("62", "64") or tag >= "80"


def _fields(text: str, where: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag, value in _split(text, where):
        if tag in found:
            raise Refused(f"{where} tem o campo {tag} duas vezes. Copie o código de novo.")
        found[tag] = value
    return found


def _split(text: str, where: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        head = text[at : at + 4]
        if not re.fullmatch(r"[0-9]{4}", head):
            raise Refused(f"{where} está quebrado na posição {at + 1}: um comprimento está errado. Copie de novo.")
        tag, size = head[:2], int(head[2:])
        value = text[at + 4 : at + 4 + size]
        if not size or len(value) < size:
            raise Refused(f"{where} tem o campo {tag} com comprimento errado ({size}). Copie o código de novo.")
        yield tag, value
        at += 4 + size


def _refuse_crc(payload: str, code: Code) -> None:
    if list(code)[-1:] != ["63"] or len(str(code["63"])) != 4:
        raise Refused("O código Pix não termina com o CRC (campo 63). Falta o fim: copie o código de novo.")
    if code["63"] != (right := crc16(payload[:-4])):
        raise Refused(f"O CRC (campo 63) é {code['63']} e devia ser {right}. Copie o código de novo.")


def _refuse_wrong(code: Code) -> None:
    """The rules of the table of objects, in their order."""
    if next(iter(code)) != "00":
        raise Refused("O código Pix não começa com o campo 00. Copie o código de novo.")
    rules = {"00": "01", "01": "1[12]", "52": "[0-9]{4}", "53": "986", "54": r"[0-9]{1,10}(\.[0-9]{1,2})?", "58": "BR"}
    rules |= {"59": f".{{1,{NAME}}}", "60": f".{{1,{CITY}}}"}
    for tag, rule in rules.items():
        if tag not in code and tag not in ("01", "54"):
            raise Refused(f"Falta o campo {tag} no código Pix. Copie o código de novo.")
        if tag in code and not re.fullmatch(rule, str(code[tag])):
            raise Refused(f"O campo {tag} do código Pix não vale {code[tag]!r}. Copie o código de novo.")
    longest = DYNAMIC_TXID if "25" in _refuse_account(code) else STATIC_TXID
    more = code.get("62")
    if not isinstance(more, dict) or not re.fullmatch(rf"\*{{3}}|[a-zA-Z0-9]{{1,{longest}}}", more.get("05", "")):
        raise Refused(f"O txid (campo 62-05) tem de 1 a {longest} letras e algarismos. Copie o código de novo.")


def _refuse_account(code: Code) -> dict[str, str]:
    """The account of the payee, once it is right."""
    templates = (value for tag, value in code.items() if "26" <= tag <= "51" and isinstance(value, dict))
    account = next((value for value in templates if value.get("00", "").lower() == GUI), None)
    if account is None:
        raise Refused("Este código não é de Pix: falta br.gov.bcb.pix no campo 26. Peça outro código.")
    if ("01" in account) == ("25" in account):
        raise Refused("O campo 26 deve ter a chave (01) ou o endereço (25), um dos dois. Peça outro código.")
    if "25" in account:
        _refuse_url(account["25"])
        return account
    _refuse_key(account["01"])
    if len(account.get("02", "")) > INFO:
        raise Refused(f"A mensagem do campo 26 passa de {INFO} caracteres. Peça outro código.")
    return account


def _refuse_key(key: str) -> None:
    if not any(re.fullmatch(shape, key) for shape in KEYS):
        raise Refused(
            "A chave Pix deve ser CPF, CNPJ, telefone com +55, e-mail em minúsculas ou chave aleatória. Corrija-a."
        )


def _refuse_url(url: str) -> None:
    if len(url) > URL or not re.fullmatch(r"[a-zA-Z0-9.-]+(:[0-9]+)?(/[!-~]*)?", url):
        raise Refused(f"O endereço do Pix não leva https:// e tem até {URL} caracteres, sem espaços. Corrija.")

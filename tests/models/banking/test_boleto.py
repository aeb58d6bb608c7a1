"""Boletos of the eight banks: every worked example, the fator on both sides of its reset, and what a digit protects."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.banking import BANKS, bank, barcode, boleto, due_date, fator, line, read
from models.banking.digits import dv_geral, mod10, mod11, mod11_bradesco, mod11_sicoob
from models.refused import Refused

EXAMPLES = json.loads((Path(__file__).parents[2] / "examples.json").read_text())
TODAY = date(2026, 11, 22)
ITAU = {"agencia": "0057", "conta": "12345", "carteira": "109", "nosso_numero": "2001"}
LINE = "34191.09008 00200.140051 71234.570001 3 16560000009990"
CAIXA = st.integers(1, 999_999).map(str) | st.integers(1_100_000, 9_999_999).map(str)
DIGITS = st.text("0123456789", min_size=1, max_size=60)


def made(case):
    fields = dict(case["entrada"])
    due, cents = date.fromisoformat(fields.pop("vencimento")), int(fields.pop("valor").replace(".", ""))
    return boleto(case["banco"], fields, due, cents)


@pytest.mark.parametrize("case", EXAMPLES["boletos"], ids=lambda case: f"{case['banco']}-{case['dv_geral']}")
def test_every_example(case):
    slip = made(case)
    assert slip.nosso_numero == case["nosso_numero_impresso"]
    assert slip.barcode == case["codigo_barras"]
    assert slip.line == case["linha_digitavel"]
    assert slip.barcode[19:] == case["campo_livre"]
    assert read(slip.line, slip.due).due == slip.due


def test_the_examples_are_of_all_banks():
    assert {case["banco"] for case in EXAMPLES["boletos"]} == set(BANKS)


# --- What a line or a barcode says ---


@pytest.mark.parametrize(
    "typed", [LINE, LINE.replace(".", "").replace(" ", ""), "34193165600000099901090000200140057123457000"]
)
def test_reading(typed):
    found = read(typed, TODAY)
    assert (found.bank, found.due, found.cents) == ("341", date(2026, 12, 10), 9990)
    assert found.campo_livre == "1090000200140057123457000"
    assert line(found.barcode) == LINE


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (LINE.replace("09008", "09007"), "campo 1 "),
        (LINE.replace("140051", "140052"), "campo 2 "),
        (LINE.replace("570001", "570002"), "campo 3 "),
        (LINE.replace(" 3 ", " 4 "), "verificador geral"),
        (LINE[:-1] + "1", "verificador geral"),
        (LINE[:-1], "aqui há 46"),
        (LINE + "0", "aqui há 48"),
        ("8" + "0" * 47, "conta de consumo"),
        (LINE.replace("0", "O", 1), "só algarismos"),
        (LINE.replace("1", "１", 1), "só algarismos"),
        ("", "só algarismos"),
    ],
)
def test_a_wrong_line_says_where(typed, said):
    with pytest.raises(Refused, match=said):
        read(typed, TODAY)


def test_another_currency_is_refused():
    other = "3418" + "1" + "16560000009990" + "1090000200140057123457000"
    digits = other[:4] + dv_geral(other[:4] + other[5:]) + other[5:]
    with pytest.raises(Refused, match="moeda"):
        read(digits, TODAY)
    with pytest.raises(Refused, match="moeda"):
        barcode(line(digits))


def test_without_due_date_and_without_value():
    slip = boleto("341", ITAU, None, 0)
    assert slip.barcode[5:19] == "0" * 14
    found = read(slip.line, TODAY)
    assert (found.due, found.cents) == (None, 0)


@st.composite
def slips(draw):
    issuer = draw(st.sampled_from(list(BANKS.values())))
    fields = {name: draw(st.text("0123456789", min_size=1, max_size=width)) for name, width in issuer.widths.items()}
    fields |= {"byte": "2", "tipo_cobranca": "1"} if issuer.code == "748" else {}
    fields |= {"convenio": f"3{fields['convenio'].zfill(6)[:6]}"} if issuer.code == "001" else {}
    fields |= {"codigo_beneficiario": draw(CAIXA)} if issuer.code == "104" else {}
    assume((issuer.code, fields.get("carteira")) != ("077", "112"))
    due = draw(st.none() | st.dates(date(2000, 7, 3), date(2049, 10, 13)))
    return boleto(issuer.code, fields, due, draw(st.integers(0, 9_999_999_999)))


@given(slips())
def test_what_is_made_is_read_again(slip):
    found = read(slip.line, slip.due or TODAY)
    assert (found.bank, found.due, found.cents, found.barcode) == (slip.bank, slip.due, slip.cents, slip.barcode)
    fields = bank(slip.bank).fields_of(found.campo_livre)
    assert boleto(slip.bank, fields, slip.due, slip.cents) == slip


@given(slips(), st.integers(0, 31), st.integers(1, 9))
def test_one_wrong_digit_in_fields_1_to_3_is_always_seen(slip, at, more):
    digits = slip.line.replace(".", "").replace(" ", "")
    wrong = f"{digits[:at]}{(int(digits[at]) + more) % 10}{digits[at + 1 :]}"
    with pytest.raises(Refused, match=f"campo {1 if at < 10 else 2 if at < 21 else 3} "):
        read(wrong, TODAY)


@given(slips(), st.integers(0, 43), st.integers(1, 9))
def test_one_wrong_digit_of_a_barcode_is_seen_unless_both_give_a_digit_of_1(slip, at, more):
    """Remainders 0, 1 and 10 share the digit 1: two barcodes among them cannot be told apart."""
    wrong = f"{slip.barcode[:at]}{(int(slip.barcode[at]) + more) % 10}{slip.barcode[at + 1 :]}"
    assume(at == 4 or slip.barcode[4] != "1")
    with pytest.raises(Refused):
        read(wrong, TODAY)


# --- The fator ---


@pytest.mark.parametrize("case", EXAMPLES["fatores"], ids=lambda case: case["vencimento"])
def test_fator_examples(case):
    assert fator(date.fromisoformat(case["vencimento"])) == case["fator"]


def test_the_reset():
    assert [fator(date(2025, 2, day)) for day in (20, 21, 22, 23)] == ["9998", "9999", "1000", "1001"]
    assert fator(date(2049, 10, 13)) == "9999"
    assert fator(date(2000, 7, 3)) == "1000"
    assert fator(date(1997, 10, 8)) == "0001"
    with pytest.raises(Refused, match="anterior"):
        fator(date(1997, 10, 6))


def test_reading_needs_to_know_when_it_reads():
    assert due_date("1656", TODAY) == date(2026, 12, 10)
    assert due_date("1656", date(2003, 1, 1)) == date(2002, 4, 20)
    assert due_date("9999", TODAY) == date(2025, 2, 21)
    assert due_date("9999", date(2045, 1, 1)) == date(2049, 10, 13)
    assert due_date("0500", TODAY) == date(1999, 2, 19)
    assert due_date("0000", TODAY) is None


@given(st.dates(date(2000, 7, 3), date(2049, 10, 13)), st.integers(-4500, 4499))
def test_a_fator_is_read_by_anyone_within_twelve_years(due, away):
    assert due_date(fator(due), due + timedelta(days=away)) == due


# --- The banks' own fields ---


@pytest.mark.parametrize("carteira", ["126", "131", "146", "150", "168"])
def test_some_itau_numbers_leave_the_account_out(carteira):
    slip = boleto("341", ITAU | {"carteira": carteira}, TODAY, 1)
    assert slip.nosso_numero[-1] == mod10(f"{carteira}00002001")
    assert boleto("341", ITAU | {"carteira": "112"}, TODAY, 1).nosso_numero[-1] == mod10("00571234511200002001")


def test_the_account_digit_of_the_bank_is_believed():
    assert boleto("341", ITAU | {"dac_conta": "9"}, TODAY, 1).barcode[19:][21] == "9"


def test_sicredi_says_whether_there_is_a_value():
    fields = {
        "tipo_cobranca": "1", "carteira": "1", "cooperativa": "0903", "posto": "11", "codigo_beneficiario": "04821",
        "ano": "26", "byte": "2", "nosso_numero": "315",
    }  # fmt: skip
    assert [boleto("748", fields, TODAY, cents).barcode[-3] for cents in (0, 1)] == ["0", "1"]
    for strange in ({"byte": "0"}, {"tipo_cobranca": "2"}):
        with pytest.raises(Refused, match="Sicredi"):
            boleto("748", fields | strange, TODAY, 1)


def test_a_beneficiary_of_caixa_with_or_without_its_digit():
    fields = {"modalidade": "14", "nosso_numero": "1"}
    codes = ("245274", "2452740", "0245274")
    made = [boleto("104", fields | {"codigo_beneficiario": code}, TODAY, 1).barcode for code in codes]
    assert made[0] == made[1] == made[2]
    with pytest.raises(Refused, match="código do beneficiário da Caixa"):
        boleto("104", fields | {"codigo_beneficiario": "1099999"}, TODAY, 1)


def test_zeros_at_the_left_do_not_count():
    assert boleto("341", ITAU | {"conta": "0012345", "agencia": "57"}, TODAY, 1) == boleto("341", ITAU, TODAY, 1)


@pytest.mark.parametrize(
    ("code", "fields", "said"),
    [
        ("999", ITAU, "Não fazemos boletos"),
        ("341", {**ITAU, "conta": "123456"}, "cabem 5 algarismos e há 6"),
        ("341", {**ITAU, "conta": "12 45"}, "só cabem algarismos"),
        ("341", {**ITAU, "conta": "１2345"}, "só cabem algarismos"),
        ("341", {**ITAU, "conta": ""}, "só cabem algarismos"),
        ("341", {**ITAU, "convenio": "1"}, "não usa Convênio"),
        ("341", {**ITAU, "dv": "1"}, "não usa dv"),
        ("341", {"agencia": "1"}, "Falta Carteira, Nosso número, Conta"),
        ("001", {"convenio": "123456", "carteira": "17", "nosso_numero": "1"}, "7 algarismos"),
        ("001", {"convenio": "0123456", "carteira": "17", "nosso_numero": "1"}, "7 algarismos"),
        ("077", {"carteira": "112", "operacao": "7654321", "nosso_numero": "1"}, "é o Inter que numera"),
    ],
)
def test_fields_that_are_refused(code, fields, said):
    with pytest.raises(Refused, match=said):
        boleto(code, fields, TODAY, 100)


@pytest.mark.parametrize("cents", [-1, 10_000_000_000])
def test_values_that_do_not_fit(cents):
    with pytest.raises(Refused, match="vai de"):
        boleto("341", ITAU, TODAY, cents)


# --- Check digits ---


@given(DIGITS)
def test_each_digit_is_one_character(digits):
    assert mod10(digits) in "0123456789"
    assert mod11(digits) in "0123456789"
    assert mod11_sicoob(digits) in "0123456789"
    assert dv_geral(digits) in "123456789"
    assert mod11_bradesco(digits) in "0123456789P"


@given(DIGITS, st.data())
def test_mod10_sees_every_single_change(digits, data):
    at, more = data.draw(st.integers(0, len(digits) - 1)), data.draw(st.integers(1, 9))
    assert mod10(f"{digits[:at]}{(int(digits[at]) + more) % 10}{digits[at + 1 :]}") != mod10(digits)


def test_known_digits():
    assert mod10("0057" + "12345" + "109" + "00002001") == "4"
    assert [mod11_bradesco(text) for text in ("1900000000002", "1900000000001", "1900000000006")] == ["8", "P", "0"]
    assert mod11_sicoob("4327" + "0000229385" + "0000002") == "4"


HOLDER = {"agencia": "4042", "agencia_dv": "8", "conta": "61900", "conta_dv": "0"}


@pytest.mark.parametrize(
    ("code", "typed", "account", "printed", "bare"),
    [
        ("001", {"convenio": "1234567", "carteira": "17"}, HOLDER, "4042-8 / 00061900-0", "1234567"),
        ("033", {"codigo_beneficiario": "1234567", "carteira": "101"}, {"agencia": "57"}, "0057 / 1234567", "1234567"),
        ("077", {"carteira": "110", "operacao": "1234567"}, {}, "0001 / 1234567", "0001 / 1234567"),
        (
            "104",
            {"codigo_beneficiario": "5507", "modalidade": "14"},
            {"agencia": "1679"},
            "1679 / 005507-7",
            "005507-7",
        ),
        (
            "104",
            {"codigo_beneficiario": "1100002", "modalidade": "14"},
            {"agencia": "1679"},
            "1679 / 1100002",
            "1100002",
        ),
        (
            "237",
            {"agencia": "4042", "carteira": "09", "conta": "61900"},
            HOLDER,
            "4042-8 / 0061900-0",
            "4042 / 0061900",
        ),
        ("341", {"agencia": "57", "conta": "12345", "carteira": "109"}, {}, "0057 / 12345-7", "0057 / 12345-7"),
        (
            "748",
            {"cooperativa": "165", "posto": "2", "codigo_beneficiario": "623", "carteira": "1", "tipo_cobranca": "1"}
            | {"byte": "2", "ano": "26"},
            {},
            "0165.02.00623",
            "0165.02.00623",
        ),
        (
            "756",
            {"cooperativa": "3069", "codigo_cliente": "828190", "carteira": "1", "modalidade": "01"},
            {},
            "3069 / 0828190",
            "3069 / 0828190",
        ),
    ],
)
def test_agencia_and_codigo_are_printed_as_each_bank_wants_them(code, typed, account, printed, bare):
    """With what the account says, and with what the digits of the slip say alone."""
    free = boleto(code, typed | {"nosso_numero": "1"}, TODAY, 100).barcode[19:]
    assert (bank(code).payee_printed(free, account), bank(code).payee_printed(free, {})) == (printed, bare)

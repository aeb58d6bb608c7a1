"""Files of banks: what is sent stands where the manual says, what comes back is read whole or not at all."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from integrations.bank import (
    BankFileError,
    Beneficiary,
    Payer,
    Title,
    nosso_numero_sent,
    read_return,
    write_outgoing,
)
from integrations.bank.cnab240 import account
from integrations.bank.cnab400 import LAYOUTS as MAPS
from integrations.bank.outgoing import LAYOUTS
from integrations.bank.records import Record
from integrations.bank.return_file import BANKS
from integrations.bank.sequences import PLACES, sequence

EXAMPLES = json.loads((Path(__file__).parents[1] / "examples.json").read_text())
CNAB240 = EXAMPLES["cnab240_retorno"]["linhas"]
CNAB400 = EXAMPLES["cnab400_retorno"]["linhas"]
AT = datetime(2026, 12, 1, 8, 30, 5)  # noqa: DTZ001
RITA = Payer("52998224725", "Rita Moreira da Conceição", "Rua São João, 12", "Centro", "35500120", "Vale Claro", "MG")
ACCOUNT = {
    "agencia": "57", "agencia_dv": "1", "conta": "12345", "conta_dv": "7", "dac_conta": "7", "convenio": "3128557",
    "carteira": "9", "variacao": "19", "codigo_transmissao": "005700000707077", "codigo_beneficiario": "245274",
}  # fmt: skip
FIELDS = {"nosso_numero": "2001", "dv": "4", "modalidade": "01", "parcela": "001", "ano": "26", "byte": "2"}


def title(**more):
    usual = {
        "fields": FIELDS,
        "document": "FAT-000101",
        "our_id": "101",
        "due": date(2026, 12, 10),
        "issued": date(2026, 11, 22),
        "cents": 9990,
        "payer": RITA,
    }
    return Title(**{**usual, **more})


def beneficiary(bank="341", **more):
    return Beneficiary(bank, "11222333000181", "Provedor Exemplo Ltda", ACCOUNT | more)


def lines(content):
    assert content.endswith(b"\r\n")
    return content.decode("ascii").split("\r\n")[:-1]


def at(line, first, last):
    return line[first - 1 : last]


# --- Sent ---


def test_every_position_of_a_file():
    late = title(interest_hundredths=100, fine_hundredths=200, discount_cents=500, discount_until=date(2026, 12, 5))
    header, lot, p, q, r, p2, q2, lot_end, end = lines(write_outgoing(beneficiary(), [late, title()], 12, AT))
    assert at(header, 1, 8) == "34100000"
    assert at(header, 18, 32) == "211222333000181"
    assert at(header, 53, 72) == "00057 000000012345 7"
    assert at(header, 73, 132) == "PROVEDOR EXEMPLO LTDA".ljust(30) + "BANCO ITAU SA".ljust(30)
    assert at(header, 143, 171) == "101122026083005000012040" + "00000"
    assert at(lot, 1, 16) == "34100011R01  030"
    assert at(lot, 18, 33) == "2011222333000181"
    assert at(lot, 54, 103) == "00057 000000012345 7" + "PROVEDOR EXEMPLO LTDA".ljust(30)
    assert at(lot, 184, 207) == "00000012" + "01122026" + "00000000"
    assert at(p, 1, 17) == "3410001300001P 01"
    assert at(p, 18, 57) == "00057 000000012345 7" + "009000020014        "
    assert at(p, 58, 109) == "11122" + "FAT-000101     " + "10122026" + "000000000009990" + "000000" + "04" + "N"
    assert at(p, 110, 165) == "22112026" + "2" + "11122026" + "000000000000100" + "1" + "05122026" + "000000000000500"
    assert at(p, 166, 240) == "0" * 30 + "101".ljust(25) + "300" + "1060" + "09" + "0000000000" + " "
    assert at(q, 9, 73) == "00002Q 01" + "1" + "000052998224725" + "RITA MOREIRA DA CONCEICAO".ljust(40)
    assert (
        at(q, 74, 153) == "RUA SAO JOAO, 12".ljust(40) + "CENTRO".ljust(15) + "35500120" + "VALE CLARO".ljust(15) + "MG"
    )
    assert at(r, 9, 89) == "00003R 01" + "0" * 48 + "2" + "11122026" + "000000000000200"
    assert at(p2, 9, 17) == "00004P 01"
    assert at(p2, 118, 165) == "3" + "0" * 47
    assert at(q2, 9, 14) == "00005Q"
    assert at(lot_end, 1, 46) == "34100015         " + "000007" + "000002" + "00000000000019980"
    assert at(end, 1, 35) == "34199999         " + "000001" + "000009" + "000000"


@pytest.mark.parametrize("bank", LAYOUTS)
def test_every_bank_has_lines_of_240(bank):
    sent = lines(write_outgoing(beneficiary(bank), [title(fine_hundredths=200)], 1, AT))
    assert {len(line) for line in sent} == {240}
    assert [at(line, 8, 8) for line in sent] == ["0", "1", "3", "3", "3", "5", "9"]
    assert {at(line, 1, 3) for line in sent} == {bank}


def test_stretches_of_banks():
    def sent(bank, **more):
        header, lot, p, *_ = lines(write_outgoing(beneficiary(bank, **more), [title()], 1, AT))
        return at(header, 33, 72), at(lot, 34, 73), at(p, 18, 57)

    file, _, own = sent("001", carteira="17")
    assert file == "003128557001417019  000571000000012345" + "7 "
    assert own == "0005710000000123457 31285570000002001   "
    file, lot, own = sent("033")
    assert (file.strip(), lot) == ("005700000707077", " " * 20 + "005700000707077     ")
    assert own == "00571" + "0000123457" * 2 + "  0000000020014"
    assert at(lines(write_outgoing(beneficiary("033"), [title()], 1, AT))[0], 17, 32) == "2011222333000181"
    _, lot, own = sent("104")
    assert (lot[26:32], own[20:]) == ("245274", "00001000000000002001")
    assert sent("104", codigo_beneficiario="1300456")[1][26:32] == "000000"
    assert sent("237", carteira="9")[2][20:] == "00900000000000020014"
    assert sent("748")[2][20:] == "262020014" + " " * 11
    assert sent("756")[2][20:] == "0000020014" + "01" + "01" + "4" + "     "


def test_the_number_that_will_come_back():
    returned = read_return("\n".join(CNAB240))
    assert nosso_numero_sent(beneficiary(carteira="109"), FIELDS | {"dv": "8"}) == returned.entries[0].nosso_numero


@pytest.mark.parametrize(
    ("who", "what", "said"),
    [
        (beneficiary("077"), [title()], "'077'"),
        (beneficiary(), [], "Não há títulos"),
        (Beneficiary("341", "11222333000181", "X", {"agencia": "1"}), [title()], "Falta conta"),
        (beneficiary(conta="123456"), [title()], "mais longo"),
        (beneficiary(), [title(cents=10**15)], "não cabe"),
        (beneficiary(), [title(payer=Payer("12ABC34501DE35", "X", "", "", "", "", ""))], "só com algarismos"),
    ],
)
def test_what_cannot_be_sent(who, what, said):
    with pytest.raises(BankFileError, match=said):
        write_outgoing(who, what, 1, AT)


# --- Came back ---


def test_a_return_of_240():
    returned = read_return("\r\n".join(CNAB240).encode("latin-1"))
    assert (returned.bank, returned.layout) == ("341", 240)
    assert [(entry.line, entry.code, entry.outcome) for entry in returned.entries] == [
        (3, "06", "paid"), (5, "06", "paid"), (7, "02", "registered"), (9, "09", "closed"),
    ]  # fmt: skip
    late = returned.paid[1]
    assert (late.our_id, late.nosso_numero, late.document) == ("102", "109000020026", "FAT-000102")
    assert (late.face_cents, late.paid_cents, late.interest_cents, late.principal_cents) == (9990, 10227, 237, 9990)
    assert (late.due_on, late.occurred_on, late.credited_on) == (
        date(2026, 12, 10),
        date(2026, 12, 21),
        date(2026, 12, 22),
    )
    assert (late.fee_cents, late.discount_cents, late.rebate_cents, late.reasons) == (190, 0, 0, "")
    assert returned.entries[2].credited_on is None


def test_a_return_of_400():
    returned = read_return("\n".join(CNAB400))
    assert (returned.bank, returned.layout) == ("341", 400)
    assert [entry.outcome for entry in returned.entries] == ["paid", "paid", "registered", "rejected"]
    late = returned.paid[1]
    assert (late.paid_cents, late.principal_cents, late.interest_cents) == (10227, 9990, 237)
    assert (late.nosso_numero, late.our_id, late.occurred_on) == ("00002002", "102", date(2026, 12, 21))
    assert returned.entries[3].reasons == "16"


@pytest.mark.parametrize(
    ("principal", "interest", "told", "given"),
    [
        ("9990", "0", 9990, 9990),
        ("9800", "0", 9800, 9990),  # less just the fee: the payer gave all
        ("9800", "237", 10037, 10227),
        ("9700", "0", 9700, 9700),  # less another amount: that is what was paid
    ],
)
def test_the_fee_that_itau_keeps_back_is_no_debt_of_the_payer(principal, interest, told, given):
    paid = CNAB400[1]
    paid = paid[:253] + principal.zfill(13) + interest.zfill(13) + paid[279:]
    entry = read_return("\n".join([CNAB400[0], paid, *CNAB400[2:]])).paid[0]
    assert (entry.paid_cents, entry.given_cents) == (told, given)


@pytest.mark.parametrize(("lines_", "conta"), [(CNAB240, "000000012345"), (CNAB400, "12345")])
def test_the_account_of_a_return(lines_, conta):
    told = read_return("\n".join(lines_)).account
    assert (int(told["agencia"]), told["conta"], set(told)) == (57, conta, {"agencia", "conta"})


@pytest.mark.parametrize("bank", LAYOUTS)
def test_the_header_we_send_would_be_known_in_a_return(bank):
    """Banks send the header back as it was; Santander alone has another one in its returns."""
    header = Record(1, lines(write_outgoing(beneficiary(bank), [title()], 1, AT))[0])
    told = account(header, bank)
    assert told
    for name, text in told.items() if bank != "033" else ():
        assert int(text) == int(ACCOUNT.get(name, "57")), name


@pytest.mark.parametrize("bank", MAPS)
def test_a_header_of_400_without_account_tells_none(bank):
    assert Record(1, "02RETORNO01COBRANCA".ljust(400)).digits(MAPS[bank].account) == {}


@pytest.mark.parametrize("lines_", [CNAB240, CNAB400])
def test_ends_of_lines_and_empty_lines_do_not_matter(lines_):
    usual = read_return("\n".join(lines_)).entries
    trimmed = [line.rstrip() for line in lines_]
    assert read_return("\r\n".join(trimmed) + "\r\n\x1a").entries == usual
    assert [entry.paid_cents for entry in read_return("\n\n".join(lines_)).entries] == [e.paid_cents for e in usual]


def changed(source, line, first, text):
    """The file with other characters from a position of one line on; lines counted from 1."""
    own = source[line - 1]
    return "\n".join([*source[: line - 1], own[: first - 1] + text + own[first - 1 + len(text) :], *source[line:]])


def without(source, line):
    return "\n".join(source[: line - 1] + source[line:])


BROKEN = [
    ("", None, "vazio"),
    ("   \n\n", None, "vazio"),
    ("lixo", 1, "não lemos CNAB 240"),
    (CNAB240[0], 1, "fim do arquivo"),
    ("\n".join(line.replace("341", "999", 1) for line in CNAB240), 1, "'999'"),
    ("\n".join(line.replace("341", "077", 1) for line in CNAB240), 1, "'077'"),
    (changed(CNAB240, 1, 143, "3"), 1, "não é um retorno"),
    (changed(CNAB240, 1, 8, "1"), 1, "cabeçalho"),
    (changed(CNAB240, 4, 1, "001"), 4, "o banco mudou"),
    (changed(CNAB240, 4, 4, "0002"), 4, "o lote mudou"),
    (changed(CNAB240, 4, 8, "7"), 4, "tipo '7'"),
    (changed(CNAB240, 4, 8, "1"), 4, "fora de lugar"),
    (changed(CNAB240, 2, 8, "3"), 2, "fora de lugar"),
    (changed(CNAB240, 2, 10, "20"), 2, "cobrança"),
    (changed(CNAB240, 5, 9, "00009"), 5, "sequência"),
    (changed(CNAB240, 4, 14, "T"), 4, "segmento U"),
    (changed(CNAB240, 3, 14, "U"), 3, "segmento T"),
    (changed(CNAB240, 10, 14, "Y"), 9, "falta o segmento U"),
    ("\n".join([*CNAB240[:4], CNAB240[4] + "x", *CNAB240[5:]]), 5, "241 caracteres"),
    (changed(CNAB240, 11, 18, "000009"), 11, "registros no lote"),
    (changed(CNAB240, 12, 18, "000002"), 12, "lotes"),
    (changed(CNAB240, 12, 24, "000011"), 12, "registros"),
    (without(CNAB240, 12), 11, "fim do arquivo"),
    (without(CNAB240, 11), 2, "não termina"),
    (without(CNAB240, 5), 5, "sequência"),
    (changed(CNAB400, 1, 2, "1RETORNE"), 1, "02RETORNO"),
    (changed(CNAB400, 1, 77, "999"), 1, "CNAB 400 do banco '999'"),
    (without(CNAB400, 6), 5, "fim do arquivo"),
    (without(CNAB400, 3), 3, "sequência"),
    (changed(CNAB400, 3, 1, "5"), 3, "tipo '5'"),
    ("\n".join([*CNAB400[:2], CNAB400[2][:300], *CNAB400[3:]]), 3, "só algarismos"),
]
ODD = [
    (changed(CNAB240, 6, 16, "17"), 6, "outra ocorrência"),
    (changed(CNAB240, 4, 78, "0000000000099,90"), 4, "só algarismos"),
    (changed(CNAB240, 4, 78, " " * 15), 4, "só algarismos"),
    (changed(CNAB240, 4, 78, "0" * 15), 3, "valor pago é zero"),
    (changed(CNAB240, 4, 138, "31022026"), 4, "não é uma data"),
    (changed(CNAB240, 4, 138, "10130000"), 4, "não é uma data"),
    (changed(CNAB240, 4, 138, "00000000"), 3, "data da ocorrência"),
    (changed(changed(CNAB240, 3, 16, "  ").split("\n"), 4, 16, "  "), 3, "código da ocorrência"),
    ("\n".join([*CNAB240[:3], CNAB240[3][:100], *CNAB240[4:]]), 3, "data da ocorrência"),
    ("\n".join([*CNAB240[:2], CNAB240[2][:150], *CNAB240[3:]]), 3, "só algarismos"),
    (changed(CNAB400, 3, 254, "0000000009x90"), 3, "só algarismos"),
    (changed(CNAB400, 3, 111, "320126"), 3, "não é uma data"),
    (changed(CNAB400, 3, 111, "      "), 3, "data da ocorrência"),
    (changed(CNAB400, 3, 109, "  "), 3, "código da ocorrência"),
    (changed(CNAB400, 3, 254, "0" * 26), 3, "valor pago é zero"),
]


@pytest.mark.parametrize(("text", "line", "said"), BROKEN, ids=range(len(BROKEN)))
def test_broken_files_are_not_half_read(text, line, said):
    with pytest.raises(BankFileError, match=f"(?i){said}") as broken:
        read_return(text)
    assert broken.value.line == line
    assert line is None or broken.value.sentence.startswith(f"Linha {line}: ")


@pytest.mark.parametrize(("text", "line", "said"), ODD, ids=range(len(ODD)))
def test_a_title_that_is_odd_takes_no_other_along(text, line, said):
    usual = len(read_return("\n".join(CNAB240 if text.startswith("341") else CNAB400)).entries)
    returned = read_return(text)
    assert len(returned.entries) == usual - 1
    [odd] = returned.odd
    assert odd.line == line
    assert said in odd.sentence.lower()
    assert odd.sentence.startswith(f"Linha {line}: ")


def test_other_segments_say_nothing_of_money():
    more = [*CNAB240]
    more.insert(4, more[3][:8] + "00003Y-04" + " " * 223)
    for number, row in enumerate(range(2, 11), 1):
        more[row] = more[row][:8] + f"{number:05}" + more[row][13:]
    more[11] = more[11][:17] + "000011" + more[11][23:]
    more[12] = more[12][:23] + "000013" + more[12][29:]
    assert [entry.paid_cents for entry in read_return("\n".join(more)).entries] == [9990, 10227, 0, 0]


def test_santander_counts_otherwise_and_has_its_own_segment():
    detail = "0330001300001T 06" + "1234" + "5" + "1234567891" + " " * 8 + "0000000003021" + "5" + "FAT-9".ljust(15)
    detail += (
        "20122026" + f"{11990:015}" + "033" + "1234" + "0" + "900".ljust(25) + "00" + "1" + "52998224725".zfill(15)
    )
    detail += "RITA".ljust(40) + "1234567891" + f"{261:015}" + "04".ljust(10)
    paid = f"0330001300002U 06{0:060}{11990:015}{11990:015}{0:030}2012202621122026"
    said = "\n".join([
        "03300000".ljust(142) + "220122026" + "000000" + "000040" + "040",
        "03300011T01  030",
        detail,
        paid,
        "03300015         000002",
        "03300009         000001000006",
    ])  # fmt: skip
    entry = read_return(said).entries[0]
    assert (entry.nosso_numero, entry.document, entry.our_id) == ("0000000003021", "FAT-9", "900")
    assert (entry.face_cents, entry.paid_cents, entry.fee_cents) == (11990, 11990, 261)
    assert entry.due_on == entry.occurred_on == date(2026, 12, 20)


# --- The other maps of 400 positions ---


def line400(number, **places):
    """A line with texts from the positions given as p38='...'."""
    line = " " * 394 + f"{number:06}"
    for name, text in places.items():
        first = int(name.removeprefix("p"))
        line = line[: first - 1] + text + line[first - 1 + len(text) :]
    return line


def file400(bank, detail):
    header = line400(1, p1="02RETORNO01COBRANCA", p77=bank)
    return "\n".join([header, detail, line400(3, p1="9201" + bank)])


@pytest.mark.parametrize(("bank", "paid", "closed"), [
    ("001", "06", "09"), ("033", "06", "09"), ("104", "21", "02"), ("237", "06", "09"), ("341", "10", "09"),
    ("748", "06", "09"), ("756", "06", "09"),
])  # fmt: skip
def test_maps_and_codes_of_banks(bank, paid, closed):
    def read(code):
        start = MAPS[bank].places["nosso_numero"][0]
        places = {f"p{start}": "12345678", "p109": code, "p111": "101226", "p153": f"{9990:013}", "p254": f"{9990:013}"}
        return read_return(file400(bank, line400(2, p1=MAPS[bank].title, **places))).entries[0]

    assert (read(paid).outcome, read(closed).outcome, read("99" if bank == "104" else "03").outcome) == (
        "paid", "closed", "rejected",
    )  # fmt: skip
    assert read(paid).nosso_numero.startswith("12345678")
    assert (read(paid).paid_cents, read(paid).occurred_on) == (9990, date(2026, 12, 10))
    assert read("77").outcome == "other"


def test_inter_has_everything_elsewhere():
    def read(code):
        places = {"p38": "101", "p71": "00000810024", "p90": code, "p92": "101226", "p98": "FAT-1", "p119": "101226"}
        places |= {"p125": f"{9990:013}", "p160": f"{9990:013}", "p173": "111226"}
        return read_return(file400("077", line400(2, p1="1", **places))).entries[0]

    assert [read(code).outcome for code in ("02", "03", "06", "07")] == ["registered", "rejected", "paid", "closed"]
    paid = read("06")
    assert (paid.nosso_numero, paid.our_id, paid.paid_cents) == ("00000810024", "101", 9990)
    assert (paid.due_on, paid.credited_on) == (date(2026, 12, 10), date(2026, 12, 11))


def test_the_same_number_means_other_things_elsewhere():
    def entry(source, code):
        return read_return(source(code)).entries[0]

    cartorio = entry(lambda code: changed(CNAB400, 2, 109, code), "17")
    after = entry(lambda code: changed(changed(CNAB240, 3, 16, code).split("\n"), 4, 16, code), "17")
    assert (cartorio.outcome, after.outcome) == ("other", "paid")


# --- The number in a nosso número ---


@pytest.mark.parametrize("bank", LAYOUTS)
def test_the_number_we_reserved_is_found_where_we_put_it(bank):
    sent = nosso_numero_sent(beneficiary(bank), FIELDS)
    assert sequence(bank, 240, sent) == (2001, 2026 if bank == "748" else None)


@pytest.mark.parametrize(
    ("bank", "text", "number"),
    [
        ("001", "31285570000002001", 2001),
        ("033", "00020014", 2001),
        ("077", "00000020014", 2001),
        ("104", "14000000000002001", 2001),
        ("237", "00000002001P", 2001),
        ("341", "00002001", 2001),
        ("748", "262020014", 2001),
        ("756", "00000002001", 2001),
        ("341", "2001", None),
        ("341", "0000200A", None),
        ("341", "", None),
    ],
)
def test_the_number_in_files_of_400(bank, text, number):
    assert sequence(bank, 400, text)[0] == number


def test_every_layout_that_is_read_has_a_place_for_the_number():
    assert set(PLACES) == {(bank, layout) for layout, banks in BANKS.items() for bank in banks}


@pytest.mark.parametrize("sent", [changed(CNAB240, 1, 143, "1"), changed(CNAB400, 1, 2, "1REMESSA")])
def test_a_remessa_is_named(sent):
    with pytest.raises(BankFileError, match="Isto é uma remessa"):
        read_return(sent)

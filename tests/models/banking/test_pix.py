"""BR Codes: the examples, what is cut and what is refused, and that nothing made is misread."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.banking import crc16, dynamic_code, read_code, refusal_to_txid, static_code
from models.refused import Refused

EXAMPLES = json.loads((Path(__file__).parents[2] / "examples.json").read_text())
KEY = "123e4567-e12b-12d1-a456-426655440000"
OFFICIAL = EXAMPLES["pix"][0]["payload"]
URL = "pix.example.com/qr/v2/cobv/9d36b84fc70b478fb95c12729b90ca25"


def with_crc(text):
    return f"{text}6304{crc16(text + '6304')}"


def test_the_check_value_of_the_crc():
    assert crc16("123456789") == "29B1"
    assert crc16("") == "FFFF"


@given(st.text(max_size=50))
def test_crc_is_the_definition(text):
    register = 0xFFFF
    for byte in text.encode():
        register ^= byte << 8
        for _ in range(8):
            register = (register << 1 ^ (0x1021 if register & 0x8000 else 0)) & 0xFFFF
    assert crc16(text) == f"{register:04X}"


@pytest.mark.parametrize("case", EXAMPLES["pix"], ids=lambda case: case["crc16"])
def test_reading_the_examples(case):
    assert read_code(case["payload"]) == case["campos"]


def test_making_the_examples():
    assert static_code(KEY, "Fulano de Tal", "BRASILIA") == OFFICIAL
    for case in EXAMPLES["pix"][1:]:
        told = case["construir_de"]
        if "url" in told:
            made = dynamic_code(told["url"], told["nome"], told["cidade"], told["once"])
        else:
            cents = int(told.get("valor", "0").replace(".", ""))
            key, txid, info = told["chave"], told.get("txid", ""), told.get("desc", "")
            made = static_code(key, told["nome"], told["cidade"], cents, txid, info)
        assert made == case["payload"]


@pytest.mark.parametrize("case", EXAMPLES["pix_invalidos"], ids=lambda case: case["payload"][-4:])
def test_broken_examples(case):
    with pytest.raises(Refused):
        read_code(case["payload"])


def test_names_lose_accents_and_what_does_not_fit():
    made = read_code(static_code(KEY, "Provedor  São José\nInternet Ltda ME", "São José dos Campos e região"))
    assert (made["59"], made["60"]) == ("Provedor Sao Jose Interne", "Sao Jose dos Ca")
    cut_at_a_space = read_code(static_code(KEY, "Provedor de Internet Lt. e Filhos", "Vale"))
    assert cut_at_a_space["59"] == "Provedor de Internet Lt."


@pytest.mark.parametrize(("key", "room"), [("11222333000181", 59), (KEY, 37), ("a" * 60 + "@provedor.example", 0)])
def test_a_message_fills_the_room_the_key_leaves(key, room):
    account = read_code(static_code(key, "N", "C", info="Fatura " + "9" * 100))["26"]
    assert account.get("02", "") == ("Fatura " + "9" * 100)[:room]
    assert sum(4 + len(value) for value in account.values()) <= 99


def test_a_message_of_up_to_72_characters_is_not_reached_by_any_key():
    assert len(read_code(static_code("+1234567", "N", "C", info="x" * 99))["26"]["02"]) == 65


@pytest.mark.parametrize(
    ("cents", "said"), [(1, "0.01"), (100, "1.00"), (123456, "1234.56"), (999_999_999_999, "9999999999.99")]
)
def test_amounts(cents, said):
    assert read_code(static_code(KEY, "N", "C", cents))["54"] == said


def test_no_amount_has_no_field():
    assert "54" not in read_code(static_code(KEY, "N", "C", 0))


@pytest.mark.parametrize(
    "key",
    ["52998224725", "11222333000181", "12ABC34501DE35", "+5511987654321", "financeiro@provedor.example", KEY],
)
def test_keys(key):
    assert read_code(static_code(key, "N", "C"))["26"] == {"00": "br.gov.bcb.pix", "01": key}


@pytest.mark.parametrize(
    "key",
    [
        "",
        "529.982.247-25",
        "5299822472",
        "11987654321x",
        "A@B.COM",
        KEY.upper(),
        "12ABC34501DE3A",
        "x" * 70 + "@b.com.br",
    ],
)
def test_keys_that_are_none(key):
    with pytest.raises(Refused, match="chave"):
        static_code(key, "N", "C")


@pytest.mark.parametrize("txid", ["a" * 26, "FAT-1", "ção", "a b", "**"])
def test_static_txids_that_are_refused(txid):
    with pytest.raises(Refused, match="txid"):
        static_code(KEY, "N", "C", txid=txid)


def test_txids():
    assert read_code(static_code(KEY, "N", "C", txid="a" * 25))["62"] == {"05": "a" * 25}
    assert static_code(KEY, "N", "C", txid="***") == static_code(KEY, "N", "C")
    assert refusal_to_txid("a" * 26) is refusal_to_txid("Z9" * 17) is None
    for wrong in ("a" * 25, "a" * 36, "a" * 25 + "-", ""):
        assert "26 a 35" in refusal_to_txid(wrong)


@pytest.mark.parametrize("url", ["https://pix.example.com/a", "a" * 78, "pix example", "", "pix.example/ç"])
def test_addresses_that_are_refused(url):
    with pytest.raises(Refused, match="https"):
        dynamic_code(url, "N", "C")


@pytest.mark.parametrize("cents", [-1, 1_000_000_000_000])
def test_amounts_that_are_refused(cents):
    with pytest.raises(Refused, match="valor"):
        static_code(KEY, "N", "C", cents)


def test_somebody_must_be_paid():
    for name, city in (("", "C"), ("N", "  "), ("日本", "C")):
        with pytest.raises(Refused, match="nome e da cidade"):
            static_code(KEY, name, city)


def test_a_composite_code_is_read():
    recurring = "0014br.gov.bcb.pix2520pix.example.com/rec/"
    payload = with_crc(OFFICIAL[:-8] + f"80{len(recurring):02}{recurring}")
    assert read_code(payload)["80"] == {"00": "br.gov.bcb.pix", "25": "pix.example.com/rec/"}


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        ("", "CRC"),
        ("abc", "posição 1"),
        (OFFICIAL[:-1], "63 com comprimento errado"),
        (OFFICIAL[:-8], "CRC"),
        (OFFICIAL + "0", "quebrado na posição"),
        (OFFICIAL.lower(), "CRC"),
        (OFFICIAL.replace("5913", "5914"), "comprimento|quebrado|não vale|CRC"),
        (OFFICIAL.replace("Fulano", "Fuláno"), "acentos"),
        (with_crc(OFFICIAL[6:-8]), "não começa"),
        (with_crc("000202" + OFFICIAL[6:-8]), "campo 00"),
        (with_crc(OFFICIAL[:-8].replace("5303986", "5303840")), "campo 53"),
        (with_crc(OFFICIAL[:-8].replace("5802BR", "5802US")), "campo 58"),
        (with_crc(OFFICIAL[:-8].replace("5802BR", "")), "Falta o campo 58"),
        (with_crc(OFFICIAL[:-8].replace("5802BR", "54045,005802BR")), "campo 54"),
        (with_crc(OFFICIAL[:-8].replace("52040000", "5204000052040000")), "duas vezes"),
        (with_crc(OFFICIAL[:-8].replace("5913Fulano de Tal", f"5926{'x' * 26}")), "campo 59"),
        (with_crc(OFFICIAL[:-8].replace("6008BRASILIA", f"6016{'x' * 16}")), "campo 60"),
        (with_crc(OFFICIAL[:-8].replace("62070503***", "62080504a-b9")), "txid"),
        (with_crc(OFFICIAL[:-8].replace("62070503***", "")), "txid"),
        (with_crc(OFFICIAL[:-8].replace("62070503***", f"62300526{'A' * 26}")), "txid"),
        (with_crc(OFFICIAL[:-8].replace("br.gov.bcb.pix", "br.gov.bcb.xyz")), "não é de Pix"),
        (with_crc(OFFICIAL[:-8].replace("0136123e", "0236123e")), "um dos dois"),
        (with_crc(OFFICIAL[:-8].replace("0136123e", "0135123e")), "campo 26"),
    ],
)
def test_broken_codes_say_what_is_wrong(payload, said):
    with pytest.raises(Refused, match=said):
        read_code(payload)


@given(
    st.text(max_size=40),
    st.text(max_size=30),
    st.integers(0, 10**11),
    st.text("aZ9", max_size=25),
    st.text(max_size=90),
)
def test_what_is_made_is_read_again(name, city, cents, txid, info):
    read = read_code(static_code(KEY, f"N{name}", f"C{city}", cents, txid, info))
    assert read["26"]["01"] == KEY
    assert read["62"]["05"] == (txid or "***")
    assert read.get("54", "0.00") == f"{cents // 100}.{cents % 100:02}"


@given(st.integers(0, len(OFFICIAL) - 1), st.characters(codec="ascii"))
def test_one_changed_character_is_always_seen(at, char):
    changed = OFFICIAL[:at] + char + OFFICIAL[at + 1 :]
    if changed != OFFICIAL:
        with pytest.raises(Refused):
            read_code(changed)

"""A return of 400 positions: one line a title, each bank with a map of its own."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from integrations.bank.records import TRY_AGAIN, Places, Reading, Record

USUAL: Places = {
    "our_id": (38, 62),
    "nosso_numero": (63, 70),
    "code": (109, 110),
    "occurred_on": (111, 116),
    "document": (117, 126),
    "due_on": (147, 152),
    "face_cents": (153, 165),
    "fee_cents": (176, 188),
    "rebate_cents": (228, 240),
    "discount_cents": (241, 253),
    "paid_cents": (254, 266),
    "interest_cents": (267, 279),
    "credited_on": (296, 301),
}


@dataclass(frozen=True)
class Layout:
    """Where a bank puts what; `title` is the type of a line that tells a title, `also` types that tell no money.

    `account` are the fields of the bank account that the header tells, by their names there.
    """

    places: Places
    title: str = "1"
    also: str = ""
    account: Places = field(default_factory=dict)


def _but(places: Places, *without: str) -> Places:
    """The usual places with others of this bank, and without some."""
    return {name: place for name, place in {**USUAL, **places}.items() if name not in without}


LAYOUTS = {
    "001": Layout(
        _but({
            "our_id": (39, 63), "nosso_numero": (64, 80), "credited_on": (176, 181), "fee_cents": (182, 188),
            "reasons": (87, 88),
        }),
        title="7",
        account={"agencia": (27, 30), "conta": (32, 39), "convenio": (150, 156)},
    ),
    "033": Layout(_but({"reasons": (137, 145)}), also="28", account={"agencia": (27, 30)}),
    "077": Layout({
        "our_id": (38, 62), "nosso_numero": (71, 81), "code": (90, 91), "occurred_on": (92, 97),
        "document": (98, 107), "due_on": (119, 124), "face_cents": (125, 137), "paid_cents": (160, 172),
        "credited_on": (173, 178), "reasons": (241, 380),
    }),
    "104": Layout(
        _but({"our_id": (32, 56), "nosso_numero": (57, 73), "credited_on": (294, 299), "reasons": (80, 82)}),
        account={"agencia": (27, 30), "codigo_beneficiario": (31, 37)},
    ),
    "237": Layout(
        _but({"nosso_numero": (71, 82), "reasons": (319, 328)}), also="348", account={"convenio": (27, 46)}
    ),
    # Itaú tells the principal, without interest
    "341": Layout(
        _but({"principal_cents": (254, 266), "reasons": (378, 385)}, "paid_cents"),
        also="48",
        account={"agencia": (27, 30), "conta": (33, 37)},
    ),
    "748": Layout(
        _but({"nosso_numero": (48, 62), "reasons": (319, 328)}, "our_id", "credited_on"),
        account={"codigo_beneficiario": (27, 31)},
    ),
    "756": Layout(
        _but({
            "nosso_numero": (63, 73), "credited_on": (176, 181), "fee_cents": (182, 188), "reasons": (378, 385),
        }),
        account={"agencia": (27, 30), "cooperativa": (27, 30)},
    ),
}  # fmt: skip


def titles(records: list[Record], bank: str) -> Iterator[tuple[Record, Reading]]:
    """The line of each title, and how its values are read.

    Raises BankFileError for a broken file; the reading does for a title that cannot be understood.
    """
    header, details, end = records[0], records[1:-1], records[-1]
    if header.at(1, 9) != "02RETORNO":
        raise header.broken(f"isto não é um retorno: a linha devia começar com 02RETORNO. {TRY_AGAIN}")
    if end.at(1) != "9":
        raise end.broken(f"falta o fim do arquivo (registro 9). {TRY_AGAIN}")
    for number, record in enumerate(records, 1):
        if record.number(395, 400) != number:
            raise record.broken(f"a sequência pula: era a vez do registro {number}. {TRY_AGAIN}")
    layout = LAYOUTS[bank]
    for record in details:
        if record.at(1) == layout.title:
            yield record, partial(record.read, layout.places)
        elif record.at(1) not in layout.also:
            raise record.broken(f"registro de tipo {record.at(1)!r} desconhecido neste banco. {TRY_AGAIN}")

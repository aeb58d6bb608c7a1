"""`flask bank conformance`: every example agrees, and nothing that is changed in them passes."""

import copy
import json
from pathlib import Path

import pytest

from jobs.conformance import report
from jobs.conformance.case import reais

EXAMPLES = json.loads((Path(__file__).parents[1] / "examples.json").read_text())
SENTINEL = object()


@pytest.fixture
def conform(shared_app, tmp_path):
    """The command on a document (or on the text of a file): its exit code and its lines."""

    def run(document):
        file = tmp_path / "casos.json"
        text = document if isinstance(document, str | bytes) else json.dumps(document)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        answer = shared_app.test_cli_runner().invoke(args=["bank", "conformance", str(file)])
        assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exception
        return answer.exit_code, answer.output.splitlines()

    return run


def changed(section, *path, to):
    """One section of the examples with another value at a place; SENTINEL takes it away."""
    document = {section: copy.deepcopy(EXAMPLES[section])}
    at = document[section]
    for step in path[:-1]:
        at = at[step]
    if to is SENTINEL:
        del at[path[-1]]
    else:
        at[path[-1]] = to
    return document


def test_every_example_agrees(conform):
    code, lines = conform({"about": "x", **EXAMPLES})
    assert lines == ["106 conferidos, 0 divergentes"]
    assert code == 0


@pytest.mark.parametrize("section", EXAMPLES)
def test_any_subset(conform, section):
    code, lines = conform({section: EXAMPLES[section]})
    assert code == 0
    assert lines[-1].endswith(", 0 divergentes")
    assert not lines[-1].startswith("0 ")


def leaves(value, path=()):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, (*path, index))
    else:
        yield path, value


def other(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return f"0{value}" if value[:1].isalpha() else f"{value}0"


INPUTS = {"entrada", "construir_de", "linhas", "modo"}
UNSEEN = {  # inputs that may change without changing what is calculated from them
    ("cpf", "valor"), ("cnpj", "valor"), ("linhas_invalidas", "linha_digitavel"), ("pix_invalidos", "payload"),
    ("encargos", "multa_percentual"), ("encargos", "juros_mes_percentual"), ("prorata", "base"),
    ("cobv_validade", "validadeAposVencimento"),
}  # fmt: skip


@pytest.mark.parametrize("section", EXAMPLES)
def test_any_changed_expectation_is_found_and_named(section):
    seen = 0
    for path, value in leaves(EXAMPLES[section]):
        if INPUTS & set(path) or (section, path[-1]) in UNSEEN:
            continue
        document = changed(section, *path, to=other(value))
        found = report(document)
        assert found.divergent, (path, value)
        assert all(line.startswith(section) for line in found.lines)
        assert report(changed(section, *path, to=None)).divergent, path
        seen += 1
    assert seen


def test_a_difference_is_said_with_both_values(conform):
    code, lines = conform(changed("boletos", 3, "dv_geral", to="9"))
    assert code == 1
    assert lines == [
        'boletos[3].dv_geral: o arquivo diz "9", o cálculo dá "8"',
        "27 conferidos, 1 divergentes",
    ]


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (changed("boletos", 0, "banco", to="999"), "boletos[0]: Não fazemos boletos do banco '999'"),
        (changed("boletos", 0, "entrada", "convenio", to=SENTINEL), "boletos[0]: Falta Convênio"),
        (changed("boletos", 0, "entrada", "valor", to=SENTINEL), "boletos[0]: falta a chave valor"),
        (changed("boletos", 0, "entrada", "valor", to=10.5), 'valor devia ser um texto e é 10.5'),
        (changed("boletos", 0, "entrada", "valor", to="10,50"), 'valor devia ser um valor como "99.90"'),
        (changed("boletos", 0, "entrada", "valor", to="100000000.00"), "boletos[0]: O valor de um boleto vai"),
        (changed("boletos", 0, "entrada", "carteira", to=18), "carteira devia ser um texto e é 18"),
        (changed("boletos", 0, "entrada", "posto", to="1"), "não usa Posto"),
        (changed("boletos", 0, "entrada", "vencimento", to="2013-02-30"), "vencimento devia ser uma data"),
        (changed("boletos", 0, "entrada", to=[]), "entrada devia ser um objeto"),
        (changed("boletos", 0, "linha_digitavel", to=SENTINEL), "boletos[0]: falta a chave linha_digitavel"),
        (changed("boletos", 0, "extra", to=1), 'boletos[0]: chave desconhecida "extra"'),
        (changed("boletos", 0, "nome_banco", to="Banco do Brazil"), "boletos[0].nome_banco"),
        (changed("boletos", 0, to=7), "boletos[0]: devia ser um objeto"),
        (changed("fatores", 0, "vencimento", to="1990-01-01"), "fatores[0]: O vencimento 01/01/1990 é anterior"),
        (changed("linhas_invalidas", 0, "valida", to=True), "linhas_invalidas[0].valida"),
        (changed("linhas_invalidas", 0, "valida", to=0), "linhas_invalidas[0].valida"),
        (changed("carne_12", 4, "parcela", to="6/12"), 'parcela: o arquivo diz "6/12", o cálculo dá "05/12"'),
        (changed("carne_12", 0, "parcela", to="1 de 12"), "carne_12[0]: parcela devia ser como"),
        (changed("carne_12", 0, "codigo_barras", to="1"), "carne_12[0]: codigo_barras devia ter 44"),
        (changed("pix", 1, "construir_de", "chave", to="?"), "pix[1]: A chave Pix"),
        (changed("pix", 1, "construir_de", "once", to=True), "pix[1]: um Pix estático não vale uma vez só"),
        (changed("pix", 4, "construir_de", "valor", to="1.00"), 'chave desconhecida "valor"'),
        (changed("pix", 0, "payload", to="abc"), "pix[0]: O código Pix"),
        (changed("pix", 0, "campos", "26", "01", to="x"), "pix[0].campos.26.01: o arquivo diz"),
        (changed("pix", 0, "campos", "54", to="1.00"), "pix[0].campos.54: o arquivo diz \"1.00\", o cálculo não tem"),
        (changed("pix", 0, "campos", "58", to=SENTINEL), "pix[0].campos.58: falta no arquivo"),
        (changed("crc16", 0, "entrada", to="12345678\ud800"), "crc16[0]: entrada tem caracteres que não são texto"),
        (changed("cobv_validade", 0, "validadeAposVencimento", to=True), "devia ser um número inteiro e é true"),
        (changed("cobv_validade", 0, "validadeAposVencimento", to=10**12), "sai do calendário"),
        (changed("cobv_validade", 0, "validadeAposVencimento", to=-1), "não pode ser negativa"),
        (changed("encargos", "parametros", "multa_percentual", to="dois"), "encargos: multa_percentual devia ser"),
        (changed("encargos", "parametros", "novo", to=1), 'encargos.parametros: chave desconhecida "novo"'),
        (changed("encargos", "parametros", to=SENTINEL), "encargos: falta a chave parametros"),
        (changed("encargos", "novo", to=1), 'encargos: chave desconhecida "novo"'),
        (changed("prorata", 5, "modo", to="carnê"), "antecipado ou postecipado"),
        (changed("prorata", 5, "primeiro_vencimento", to="2026-11-01"), "prorata[5]: O início do uso"),
        (changed("fidelidade", 0, "fim", to="2025-01-01"), "fidelidade[0]: A fidelidade termina antes"),
        (changed("cnab240_retorno", "linhas", 3, to="x"), "cnab240_retorno: Linha 4:"),
        (changed("cnab240_retorno", "linhas", to=EXAMPLES["cnab400_retorno"]["linhas"]), "as linhas são de CNAB 400"),
        (changed("cnab240_retorno", "linhas", to=[1]), "linhas devia ter só textos"),
        (changed("cnab240_retorno", "esperado", "ocorrencias", "06", to=3), "cnab240_retorno.esperado.ocorrencias.06"),
        (changed("cnab400_retorno", "esperado", "liquidados", to=[]), "cnab400_retorno.esperado.liquidados"),
        ({"boletos": {}}, "boletos: devia ser uma lista"),
        ({"novos": []}, "novos: seção desconhecida"),
        ([], "O arquivo devia ser um objeto"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(conform, document, said):
    code, lines = conform(document)
    assert code == 1
    assert said in "\n".join(lines[:-1])
    assert not lines[-1].endswith(", 0 divergentes")


@pytest.mark.parametrize("document", [{}, {"about": "x"}, {"boletos": [], "pix": []}])
def test_a_file_without_cases_proves_nothing(conform, document):
    code, lines = conform(document)
    assert code == 1
    assert lines[-2:] == ["O arquivo não tem nenhum caso: nada foi conferido.", "0 conferidos, 0 divergentes"]


def test_a_section_without_cases_is_said(conform):
    code, lines = conform({"boletos": [], "cpf": [{"valor": "52998224725", "valido": True}]})
    assert (code, lines) == (0, ["boletos: nenhum caso", "1 conferidos, 0 divergentes"])


def test_the_name_of_a_bank_need_not_be_told(conform):
    assert conform(changed("boletos", 0, "nome_banco", to=SENTINEL))[0] == 0


def test_negative_amounts_are_written_as_such():
    assert (reais(-236), reais(-5), reais(5)) == ("-2.36", "-0.05", "0.05")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "não é JSON na linha 1, coluna 1"),
        ('{"cpf":\n x}', "não é JSON na linha 2, coluna 2"),
        ("[" * 100_000, "uma dentro da outra"),
        ("1" * 6_000, "um número longo demais"),
        ('{"fatores": [], "fatores": []}', 'a chave "fatores" está repetida'),
        ("ção".encode("latin-1"), "não está em UTF-8"),
    ],
)
def test_what_is_no_json(conform, text, said):
    code, [line, tally] = conform(text)
    assert (code, tally) == (1, "1 conferidos, 1 divergentes")
    assert said in line


def test_no_file(shared_app, tmp_path):
    for missing in (tmp_path / "nada.json", tmp_path):
        answer = shared_app.test_cli_runner().invoke(args=["bank", "conformance", str(missing)])
        assert answer.exit_code == 1
        assert "não consegui abrir" in answer.output
        assert answer.output.endswith("1 conferidos, 1 divergentes\n")


@pytest.mark.parametrize(
    "raw", [None, True, 5, 1.5, "", "x", "9999-12-31", "0001-01-01", [], {}, [[]], "0" * 5000, "1" * 5000, "٣"]
)
def test_no_value_brings_it_down(raw):
    for section in EXAMPLES:
        seen = set()
        for path, _ in leaves(EXAMPLES[section]):
            kind = tuple(step for step in path if isinstance(step, str))
            if kind not in seen:  # one of each place is enough
                seen.add(kind)
                assert report(changed(section, *path, to=raw)).checked


def test_cases_beyond_the_examples(conform):
    assert conform({
        "fatores": [{"vencimento": None, "fator": "0000"}, {"vencimento": "2049-10-13", "fator": "9999"}],
        "dias_uteis": [{"data": "2025-03-04", "dia_util_seguinte_ou_mesmo": "2025-03-05"}],
        "cpf": [{"valor": "52998224725", "valido": True}, {"valor": "", "valido": False}],
        "cnpj": [{"valor": "12abc34501de35", "valido": True}],
        "linhas_invalidas": [{"linha_digitavel": EXAMPLES["boletos"][0]["linha_digitavel"], "valida": True}],
        "encargos": {
            "parametros": {"multa_percentual": "0", "juros_mes_percentual": "0.5"},
            "casos": [{
                "valor": "100.00", "vencimento": "2024-02-29", "pagamento": "2024-03-30", "desconto": "0.00",
                "vencimento_util": "2024-02-29", "dias_atraso": 30, "multa": "0.00", "juros": "0.50", "total": "100.50",
            }],
        },
    }) == (0, ["8 conferidos, 0 divergentes"])  # fmt: skip

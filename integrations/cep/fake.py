"""Made-up answers for development: the town of the demonstration and a few real codes."""

from integrations.cep.address import Address, address

KNOWN = {
    # Vale Claro/MG exists only here.
    "35500000": ("", "", "Vale Claro", "MG"),
    "35500100": ("Praça da Matriz", "Centro", "Vale Claro", "MG"),
    "35500110": ("Rua do Comércio", "Centro", "Vale Claro", "MG"),
    "35500120": ("Rua das Acácias", "Centro", "Vale Claro", "MG"),
    "35500130": ("Av. Presidente Tancredo Neves", "Jardim Alvorada", "Vale Claro", "MG"),
    "35500140": ("Rua dos Ipês", "Jardim Alvorada", "Vale Claro", "MG"),
    "35500150": ("Rua São José", "Boa Vista", "Vale Claro", "MG"),
    "35500160": ("Rua Dona Mariquinha", "Boa Vista", "Vale Claro", "MG"),
    "35500170": ("Av. das Indústrias", "Distrito Industrial", "Vale Claro", "MG"),
    "35500180": ("Travessa do Ribeirão", "Ponte Nova", "Vale Claro", "MG"),
    # Real codes.
    "01310100": ("Avenida Paulista", "Bela Vista", "São Paulo", "SP"),
    "20040002": ("Avenida Rio Branco", "Centro", "Rio de Janeiro", "RJ"),
    "30130010": ("Praça Sete de Setembro", "Centro", "Belo Horizonte", "MG"),
    "40010000": ("Avenida da França", "Comércio", "Salvador", "BA"),
    "70040010": ("Quadra SBN Quadra 1", "Asa Norte", "Brasília", "DF"),
    "78320000": ("", "", "Juína", "MT"),
}


class FakeCep:
    """Answers from the handful above; every other code is unknown (C-07)."""

    simulated = True

    def lookup(self, cep: str) -> Address | None:
        """The address of one of the made-up codes, or None."""
        return address(cep, *KNOWN[cep]) if cep in KNOWN else None

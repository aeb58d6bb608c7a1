"""Passwords: argon2id with the defaults of argon2-cffi, and a measure of how easily one is guessed."""

import re

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from zxcvbn import zxcvbn

SHORTEST, LONGEST = 12, 128
TELLING = 6  # so many digits of a document or a telephone, and the rest is soon guessed
# What people here begin with; the measure itself knows English.
COMMON = [
    "senha",
    "mudar",
    "trocar",
    "acesso",
    "entrar",
    "provedor",
    "internet",
    "fibra",
    "telecom",
    "brasil",
    "cliente",
    "admin",
    "administrador",
    "suporte",
    "financeiro",
    "comercial",
    "atendimento",
    "sistema",
    "enlace",
    "mestre",
    "segredo",
    "amor",
    "jesus",
    "deus",
    "familia",
    "flamengo",
    "corinthians",
    "palmeiras",
    "janeiro",
    "fevereiro",
    "marco",
    "abril",
    "maio",
    "junho",
    "julho",
    "agosto",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
    "segunda",
    "sexta",
]
_hasher = PasswordHasher()
# An unknown login costs the same work. Made once, of random characters: to make one costs every start a quarter second.
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$jilYd0L4kraehRZ88TGagA$u4OuecP1RKCiTPZ2bHuZG9IIR1MOds7rhBNunDdB56E"


def hashed(password: str) -> str:
    return _hasher.hash(password)


def matches(known: str | None, password: str) -> bool:
    try:
        return _hasher.verify(known or NOBODY, password[:LONGEST]) and known is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def refusal_to_password(password: str, words: list[str], shortest: int = SHORTEST) -> str | None:
    """Why a password may not be used. `words` are the person's own: login, name, company (decision 008)."""
    if len(password) < shortest:
        return f"Use ao menos {shortest} caracteres. Uma frase curta serve."
    if len(password) > LONGEST:
        return f"Use no máximo {LONGEST} caracteres."
    if any(len(word) > 2 and word.lower() in password.lower() for text in words for word in text.split()):
        return "Não use na senha seu nome nem o que você digita para entrar. Escolha outra frase."
    typed = re.sub(r"[^0-9]", "", password)
    if len(typed) >= TELLING and any(typed in re.sub(r"[^0-9]", "", text) for text in words):
        return "Não use na senha seu nome nem o que você digita para entrar. Escolha outra frase."
    if zxcvbn(password[:72], user_inputs=[*words, *COMMON])["score"] < 3:
        return "Esta senha é fácil de adivinhar. Junte mais palavras que não combinem entre si."
    return None

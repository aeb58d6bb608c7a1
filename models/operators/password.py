"""Passwords: argon2id with the defaults of argon2-cffi, and a measure of how easily one is guessed."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from zxcvbn import zxcvbn

SHORTEST, LONGEST = 12, 128
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
_nobody = _hasher.hash("nobody has this password")  # an unknown login costs the same work


def hashed(password: str) -> str:
    return _hasher.hash(password)


def matches(known: str | None, password: str) -> bool:
    try:
        return _hasher.verify(known or _nobody, password[:LONGEST]) and known is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def refusal_to_password(password: str, words: list[str]) -> str | None:
    """Why a password may not be used. `words` are the person's own: login, name, company (security.md 4)."""
    if len(password) < SHORTEST:
        return f"Use ao menos {SHORTEST} caracteres. Uma frase curta serve."
    if len(password) > LONGEST:
        return f"Use no máximo {LONGEST} caracteres."
    if any(len(word) > 2 and word.lower() in password.lower() for text in words for word in text.split()):
        return "Não use seu nome nem seu usuário na senha. Escolha outra frase."
    if zxcvbn(password[:72], user_inputs=[*words, *COMMON])["score"] < 3:
        return "Esta senha é fácil de adivinhar. Junte mais palavras que não combinem entre si."
    return None

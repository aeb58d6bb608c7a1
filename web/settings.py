"""What an installation may set, by environment variables named ENLACE_... (docs/operacao.md lists them)."""

import os
import re
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from models import sealed

ROOT = Path(__file__).resolve().parent.parent
MODES = ("demo", "production", "test")
MAIL_SCHEMES = ("smtp", "smtps", "smtp+plain")
PIX = {
    "url": "ENLACE_PIX_URL",
    "token_url": "ENLACE_PIX_TOKEN_URL",
    "client_id": "ENLACE_PIX_CLIENT_ID",
    "secret_file": "ENLACE_PIX_SECRET_FILE",
    "certificate": "ENLACE_PIX_CERTIFICATE",
    "private_key": "ENLACE_PIX_PRIVATE_KEY",
    "key": "ENLACE_PIX_KEY",
}
ICLASS = {"url": "ENLACE_ICLASS_URL", "token_file": "ENLACE_ICLASS_TOKEN_FILE"}
DEMO_SENDER = "Enlace <central@enlace.example>"


class SettingsError(SystemExit):
    """The installation cannot start; the sentence says what to set."""


def settings() -> dict[str, Any]:
    """The configuration of the application. Raises SettingsError when production lacks something."""
    mode = os.environ.get("ENLACE_MODE", "demo")
    if mode not in MODES:
        raise SettingsError(f"ENLACE_MODE must be one of {', '.join(MODES)}")
    instance = Path(os.environ.get("ENLACE_INSTANCE", ROOT / "instance"))
    try:
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"ENLACE_INSTANCE cannot be used: {error}") from error
    url = os.environ.get("ENLACE_PUBLIC_URL", "")
    return {
        "MODE": mode,
        "INSTANCE": str(instance),
        "PUBLIC_URL": url,
        "HTTPS": url.startswith("https://"),
        "SECRET_KEY": _secret_key(mode, instance),
        "SQLALCHEMY_DATABASE_URI": os.environ.get("ENLACE_DATABASE_URL", f"sqlite:///{instance / 'enlace.db'}"),
        "TRUSTED_HOSTS": _hosts(mode, url),
        "SECOND_FACTOR": _second_factor(mode),
        "FILES": str(_files(instance)),
        "KEYS_FILE": str(_keys_file(instance)),
        "PROXIES": int(os.environ.get("ENLACE_PROXIES", "0")),
        "ACCOUNTING_SIMULATED": _accounting(mode),
        "CEP_URL": os.environ.get("ENLACE_CEP_URL"),
        **_mail(mode),
        "PIX": _pix(),
        "ICLASS": _iclass(),
        "PIX_WEBHOOK_TOKEN": _webhook_token(),
        "WTF_CSRF_TIME_LIMIT": None,
        "MAX_CONTENT_LENGTH": 512 * 1024,
        "MAX_FORM_MEMORY_SIZE": 256 * 1024,
        "MAX_FORM_PARTS": 300,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": url.startswith("https://"),
    }


def _secret_key(mode: str, instance: Path) -> str:
    given = os.environ.get("ENLACE_SECRET_KEY", "")
    if mode == "production":
        if len(given) < 32:
            raise SettingsError("production needs ENLACE_SECRET_KEY with at least 32 characters")
        return given
    return given or _kept_secret(instance / "secret")


def _kept_secret(path: Path) -> str:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


def _second_factor(mode: str) -> bool:
    """Whether who handles money or administers must enter with a second factor (B-08)."""
    given = os.environ.get("ENLACE_SECOND_FACTOR", "")
    if given not in ("", "compulsory", "optional"):
        raise SettingsError("ENLACE_SECOND_FACTOR must be compulsory or optional")
    return given == "compulsory" if given else mode == "production"


def _accounting(mode: str) -> bool:
    """Whether a simulator counts what connections use, where no access server does (X-13)."""
    given = os.environ.get("ENLACE_ACCOUNTING", "")
    if given not in ("", "simulated", "off"):
        raise SettingsError("ENLACE_ACCOUNTING must be simulated or off")
    if mode == "production" and given == "simulated":
        raise SettingsError("production counts what access servers say: leave ENLACE_ACCOUNTING out, or off")
    return given == "simulated" if given else mode == "demo"


def _keys_file(instance: Path) -> Path:
    """The file of the keys that seal secrets in the database; made in the instance folder when none is named."""
    given = os.environ.get("ENLACE_KEYS_FILE", "")
    path = Path(given) if given else instance / "keys"
    ring = sealed.Keyring(path)
    try:
        if not given and not path.exists():
            ring.make()
        ring.read()
        open_to_others = path.stat().st_mode & 0o077
    except (OSError, ValueError) as error:
        raise SettingsError(f"ENLACE_KEYS_FILE cannot be used: {error}") from error
    if open_to_others:
        raise SettingsError(f"ENLACE_KEYS_FILE may be read by its owner alone: chmod 600 {path}")
    return path


def _files(instance: Path) -> Path:
    """The folder of what people attach; several machines share one."""
    folder = Path(os.environ.get("ENLACE_FILES", "") or instance / "files")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"ENLACE_FILES cannot be used: {error}") from error
    return folder


def _mail(mode: str) -> dict[str, str]:
    """The mail server and in whose name it sends; its password is read from a file, where no list of processes is."""
    url, sender = os.environ.get("ENLACE_MAIL_URL", ""), os.environ.get("ENLACE_MAIL_SENDER", "")
    if mode == "production" and not (url and sender):
        raise SettingsError("production needs ENLACE_MAIL_URL and ENLACE_MAIL_SENDER")
    if url and urlsplit(url).scheme not in MAIL_SCHEMES:
        raise SettingsError(f"ENLACE_MAIL_URL must begin with {', '.join(MAIL_SCHEMES)} and ://")
    file = os.environ.get("ENLACE_MAIL_PASSWORD_FILE", "")
    try:
        password = Path(file).read_text().strip() if file else ""
    except OSError as error:
        raise SettingsError(f"ENLACE_MAIL_PASSWORD_FILE cannot be read: {error}") from error
    return {"MAIL_URL": url, "MAIL_SENDER": sender or DEMO_SENDER, "MAIL_PASSWORD": password}


def _pix() -> dict[str, str] | None:
    """How the API Pix of the bank is reached; None: invoices have static codes only."""
    given = {name: os.environ.get(variable, "") for name, variable in PIX.items()}
    if not any(given.values()):
        return None
    if missing := [PIX[name] for name, value in given.items() if not value]:
        raise SettingsError(f"Pix at a bank also needs {', '.join(missing)}")
    for name in ("url", "token_url"):
        if not given[name].startswith("https://"):
            raise SettingsError(f"{PIX[name]} must begin with https://")
    for name in ("secret_file", "certificate", "private_key"):
        if not os.access(given[name], os.R_OK):
            raise SettingsError(f"{PIX[name]} cannot be read: {given[name]}")
    return given


def _iclass() -> dict[str, str] | None:
    """How the field tool outside is reached; None: no order is distributed (A-83)."""
    given = {name: os.environ.get(variable, "") for name, variable in ICLASS.items()}
    if not any(given.values()):
        return None
    if missing := [ICLASS[name] for name, value in given.items() if not value]:
        raise SettingsError(f"iClass also needs {', '.join(missing)}")
    if not given["url"].startswith("https://"):
        raise SettingsError(f"{ICLASS['url']} must begin with https://")
    if not os.access(given["token_file"], os.R_OK):
        raise SettingsError(f"{ICLASS['token_file']} cannot be read: {given['token_file']}")
    return given


def _webhook_token() -> str:
    token = os.environ.get("ENLACE_PIX_WEBHOOK_TOKEN", "")
    if token and not re.fullmatch(r"[A-Za-z0-9_-]{32,100}", token):
        raise SettingsError("ENLACE_PIX_WEBHOOK_TOKEN has 32 to 100 letters, digits, - and _")
    return token


def _hosts(mode: str, url: str) -> list[str] | None:
    hosts = [host for host in os.environ.get("ENLACE_HOSTS", "").split(",") if host]
    if url:
        hosts.append(urlsplit(url).hostname or "")
    if mode == "production" and not url.startswith("https://"):
        raise SettingsError("production needs ENLACE_PUBLIC_URL with https://")
    return hosts if mode == "production" else None

"""What an installation may set, by environment variables named ENLACE_... (docs/operacao.md lists them)."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
MODES = ("demo", "production", "test")


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
        "PROXIES": int(os.environ.get("ENLACE_PROXIES", "0")),
        "CEP_URL": os.environ.get("ENLACE_CEP_URL"),
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


def _hosts(mode: str, url: str) -> list[str] | None:
    hosts = [host for host in os.environ.get("ENLACE_HOSTS", "").split(",") if host]
    if url:
        hosts.append(urlsplit(url).hostname or "")
    if mode == "production" and not url.startswith("https://"):
        raise SettingsError("production needs ENLACE_PUBLIC_URL with https://")
    return hosts if mode == "production" else None

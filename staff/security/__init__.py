"""Minha segurança: the second step of signing in, the phone it needs and the codes for who is without it (B-08)."""

from staff.security import codes, factors, recovery_codes

security = (codes.codes, factors.factors, recovery_codes.recovery_codes)

"""Telephony: the Painel PABX of a customer, the requests, the queue of Comercial, the order."""

from flask import Blueprint

telephony: tuple[Blueprint, ...] = ()

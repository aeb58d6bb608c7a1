"""Telephony: the Painel PABX of a customer, the requests, the queue of Comercial, the order."""

from flask import Blueprint

from staff.customers.menu import CUSTOMERS
from staff.planner.menu import PLANNER
from staff.telephony import (
    agreements,
    disagreements,
    existing_uses,
    launches,
    line_sales,
    pabx_frees,
    pabx_items,
    pabx_uses,
    pabx_withdrawals,
    pabxs,
    request_customers,
    request_ends,
    request_rechecks,
    request_retakes,
    upgrade_checks,
    upgrade_requests,
)
from web.navigation import lights

telephony: tuple[Blueprint, ...] = (
    *lights(
        CUSTOMERS,
        pabxs.pabxs,
        pabx_items.pabx_items,
        pabx_uses.pabx_uses,
        pabx_frees.pabx_frees,
        pabx_withdrawals.pabx_withdrawals,
    ),
    *lights(
        PLANNER,
        upgrade_requests.upgrade_requests,
        request_customers.request_customers,
        upgrade_checks.upgrade_checks,
        existing_uses.existing_uses,
        agreements.agreements,
        disagreements.disagreements,
        line_sales.line_sales,
        request_ends.request_ends,
        request_retakes.request_retakes,
        request_rechecks.request_rechecks,
        launches.launches,
    ),
)

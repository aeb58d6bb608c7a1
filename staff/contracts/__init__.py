"""A contract: what it says, and the printed one."""

from staff.contracts import all_contracts, contract_mails, prints
from staff.contracts import contracts as contract_pages
from staff.customers.menu import CUSTOMERS
from web.navigation import lights

contracts = lights(
    CUSTOMERS, all_contracts.all_contracts, contract_pages.contracts, contract_mails.contract_mails, prints.prints
)

"""What is done to a service: enable, suspend, unlock in trust, print its contracts."""

from staff.customers.menu import CUSTOMERS
from staff.services import addresses, billings, contracts, enablings, suspensions, trust_unlocks, uncharged_days
from staff.services import services as service_pages
from web.navigation import lights

services = lights(
    CUSTOMERS,
    service_pages.services,
    enablings.enablings,
    suspensions.suspensions,
    trust_unlocks.trust_unlocks,
    contracts.service_contracts,
    addresses.addresses,
    billings.billings,
    uncharged_days.uncharged_days,
)

"""What is done to a service: enable, suspend, unlock in trust, print its contracts."""

from staff.services import addresses, billings, contracts, enablings, suspensions, trust_unlocks
from staff.services import services as service_pages

services = (
    service_pages.services,
    enablings.enablings,
    suspensions.suspensions,
    trust_unlocks.trust_unlocks,
    contracts.service_contracts,
    addresses.addresses,
    billings.billings,
)

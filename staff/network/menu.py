"""The entry under which everything about the network stands that is not about one customer."""

from web.navigation import Entry

NETWORK = Entry(
    "Rede",
    "router",
    "staff.outages.index",
    "network.read",
    "outages",
    ("parada aberta", "paradas abertas"),
    is_alert=True,
)

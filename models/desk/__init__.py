"""Questions that cross rooms: search, the customer's page, the counters of home."""

"""Bare pages to compare the product with, and what takes turns between them: see bin/bench."""

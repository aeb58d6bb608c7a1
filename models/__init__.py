"""The business: tables, rules, verbs, questions. Knows no request, no template, no network."""

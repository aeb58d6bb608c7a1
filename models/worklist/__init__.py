"""What waits for whoever looks at Início, and the figures beside it; it has no tables."""

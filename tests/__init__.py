"""The tests, and the cast they share with the demonstration provider."""

"""Who is at a door: the principal behind a token, and how a subscriber enters the Central (D-11)."""

"""What the screens of the Central show, in a fixed number of queries; it has no tables."""

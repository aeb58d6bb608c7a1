"""Rounding of money: half up, once, after everything was multiplied."""


def half_up(numerator: int, divisor: int) -> int:
    """The quotient of two amounts that are not negative, to the nearest whole; a half goes up."""
    return (2 * numerator + divisor) // (2 * divisor)

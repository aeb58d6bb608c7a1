"""The printed contract."""

from staff.contracts import prints

contracts = (prints.prints,)

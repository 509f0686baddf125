"""Places in a sheet, as people write them: column D, cell D7."""

from __future__ import annotations


def letter_of(column: int) -> str:
    """4 → D."""
    from openpyxl.utils import get_column_letter  # slow to load: only who names a column pays it

    return get_column_letter(column)


def address(row: int, column: int) -> str:
    """(7, 4) → D7."""
    return f"{letter_of(column)}{row}"

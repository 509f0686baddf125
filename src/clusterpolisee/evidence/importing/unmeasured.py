"""Opening a workbook without asking its sheets how large they are.

openpyxl asks each sheet when it opens a book. What a sheet says need not be true, and where it says nothing openpyxl goes
through all of it with every cell in memory.
"""

from __future__ import annotations

from typing import IO

from openpyxl.reader.excel import ExcelReader
from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet


class _Unmeasured(ReadOnlyWorksheet):
    def _get_size(self) -> None:
        """Nobody asks."""


class _Reader(ExcelReader):
    def read_worksheets(self) -> None:
        """The sheets with cells, in their order; charts are none."""
        for sheet, rel in self.parser.find_sheets():
            if rel.target in self.valid_files and "chartsheet" not in rel.Type:
                found = _Unmeasured(self.wb, sheet.name, rel.target, self.shared_strings)
                found.sheet_state = sheet.state
                self.wb._sheets.append(found)


def load(file: IO[bytes]) -> Workbook:
    """Values as they were saved; nothing a workbook points to is kept."""
    reader = _Reader(file, read_only=True, data_only=True, keep_links=False)
    reader.read()
    return reader.wb

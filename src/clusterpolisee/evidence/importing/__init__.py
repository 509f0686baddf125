"""Importing in the browser: from a file somebody chose to a version that waits to be accepted.

    bytes → kept in the store under their hash, with an Upload row that says who, what and how far   (actions)
    bytes → what they are: workbook, CSV, or one of the formats the library reads whole              (recognising)
    workbook, CSV → a working table: every cell as text, with its line                               (spreadsheet, delimited, working)
    working table + mapping → tidy CSV in our documented layout → observations with the file's lines (mapping, tidying)
    observations + a person's decisions on unknown codes → known codes                               (unknown_codes)
    observations in another vintage of NUTS → derived observations, with their uncertainty           (conversion)
    observations → the pipeline every file goes through → report, then a version                     (`evidence.actions.import_file`)

A *mapping* says which column holds what; *decisions* say what unknown codes mean. Both are kept with the version, so
that anybody can go the way from its bytes to its cells again. Working tables can be made again and are never kept for good.
"""

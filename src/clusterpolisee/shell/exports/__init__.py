"""Exports: how a table or a picture leaves the house. It never leaves without its origin.

Vocabulary: an *export table* is what a page shows, as typed columns and rows; an *origin* says where its figures come
from; a *format* is csv, xlsx or json-stat. To *stamp* a picture is to write its origins into the file.

    from clusterpolisee.shell.exports.tables import Column, ExportTable, Origin
    from clusterpolisee.shell.exports.downloads import download, picture_download

Empty is not zero: a missing figure is an empty cell, and the state beside it says why it is empty.
The formats are described in docs/how-to/formats.md.
"""

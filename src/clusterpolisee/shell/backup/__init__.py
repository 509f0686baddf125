"""Backup: the whole instance in one file, and back, while readers are being served.

Vocabulary: a *backup* is one archive with everything an instance knows. A *part* is one entry of it: the rows of one
table, or one file. The *manifest* names every part with its size and hash. A *snapshot* is the database as it stood at
one moment.

The walk of a backup: `snapshot` holds the database at one moment → `rows` writes each table as lines of JSON, and upper
apps say (`sockets`) which files of a folder these rows name → `taking` adds those files → `archive` writes the manifest
last, makes the file durable and gives it its name.

The walk of a restore: `archive` reads the manifest and refuses what cannot be true → `restoring` lays the files aside,
each checked by its hash → `loading` makes an empty database in the state the rows were in, fills it, and brings it
forward → only then the new database takes the place of the old one, in one transaction.
"""

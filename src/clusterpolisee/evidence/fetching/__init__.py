"""Fetching tables from their sources.

Vocabulary: a *source* is a service that publishes tables; a *connector* knows how one source is asked and how it
answers; a *query* is what is wanted of a table (filters, years, places); a *part* is the answer to one query, kept on
disk until the table is whole; the *client* is how anything at all is asked of another machine.

The walk of the data, each step handing the next plain values and files:

1. `actions.fetch_table` takes a table of the catalogue and the years wanted, and makes the whole `Query` of it.
2. `whole.py` asks the connector (`eurostat.py`, `oecd.py`) for its address, and the `client.py` to get it into a file.
   `addresses.py` lets nothing through but https to the sources, at public addresses, also after a redirect.
3. The connector judges the answer (`answers.py`): data; nothing; too big, then the query is split by years, then by
   places; later, then it is asked again and again whether the result is ready; or an error, told in a sentence.
4. `parts.py` keeps every part with its hash. Killed half-way, the next attempt finds them and asks only for the rest.
5. `joining.py` makes one file of the parts, and `evidence.actions.import_file` reads it like any file that is brought.
"""

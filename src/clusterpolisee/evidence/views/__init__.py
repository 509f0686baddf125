"""Pages: a view turns a request into one question or one deed, and the answer into a page."""

"""Pictures: one grammar (Vega-Lite) for page, print and download; rendered on the server, cached by content."""

"""The look: the frame around every page, its components, its type and colours, and the small scripts beside them.

Pages extend `ui/base.html` and put components together with `{% include "ui/_….html" %}` and the built-in tags of
`templatetags/ui.py`. README.md beside this file names them all; /design/ shows them.
"""

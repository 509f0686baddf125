"""Data gaps: figures that should be here and are not. A member says so, an analyst looks for them, history remembers."""

"""Pages on cluster organisations."""

"""Codes of places (NUTS) and of activities (NACE): what they mean, what is above and below, what became of them."""

from regional_analytics.codes import nace, nuts

__all__ = ["nace", "nuts"]

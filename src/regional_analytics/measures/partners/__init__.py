"""Who has what a region lacks for its options."""

from regional_analytics.measures.partners.complementarity import (
    BestPartners,
    Partners,
    best_partners,
    complementary_partners,
)
from regional_analytics.measures.partners.linkages import (
    PartnerExplained,
    explain_partner,
)

__all__ = [
    "BestPartners",
    "PartnerExplained",
    "Partners",
    "best_partners",
    "complementary_partners",
    "explain_partner",
]

"""Pages of accounts: one's own, the people of the platform, and who did what."""

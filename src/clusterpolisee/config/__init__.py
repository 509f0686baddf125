"""The roof: settings, root addresses, the `clusterpolisee` command. Wiring only, no work is done here."""

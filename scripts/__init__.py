"""What `make` calls: one file a gesture."""

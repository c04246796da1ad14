"""Who read, searched, exported or changed what. Rows are added, never changed."""

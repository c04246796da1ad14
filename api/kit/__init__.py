"""Tools that know nothing of the domain: clock, ids, database, errors."""

"""A talk with a model that serves nobody yet, by a link, before it is adopted."""

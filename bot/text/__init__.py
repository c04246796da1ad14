"""Pure handling of Japanese text: standard library and sudachipy only, on 3.10 and 3.12."""

"""The form where somebody says who they are, and the links that lead there."""

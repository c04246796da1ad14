"""`make doctor`: one line for each thing that has to be right, running or not."""

"""The questions that people ask, answered: asks the store, lets the newsroom decide, gives back values."""

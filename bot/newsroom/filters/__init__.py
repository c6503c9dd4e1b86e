"""The filter language: which stories somebody wants."""

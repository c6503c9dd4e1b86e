"""Scripts that fit the tables in summarizers/data; development only, not shipped."""

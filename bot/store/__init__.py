"""The database: news, subscriptions and deliveries. Only this package uses SQL."""

"""Where news, subscriptions and deliveries are kept: the only SQL in the project."""

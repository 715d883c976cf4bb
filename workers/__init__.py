"""What happens by itself: one file per duty, the broker that runs them, the relay that feeds it."""

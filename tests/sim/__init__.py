"""A school's weeks on several processes that may be killed at any moment; a seed plays them again."""

"""What follows from what: each rule is worked out from its arguments alone."""

"""Tells an outside service that all is well; that it hears nothing is how it knows otherwise."""

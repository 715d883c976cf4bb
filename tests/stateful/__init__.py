"""The whole service is lived in by chance, and after every step each promise is looked at."""

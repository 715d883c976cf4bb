"""What is promised, with processes that are killed, a broker that forgets, a platform that fails."""

"""What Zoufang promises, each promise shown."""

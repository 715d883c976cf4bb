"""What is promised, by a process that dies at each place where it waits for something outside."""

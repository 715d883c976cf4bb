"""What is true: the rules, the records, the deeds and the questions; no words, no wire."""

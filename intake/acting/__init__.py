"""What organisers do by a word in a reply to a letter of ours, and by their own answers to
applicants."""

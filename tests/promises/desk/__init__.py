"""Who may see what on the desk: a small world full of secrets, a table of every screen, a fuzz over every address."""

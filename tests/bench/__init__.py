"""`make bench`: each page of the desk on the demonstration times a hundred, against a page that does nothing."""

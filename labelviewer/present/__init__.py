"""Facts and words become frozen pages; shared by window, command line and print."""

"""`python -m labelviewer`, the same as the command."""

from labelviewer.cli import script

if __name__ == "__main__":
    script()

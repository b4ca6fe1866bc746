"""What a label, a check and a comparison are; pure values, no IO, no clock, no wording."""

"""Pure: what letters to organisers are made of: sifted from an overview, put into words, numbers
and sheets."""

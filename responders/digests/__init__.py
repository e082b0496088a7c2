"""What organisers are told: sifted from an overview, put into words, numbers and sheets."""

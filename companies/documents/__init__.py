"""What working documents about companies say, and the PDFs made from them."""

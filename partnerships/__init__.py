"""Partnership agreements, from draft to the frame on the wall."""

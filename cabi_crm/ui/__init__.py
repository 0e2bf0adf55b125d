"""The look: components, lists, forms, messages, Danish dates and numbers."""

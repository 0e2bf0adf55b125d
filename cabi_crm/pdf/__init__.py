"""Turns HTML into PDF bytes, without network and file system."""

from cabi_crm.pdf.engine import Box, PdfError, Rendering, Resource, lay_out, render_pdf, warm_up

__all__ = ["Box", "PdfError", "Rendering", "Resource", "lay_out", "render_pdf", "warm_up"]

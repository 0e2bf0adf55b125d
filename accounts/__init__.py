"""People, roles, the organisation and the audit trail."""

"""What authors use: lint, and the schema for their editors."""

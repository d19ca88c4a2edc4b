"""What leaves a document for other programs: one file a format."""

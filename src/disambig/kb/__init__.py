"""The knowledge base (KB): formats into `Person` records (`sources`), and the look-up over them (`store`)."""

"""Who is who in the news: every mention of a person, resolved against a knowledge base of people, with a probability and the reasons."""

__version__ = "0.1.0"

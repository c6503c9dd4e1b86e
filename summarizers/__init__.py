"""News text in, values out: stories, sentences, summaries, headlines, countries and topics.

Everything here is pure: no files but the tables shipped beside the code, no database, no Discord, no clock.
"""

"""Telephone calls by Vapi: what a caller says goes through the same dialogue as a message.

Vapi listens and speaks; its tools hand over words and choices, and what it speaks are our answers.
Recordings and transcripts stay there or nowhere: none is stored here.
"""

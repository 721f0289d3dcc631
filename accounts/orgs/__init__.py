"""Seller organisations and who works for them.

Owns SellerOrganisation and Membership. A membership ties an organisation to a staff account
(board), to a person (WhatsApp), or to both when they are one human being.
"""

"""What leaves for WhatsApp: in which form, when it may, and what became of it.

Replies and notices are outbox rows of a person's lane. Inside 24 hours of the person's last message
a notice is free-form, outside an approved template; what has neither is not sent. A message whose
answer was lost waits for its status and is never repeated blindly. Statuses only move forward.
"""

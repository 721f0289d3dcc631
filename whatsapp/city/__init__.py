"""The demo city, and a city that is played on a virtual clock.

Both go through public doors: services for what shops enter, webhooks for what people write.
"""

"""Playing a city in one process on a virtual clock, through the product's public doors.

People write through the simulator, whose webhooks go into Django's request handler; the product
answers through its own gateway client, whose transport ends at the simulator; the till, the board
and the panels are HTTP requests. Nothing runs beside: the drains are called when something is due.
"""

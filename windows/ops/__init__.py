"""The operator's page of the day: windows with the risky ones first, silent shops, queues."""

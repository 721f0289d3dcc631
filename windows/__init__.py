"""Flash purchase windows: from what buyers want to what happened at the till."""

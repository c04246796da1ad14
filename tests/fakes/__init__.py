"""LINE and Slack on this machine: real HTTP servers that keep the documented limits."""

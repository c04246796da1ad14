"""People on the website, on LINE and in Slack, all at once."""

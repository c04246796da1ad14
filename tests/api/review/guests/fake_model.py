"""A model in a process that answers every line alike: stands in for tools/guest.py."""

import json
import sys
import time


def say(said: dict[str, object]) -> None:
    """Write one line."""
    sys.stdout.write(f"{json.dumps(said)}\n")
    sys.stdout.flush()


say({"ready": True})
for line in sys.stdin:
    asked = json.loads(line)
    certain = {"name": "otp_not_received", "confidence": 0.9}
    answer: dict[str, object] = {
        "messages": [{"answer": "otp_not_received"}], "intent": certain, "ranking": [certain],
        "segments": [], "model_id": sys.argv[1], "actions": [],
    }  # fmt: skip
    if "壊れ" in asked["text"]:
        answer = {"error": "TurnFailed"}
    if "待って" in asked["text"]:
        time.sleep(60)
    say(answer)

"""The core: conversations, inbox, worker, engine, outbox. It knows no channel."""

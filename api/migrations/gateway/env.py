"""Alembic runs this for the gateway's database; `api.kit.migrations` hands the connection over."""

from alembic import context

import api.chat.conversations.models
import api.chat.feedback.models
import api.chat.handover.models
import api.chat.inbox.models
import api.chat.outbox.models
import api.chat.turns.models
import api.privacy.erasure.models
import api.privacy.retention.models
import api.review.answers.models
import api.review.audit.models
import api.review.digests.models
import api.review.notices.models
import api.review.queue.models
import api.review.staff.models
import api.review.teaching.models
import api.verification.models  # noqa: F401 - each import adds its tables to the metadata
from api.chat.base import GatewayBase

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=GatewayBase.metadata,
    # SQLite cannot alter a table in place; batch mode copies it.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()

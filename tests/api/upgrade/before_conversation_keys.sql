-- A row and more in every table that belongs to conversations, as gateway_0013 kept them: two talks whose messages
-- came in turns, on the web (c-1) and on LINE (c-2). The clock went back an hour between the first two of c-1.
insert into conversations (id, channel, token_digest, person_key, address, created_at) values
  ('c-1', 'web', 'digest-1', null, null, '2026-11-20 09:00:00+00:00'),
  ('c-2', 'line', 'digest-2', 'key-of-somebody', 'sealed', '2026-11-20 09:00:00+00:00');
insert into inbox (sequence, id, conversation_id, channel, event_id, external_id, text, payload, masked, receipt, received_at, sent_at, status, claims, crashes, outcome, intent, confidence, answered_at) values
  (1, 'm-1', 'c-1', 'web', 'c-1:1', null, 'ひとつめ', null, '[]', 'HB-0000-0001', '2026-11-20 09:01:00+00:00', '2026-11-20 09:01:00+00:00', 'done', 1, 0, 'answered', 'otp_expired', 0.5, '2026-11-20 09:01:01+00:00'),
  (2, 'm-2', 'c-2', 'line', 'event-1', 'line-1', 'ふたつめ', null, '["電話"]', 'HB-0000-0002', '2026-11-20 09:02:00+00:00', '2026-11-20 09:02:00+00:00', 'done', 1, 0, 'answered', 'otp_expired', 0.25, '2026-11-20 09:02:01+00:00'),
  (3, 'm-3', 'c-1', 'web', 'c-1:2', null, 'みっつめ', null, '[]', 'HB-0000-0003', '2026-11-20 08:03:00+00:00', '2026-11-20 09:03:00+00:00', 'done', 1, 0, 'answered', 'otp_expired', 0.5, '2026-11-20 08:03:01+00:00'),
  (5, 'm-5', 'c-2', 'line', 'event-2', 'line-2', null, '{"intent": "menu"}', '[]', 'HB-0000-0005', '2026-11-20 09:05:00+00:00', '2026-11-20 09:05:00+00:00', 'queued', 0, 0, null, null, null, null);
insert into replies (id, conversation_id, in_reply_to, position, answer_id, answer_version, private, body, created_at) values
  ('r-0', 'c-1', null, 0, 'opening', 'v', false, '{"text": "こんにちは"}', '2026-11-20 09:00:00+00:00'),
  ('r-1', 'c-1', 'm-1', 0, 'otp_expired', 'v', false, '{"text": "こたえ"}', '2026-11-20 09:01:01+00:00'),
  ('r-2', 'c-2', 'm-2', 0, 'otp_expired', 'v', true, '{"text": "ほかの画面に"}', '2026-11-20 09:02:01+00:00');
insert into choices (id, conversation_id, reply_id, position, label, topic, payload) values
  ('k-1', 'c-1', 'r-1', 0, 'ボタン', 'menu', '{"intent": "menu"}'),
  ('k-2', 'c-2', 'r-2', 0, 'ボタン', 'menu', '{"intent": "menu"}');
insert into outbox (message_id, conversation_id, channel, created_at, attempts, claims, begun, delivered_at, way, doubtful) values
  ('m-1', 'c-1', 'web', '2026-11-20 09:01:01+00:00', 0, 1, true, '2026-11-20 09:01:02+00:00', 'web', false),
  ('m-2', 'c-2', 'line', '2026-11-20 09:02:01+00:00', 2, 3, true, null, null, true);
insert into feedback (reply_id, conversation_id, answer_id, answer_version, solved, comment, given_at) values
  ('r-1', 'c-1', 'otp_expired', 'v', false, 'まだです', '2026-11-20 09:01:09+00:00');
insert into turn_details (message_id, conversation_id, ranking, segments, actions, waited_ms, engine_ms, written_ms, created_at) values
  ('m-1', 'c-1', '[["otp_expired", 0.5]]', '[]', '[]', 1, 2, 3, '2026-11-20 09:01:01+00:00'),
  ('m-2', 'c-2', '[]', '[]', '[]', 1, 2, 3, '2026-11-20 09:02:01+00:00');
insert into verifications (id, token_digest, conversation_id, purpose, expires_at, used_at, extensions, browser) values
  ('v-1', 'digest-of-a-link', 'c-1', 'lockout', '2026-11-20 09:12:00+00:00', null, 1, null),
  ('v-2', 'digest-of-another', 'c-1', 'lockout', '2026-11-20 09:12:00+00:00', '2026-11-20 09:05:00+00:00', 0, 'browser');
insert into handovers (id, conversation_id, channel, state, asked_at, alerted, thread, staff_id, last_at) values
  ('h-1', 'c-2', 'line', 'missed', '2026-11-20 09:03:00+00:00', true, 'thread', null, '2026-11-20 09:03:00+00:00');
insert into digests (conversation_id, channel, started_at, last_at, messages, first_text, confidence, fallbacks, good, bad, unresolved, handed_over, reviewed) values
  ('c-1', 'web', '2026-11-20 09:00:00+00:00', '2026-11-20 09:03:00+00:00', 2, 'ひとつめ', 0.5, 0, 0, 1, true, false, 1);
insert into digest_topics (conversation_id, topic) values ('c-1', 'otp_expired');
insert into digested_messages (message_id, conversation_id, typed, teaches) values
  ('m-1', 'c-1', true, 0.5), ('m-2', 'c-2', true, 0.25);
insert into verdicts (message_id, staff_id, conversation_id, verdict, topic, note, at) values
  ('m-1', 's-1', 'c-1', 'wrong', 'menu', 'めも', '2026-11-21 09:00:00+00:00'),
  ('m-1', 's-2', 'c-1', 'right', null, null, '2026-11-21 09:00:00+00:00');
insert into review_claims (message_id, conversation_id, staff_id, until) values
  ('m-2', 'c-2', 's-1', '2026-11-21 09:10:00+00:00');
insert into review_skips (message_id, staff_id, conversation_id) values ('m-2', 's-2', 'c-2');
insert into conversation_tags (conversation_id, tag) values ('c-1', '急ぎ');
insert into erasures (receipt, conversation_id, requested_at) values ('HB-0000-0009', 'c-9', '2026-11-20 09:00:00+00:00');
insert into search_messages (said, message_id, conversation_id) values ('ひƾとƾつƾめ', 'm-1', 'c-1');

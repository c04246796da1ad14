-- What the gateway of release 0.1.0 (tables of gateway_0001) left behind: one answered question, one
-- tapped button whose answer was private, one message that nobody had answered when it was stopped.
-- :day is yesterday, :token the digest of the person's token, :event the id of the first message's event.
insert into conversations (id, channel, token_digest, created_at)
values ('c-old', 'web', :token, :day || ' 09:00:00.000000');
insert into replies (id, conversation_id, in_reply_to, position, answer_id, answer_version, private, body, created_at)
values ('r-0', 'c-old', null, 0, 'greeting', '0123456789ab', 0,
  '{"text": "こんにちは。案内ボットです。", "details": [], "topics": ["greeting"], "links": [], "source": null}',
  :day || ' 09:00:00.000000');
insert into inbox (sequence, id, conversation_id, channel, event_id, text, payload, masked, receipt, received_at,
  status, claims, crashes, lease_until, not_before, outcome, intent, confidence, model_id, answered_at)
values
  (1, 'm-1', 'c-old', 'web', :event, 'むかしの質問です。パスワードを忘れました', null, '[]', 'HB-AAAA-0001',
   :day || ' 09:01:00.000000', 'done', 1, 0, null, null, 'answered', 'password_forgot', 0.91, 'model-of-0.1.0',
   :day || ' 09:01:01.000000'),
  (2, 'm-2', 'c-old', 'web', 'c-old:2', 'ロック', '{"intent": "account_locked"}', '[]', 'HB-AAAA-0002',
   :day || ' 09:02:00.000000', 'done', 1, 0, null, null, 'answered', 'account_locked', 1.0, 'model-of-0.1.0',
   :day || ' 09:02:01.000000'),
  (3, 'm-3', 'c-old', 'web', 'c-old:3', 'アカウントがロックされました', null, '[]', 'HB-AAAA-0003',
   :day || ' 09:03:00.000000', 'queued', 0, 0, null, null, null, null, null, null, null);
insert into replies (id, conversation_id, in_reply_to, position, answer_id, answer_version, private, body, created_at)
values
  ('r-1', 'c-old', 'm-1', 0, 'password_forgot', '0123456789ab', 0,
   '{"text": "むかしの答えです。", "details": ["くわしくはこちら。"], "topics": ["password_forgot"], "links": [{"label": "公式", "url": "https://www.hellowork.mhlw.go.jp/"}], "source": {"url": "https://www.hellowork.mhlw.go.jp/", "source_date": "2024-12", "read_on": "2026-11-20", "verified_live_on": null}}',
   :day || ' 09:01:01.000000'),
  ('r-2', 'c-old', 'm-2', 0, 'lock_check_result', '0123456789ab', 1,
   '{"text": "結果は、確認した画面に表示しました。", "details": [], "topics": ["account_lock_check"], "links": [], "source": null}',
   :day || ' 09:02:01.000000');
insert into choices (id, conversation_id, reply_id, position, label, topic)
values
  ('k-1', 'c-old', 'r-1', 0, 'ロックされた', 'account_locked'),
  ('k-2', 'c-old', 'r-1', 1, '登録の種類の違い', 'registration_difference');
insert into verifications (id, token_digest, conversation_id, purpose, expires_at, used_at)
values ('v-1', 'digest-of-a-link', 'c-old', 'lockout', :day || ' 09:12:00.000000', :day || ' 09:02:00.000000');
insert into outbox (message_id, conversation_id, channel, created_at, attempts, not_before, delivered_at)
values
  ('m-1', 'c-old', 'web', :day || ' 09:01:01.000000', 1, null, :day || ' 09:01:01.500000'),
  ('m-2', 'c-old', 'web', :day || ' 09:02:01.000000', 0, null, null);

-- What the account API of release 0.1.0 (tables of accounts_0001) left behind: two persons, one with a
-- label that has changed since, one locked; a right to ask about each, good for some minutes more.
-- :soon lies ahead, :fine and :locked are the digests of the two handles.
insert into accounts (id, label, position, stays_locked, locked_until)
values
  ('fine', 'むかしの見本さん', 0, 0, null),
  ('locked', 'ロック中の見本さん', 1, 1, :soon);
insert into handles (digest, purpose, account_id, expires_at)
values (:fine, 'lockout', 'fine', :soon), (:locked, 'lockout', 'locked', :soon);
insert into maintenances (id, starts_at, ends_at)
values (1, '2026-11-01 00:00:00.000000', '2026-11-01 06:00:00.000000');

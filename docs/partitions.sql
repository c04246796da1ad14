-- Spread the tables that grow over parts by conversation (docs/capacity.md). PostgreSQL 15 or newer.
--
-- Gateways stand still meanwhile, and a backup is made before. Run as the owner of the tables:
--   psql -v ON_ERROR_STOP=1 -f docs/partitions.sql "$HELPBOT_DATABASE_URL"
-- 16 parts, or as many as PGOPTIONS="-c helpbot.parts=64" says. Keys, indexes and references stay
-- as they are: the conversation is in all of them (tests/api/chat/test_keys.py).
BEGIN;

DO $$
DECLARE
    parts integer := coalesce(nullif(current_setting('helpbot.parts', true), ''), '16');
    -- `people` is asked by the person, `erasures` by the receipt.
    spread text[] := array(
        SELECT c.relname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname NOT IN ('people', 'erasures')
          AND (a.attname = 'conversation_id' AND NOT a.attisdropped OR c.relname = 'conversations' AND a.attname = 'id')
    );
    name text;
    rule record;
BEGIN
    CREATE TEMP TABLE kept_rules ON COMMIT DROP AS
        SELECT conrelid::regclass::text AS of, conname, contype, pg_get_constraintdef(oid) AS words
        FROM pg_constraint
        WHERE conrelid = ANY (spread::regclass[]) AND contype IN ('p', 'u', 'f');
    CREATE TEMP TABLE kept_indexes ON COMMIT DROP AS
        SELECT indexdef AS words FROM pg_indexes
        WHERE schemaname = 'public' AND tablename = ANY (spread)
          AND indexname NOT IN (SELECT conname FROM kept_rules);

    FOR rule IN SELECT * FROM kept_rules WHERE contype = 'f' LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', rule.of, rule.conname);
    END LOOP;
    FOREACH name IN ARRAY spread LOOP
        EXECUTE format('ALTER TABLE %I RENAME TO %I', name, name || '_whole');
        EXECUTE format(
            'CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED)'
            ' PARTITION BY HASH (%I)',
            name, name || '_whole', CASE name WHEN 'conversations' THEN 'id' ELSE 'conversation_id' END
        );
        FOR part IN 0 .. parts - 1 LOOP
            EXECUTE format(
                'CREATE TABLE %I PARTITION OF %I FOR VALUES WITH (MODULUS %s, REMAINDER %s)',
                name || '_' || part, name, parts, part
            );
        END LOOP;
        EXECUTE format('INSERT INTO %I SELECT * FROM %I', name, name || '_whole');
        EXECUTE format('DROP TABLE %I', name || '_whole');
    END LOOP;

    -- Keys before what refers to them.
    FOR rule IN SELECT * FROM kept_rules ORDER BY contype = 'f' LOOP
        EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', rule.of, rule.conname, rule.words);
    END LOOP;
    FOR rule IN SELECT * FROM kept_indexes LOOP
        EXECUTE rule.words;
    END LOOP;
END $$;

COMMIT;

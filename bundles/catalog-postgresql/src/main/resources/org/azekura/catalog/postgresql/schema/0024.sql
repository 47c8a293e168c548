-- What came last into each place, and snapshots page by page, are read from an index: by when they were received, whose texts are in order without their last letter.

DROP INDEX snapshot_of_client;

CREATE INDEX snapshot_of_client ON snapshot (client, save_set, pool, id, received);

CREATE INDEX snapshot_received ON snapshot (rtrim(received, 'Z'), id);

-- Bytes as a text, by the name that it has in SQLite.

CREATE FUNCTION hex(BYTEA) RETURNS TEXT LANGUAGE sql IMMUTABLE AS $$ SELECT upper(encode($1, 'hex')) $$;

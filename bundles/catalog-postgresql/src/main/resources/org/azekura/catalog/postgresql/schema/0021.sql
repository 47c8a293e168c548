-- Whose chunks a session sealed. NULL: it was made before sessions said so, and nobody has found out.

ALTER TABLE session ADD COLUMN trust_group BYTEA CHECK (length(trust_group) = 16);

CREATE INDEX session_of_nobody ON session (pool) WHERE trust_group IS NULL;

-- Whether something tells of a job, when it is old: what does keeps its row.

CREATE INDEX policy_part_job ON policy_part (job) WHERE job IS NOT NULL;

CREATE INDEX drill_part_job ON drill_part (job) WHERE job IS NOT NULL;

-- The newest jobs of a client, for who sees no other's; and whether an old backup is the last of its client that ended well.

CREATE INDEX job_of_client ON job (client, id) WHERE client IS NOT NULL;

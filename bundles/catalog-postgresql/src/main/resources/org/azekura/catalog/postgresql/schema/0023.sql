-- Whether something tells of a job, when it is old: what does keeps its row.

CREATE INDEX policy_part_job ON policy_part (job) WHERE job IS NOT NULL;

CREATE INDEX drill_part_job ON drill_part (job) WHERE job IS NOT NULL;

-- When whoever runs a job was last heard of.
ALTER TABLE job_run ADD COLUMN beat_at timestamptz(3);
-- What called somebody lately is looked for every minute.
CREATE INDEX action_at_idx ON action(at);

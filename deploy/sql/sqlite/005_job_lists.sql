-- What lists of jobs show, and the indexes by which a page costs the same however many jobs there are.
ALTER TABLE jobs ADD COLUMN error_message TEXT;
ALTER TABLE jobs ADD COLUMN metadata TEXT;                         -- the customer's own, a JSON object
ALTER TABLE jobs ADD COLUMN expires_at TEXT;                       -- when the output is deleted; null: never, or there is none
ALTER TABLE jobs ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;    -- in no list; the row stays, so that no earlier one comes back

DROP INDEX jobs_of_account;
CREATE INDEX jobs_of_account ON jobs (account_id, created_at DESC, job_id DESC) WHERE NOT deleted;
CREATE INDEX jobs_of_account_by_status ON jobs (account_id, status, created_at DESC, job_id DESC) WHERE NOT deleted;
CREATE INDEX jobs_of_all ON jobs (created_at DESC, job_id DESC) WHERE NOT deleted;
CREATE INDEX jobs_of_all_by_status ON jobs (status, created_at DESC, job_id DESC) WHERE NOT deleted;
CREATE INDEX jobs_with_output ON jobs (expires_at, job_id) WHERE output_key IS NOT NULL;

-- Lists, written from the grains' outboxes. Grain records stay the truth; these rows can be late, never wrong.
CREATE TABLE jobs (
    job_id       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    account_id   TEXT COLLATE "C" NOT NULL,
    version      BIGINT      NOT NULL,   -- grows with the job; an older row never replaces a newer one
    input_type   TEXT        NOT NULL,
    status       TEXT        NOT NULL,   -- Queued, Processing, Completed, Failed, Cancelled
    created_at   TIMESTAMPTZ NOT NULL,
    updated_at   TIMESTAMPTZ NOT NULL,
    credits_used BIGINT,
    error_code   TEXT,
    output_key   TEXT
) WITH (fillfactor = 80);

CREATE INDEX jobs_of_account ON jobs (account_id, created_at DESC, job_id);
CREATE INDEX jobs_unfinished ON jobs (job_id) WHERE status IN ('Queued', 'Processing');

-- Written once: the application may not change or delete an entry.
CREATE TABLE ledger_entries (
    account_id   TEXT COLLATE "C" NOT NULL,
    sequence     BIGINT      NOT NULL,
    operation_id TEXT        NOT NULL,
    kind         TEXT        NOT NULL,
    amount       BIGINT      NOT NULL,   -- change of the available credits, which are the sum over the account
    spent        BIGINT      NOT NULL,   -- credits spent for good
    available    BIGINT      NOT NULL,   -- available credits after it
    recorded_at  TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (account_id, sequence)
);

GRANT SELECT, INSERT, UPDATE ON jobs TO lipsync_app;
GRANT SELECT, INSERT ON ledger_entries TO lipsync_app;

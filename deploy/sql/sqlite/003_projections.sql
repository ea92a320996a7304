-- Lists, written from the grains' outboxes. Grain records stay the truth; these rows can be late, never wrong.
CREATE TABLE jobs (
    job_id       TEXT    NOT NULL PRIMARY KEY,
    account_id   TEXT    NOT NULL,
    version      INTEGER NOT NULL,   -- grows with the job; an older row never replaces a newer one
    input_type   TEXT    NOT NULL,
    status       TEXT    NOT NULL,   -- Queued, Processing, Completed, Failed, Cancelled
    created_at   TEXT    NOT NULL,
    updated_at   TEXT    NOT NULL,
    credits_used INTEGER,
    error_code   TEXT,
    output_key   TEXT
) WITHOUT ROWID;

CREATE INDEX jobs_of_account ON jobs (account_id, created_at DESC, job_id);
CREATE INDEX jobs_unfinished ON jobs (job_id) WHERE status IN ('Queued', 'Processing');

CREATE TABLE ledger_entries (
    account_id   TEXT    NOT NULL,
    sequence     INTEGER NOT NULL,
    operation_id TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    amount       INTEGER NOT NULL,   -- change of the available credits, which are the sum over the account
    spent        INTEGER NOT NULL,   -- credits spent for good
    available    INTEGER NOT NULL,   -- available credits after it
    recorded_at  TEXT    NOT NULL,
    PRIMARY KEY (account_id, sequence)
) WITHOUT ROWID;

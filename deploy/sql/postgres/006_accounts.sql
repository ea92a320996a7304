-- All accounts, written by each as it changes. Their records stay the truth.
CREATE TABLE accounts (
    account_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    plan       TEXT        NOT NULL,
    suspended  BOOLEAN     NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    version    BIGINT      NOT NULL    -- an older row never replaces a newer one
);

-- Accounts from before this table: each replaces its row, with its plan, when it is next used.
INSERT INTO accounts (account_id, plan, suspended, created_at, version)
SELECT account_id, 'Free', FALSE, recorded_at, -1 FROM ledger_entries WHERE kind = 'Open';

-- What an account spent on a day.
CREATE INDEX ledger_settlements ON ledger_entries (account_id, recorded_at) INCLUDE (spent) WHERE kind = 'Settle';

GRANT SELECT, INSERT, UPDATE ON accounts TO lipsync_app;

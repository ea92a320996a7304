-- All accounts, written by each as it changes. Their records stay the truth.
CREATE TABLE accounts (
    account_id TEXT    NOT NULL PRIMARY KEY,
    plan       TEXT    NOT NULL,
    suspended  INTEGER NOT NULL,
    created_at TEXT    NOT NULL,
    version    INTEGER NOT NULL    -- an older row never replaces a newer one
) WITHOUT ROWID;

-- Accounts from before this table: each replaces its row, with its plan, when it is next used.
INSERT INTO accounts (account_id, plan, suspended, created_at, version)
SELECT account_id, 'Free', 0, recorded_at, -1 FROM ledger_entries WHERE kind = 'Open';

-- What an account spent on a day.
CREATE INDEX ledger_settlements ON ledger_entries (account_id, recorded_at, spent) WHERE kind = 'Settle';

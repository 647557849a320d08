-- The ledger of lost calls: inbound calls that ended without a human talk, one row each. Whose it is, the line and the wait stand with the
-- call and are read there, so a call that is said to be somebody else's takes its entry along. lost_at is the end of the call. task_id: the
-- one callback task of all open entries of a client. claimed_*: who is on it, while state is claimed. reached_call_id: the call in which the
-- client was reached. settled_at is NULL while the client waits; settled_by_id, close_reason, close_note: a person closed it.
CREATE TABLE lost_call (
    call_id bigint NOT NULL PRIMARY KEY REFERENCES call (id),
    cause nvarchar(40) NOT NULL,
    lost_at datetimeoffset(3) NOT NULL,
    state nvarchar(40) NOT NULL,
    task_id bigint NULL REFERENCES agent_task (id),
    attempts int NOT NULL,
    claimed_by_id bigint NULL REFERENCES agent (id),
    claimed_at datetimeoffset(3) NULL,
    escalated_at datetimeoffset(3) NULL,
    reached_call_id bigint NULL REFERENCES call (id),
    settled_at datetimeoffset(3) NULL,
    settled_by_id bigint NULL,
    close_reason nvarchar(40) NULL,
    close_note nvarchar(1000) NULL
);
GO

CREATE INDEX lost_call_lost ON lost_call (lost_at, call_id);
GO

CREATE INDEX lost_call_waiting ON lost_call (lost_at, call_id) WHERE settled_at IS NULL;
GO

CREATE INDEX lost_call_task ON lost_call (task_id, call_id);
GO

-- Whose turn it was when callbacks were dealt out: the higher, the later.
CREATE TABLE lost_turn (
    agent_id bigint NOT NULL PRIMARY KEY REFERENCES agent (id),
    turn bigint NOT NULL
);
GO

-- Calls that may be missing in the ledger, and lost callers whose number is on several cards.
CREATE INDEX call_unanswered ON call (started_at, id) WHERE result IN ('missed', 'voicemail');
GO

CREATE INDEX call_of_nobody ON call (party_e164, started_at, id) WHERE client_id IS NULL;

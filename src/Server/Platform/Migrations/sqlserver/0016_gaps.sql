-- heard_until: the line was up at that moment, for the last time. written_until: by its own clock, the PBX's diary has come in whole up to then.
ALTER TABLE pbx_link ADD heard_until datetimeoffset(3) NULL;
GO
ALTER TABLE pbx_link ADD written_until datetimeoffset(3) NULL;
GO

-- Nobody listened to a PBX from then to then. filled_at: since when its diary has told what went on.
CREATE TABLE pbx_gap (
    id bigint NOT NULL PRIMARY KEY,
    pbx nvarchar(200) NOT NULL,
    began_at datetimeoffset(3) NOT NULL,
    ended_at datetimeoffset(3) NOT NULL,
    filled_at datetimeoffset(3) NULL
);
GO

CREATE INDEX pbx_gap_ended ON pbx_gap (ended_at);
GO

-- The calls in a source's own books, and what was known here when they were compared: heard (all of it), completed (a part), added (nothing).
CREATE TABLE call_diary (
    source nvarchar(200) NOT NULL,
    external_id nvarchar(200) NOT NULL,
    started_at datetimeoffset(3) NOT NULL,
    found nvarchar(200) NOT NULL,
    PRIMARY KEY (source, external_id)
);
GO

CREATE INDEX call_diary_started ON call_diary (started_at);
GO

-- What an agent is doing now is ended with each change.
CREATE INDEX agent_state_open ON agent_state (agent_id) WHERE ended_at IS NULL;
GO

-- What one look for reminders has claimed is read back by it.
CREATE INDEX reminder_claimed ON reminder (claimed_by);
GO

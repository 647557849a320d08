-- heard_until: the line was up at that moment, for the last time. written_until: by its own clock, the PBX's diary has come in whole up to then.
ALTER TABLE pbx_link ADD COLUMN heard_until text NULL;
ALTER TABLE pbx_link ADD COLUMN written_until text NULL;

-- Nobody listened to a PBX from then to then. filled_at: since when its diary has told what went on.
CREATE TABLE pbx_gap (
    id integer NOT NULL PRIMARY KEY,
    pbx text NOT NULL,
    began_at text NOT NULL,
    ended_at text NOT NULL,
    filled_at text NULL
);

CREATE INDEX pbx_gap_ended ON pbx_gap (ended_at);

-- The calls in a source's own books, and what was known here when they were compared: heard (all of it), completed (a part), added (nothing).
CREATE TABLE call_diary (
    source text NOT NULL,
    external_id text NOT NULL,
    started_at text NOT NULL,
    found text NOT NULL,
    PRIMARY KEY (source, external_id)
);

CREATE INDEX call_diary_started ON call_diary (started_at);

-- What an agent is doing now is ended with each change.
CREATE INDEX agent_state_open ON agent_state (agent_id) WHERE ended_at IS NULL;

-- What one look for reminders has claimed is read back by it.
CREATE INDEX reminder_claimed ON reminder (claimed_by);

-- A call at an agent's desk. view is what the call tells the agent, as JSON that only the desk reads; revision counts what was sent
-- to the browser. A closed card stays for its note's sake, and opens again when the call comes back to this agent.
CREATE TABLE desk_card (
    agent_id bigint NOT NULL REFERENCES agent (id),
    call_id bigint NOT NULL REFERENCES call (id),
    revision bigint NOT NULL,
    is_open bit NOT NULL,
    extension nvarchar(200) NOT NULL,
    view_json nvarchar(max) NOT NULL,
    note_draft nvarchar(max) NOT NULL,
    opened_at datetimeoffset(3) NOT NULL,
    closed_at datetimeoffset(3) NULL,
    PRIMARY KEY (agent_id, call_id)
);
GO

CREATE INDEX desk_card_open ON desk_card (agent_id, is_open);
GO

CREATE INDEX desk_card_call ON desk_card (call_id);

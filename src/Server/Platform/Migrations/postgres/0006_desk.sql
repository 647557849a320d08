-- A call at an agent's desk. view is what the call tells the agent, as JSON that only the desk reads; revision counts what was sent
-- to the browser. A closed card stays for its note's sake, and opens again when the call comes back to this agent.
CREATE TABLE desk_card (
    agent_id bigint NOT NULL REFERENCES agent (id),
    call_id bigint NOT NULL REFERENCES call (id),
    revision bigint NOT NULL,
    is_open boolean NOT NULL,
    extension text NOT NULL,
    view_json text NOT NULL,
    note_draft text NOT NULL,
    opened_at timestamptz NOT NULL,
    closed_at timestamptz NULL,
    PRIMARY KEY (agent_id, call_id)
);

CREATE INDEX desk_card_open ON desk_card (agent_id, is_open);

CREATE INDEX desk_card_call ON desk_card (call_id);

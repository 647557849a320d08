-- A call at an agent's desk. view is what the call tells the agent, as JSON that only the desk reads; revision counts what was sent
-- to the browser. A closed card stays for its note's sake, and opens again when the call comes back to this agent.
CREATE TABLE desk_card (
    agent_id integer NOT NULL REFERENCES agent (id),
    call_id integer NOT NULL REFERENCES call (id),
    revision integer NOT NULL,
    is_open integer NOT NULL,
    extension text NOT NULL,
    view_json text NOT NULL,
    note_draft text NOT NULL,
    opened_at text NOT NULL,
    closed_at text NULL,
    PRIMARY KEY (agent_id, call_id)
);

CREATE INDEX desk_card_open ON desk_card (agent_id, is_open);

CREATE INDEX desk_card_call ON desk_card (call_id);

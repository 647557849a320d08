-- What each agent is doing, and what is known of it. body holds what only the program reads. seen_at: when a node last saw a screen of the
-- agent's. due_at: when something happens by itself (the end of wrap-up).
CREATE TABLE agent_presence (
    agent_id integer NOT NULL PRIMARY KEY REFERENCES agent (id),
    version integer NOT NULL,
    state text NOT NULL,
    since text NOT NULL,
    is_here integer NOT NULL,
    seen_at text NULL,
    due_at text NULL,
    body text NOT NULL
);

CREATE INDEX agent_presence_due ON agent_presence (due_at);

-- In which calls an agent is. phase: ringing, talking, on_hold.
CREATE TABLE agent_call (
    agent_id integer NOT NULL REFERENCES agent (id),
    call_id integer NOT NULL REFERENCES call (id),
    phase text NOT NULL,
    PRIMARY KEY (agent_id, call_id)
);

CREATE INDEX agent_call_call ON agent_call (call_id);

-- What each agent did, one after the other: the end of each is the beginning of the next. reason: of a break.
CREATE TABLE agent_state (
    id integer NOT NULL PRIMARY KEY,
    agent_id integer NOT NULL REFERENCES agent (id),
    state text NOT NULL,
    reason text NULL,
    began_at text NOT NULL,
    ended_at text NULL
);

CREATE INDEX agent_state_agent ON agent_state (agent_id, began_at);

-- Why agents may be away. minutes: how long at most; beyond it the break is shown as too long.
CREATE TABLE break_reason (
    id integer NOT NULL PRIMARY KEY,
    name text NOT NULL,
    minutes integer NULL,
    position integer NOT NULL
);

-- How long a queue gives its agents for wrap-up, in seconds; the empty name stands for every other call.
CREATE TABLE wrap_up_rule (
    queue text NOT NULL PRIMARY KEY,
    seconds integer NOT NULL
);

-- How calls of a queue may have ended for the business; the empty name stands for all other calls. outcomes: a JSON array, in its order.
CREATE TABLE outcome_list (
    queue text NOT NULL PRIMARY KEY,
    is_required boolean NOT NULL,
    outcomes text NOT NULL
);

-- How a call ended, in the words of that time.
CREATE TABLE call_outcome (
    call_id bigint NOT NULL PRIMARY KEY REFERENCES call (id),
    agent_id bigint NOT NULL REFERENCES agent (id),
    outcome text NOT NULL,
    chosen_at timestamptz NOT NULL
);

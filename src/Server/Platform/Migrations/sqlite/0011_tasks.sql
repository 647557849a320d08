-- Opening hours under a name. Its hours stand in versions: each one reigns from the start of its first day (in its own zone) until the
-- next one does, so that a change never rewrites what was. version counts edits.
CREATE TABLE calendar (
    id integer NOT NULL PRIMARY KEY,
    name text NOT NULL UNIQUE,
    version integer NOT NULL
);

-- zone is an IANA name. weekly and special_days are JSON that only the calendar's store reads.
CREATE TABLE calendar_hours (
    calendar_id integer NOT NULL REFERENCES calendar (id),
    effective_from text NOT NULL,
    zone text NOT NULL,
    weekly text NOT NULL,
    special_days text NOT NULL,
    written_by integer NOT NULL,
    written_at text NOT NULL,
    PRIMARY KEY (calendar_id, effective_from)
) WITHOUT ROWID;

-- What counts for a line or a queue: whose hours, and within how many minutes of them a client is answered. kind: did, queue, or default,
-- whose target is ''. calendar_id NULL: the default's hours.
CREATE TABLE calendar_use (
    kind text NOT NULL,
    target text NOT NULL,
    calendar_id integer NULL REFERENCES calendar (id),
    answer_minutes integer NOT NULL,
    PRIMARY KEY (kind, target)
) WITHOUT ROWID;

-- Something that one person is to do at a time. natural_key makes one task of one reason, however often it is given: 'task:id' for what
-- a person wrote. owner_id NULL: it is nobody's yet. deputy_id stands in for the owner. due_zone is the zone that the person who set the
-- time had in mind. author_*: the person or program who made it; rule_name: the rule of ours that did. refused_until: calls up to that time
-- were said not to have done it. version counts changes.
CREATE TABLE agent_task (
    id integer NOT NULL PRIMARY KEY,
    natural_key text NOT NULL UNIQUE,
    kind text NOT NULL,
    subject text NOT NULL,
    client_id integer NULL REFERENCES client (id),
    call_id integer NULL REFERENCES call (id),
    owner_id integer NULL REFERENCES agent (id),
    deputy_id integer NULL REFERENCES agent (id),
    due_at text NOT NULL,
    due_zone text NOT NULL,
    priority integer NOT NULL,
    state text NOT NULL,
    author_id integer NULL,
    author_name text NULL,
    rule_name text NULL,
    refused_until text NULL,
    created_at text NOT NULL,
    closed_at text NULL,
    closed_by_id integer NULL,
    closed_by_call_id integer NULL,
    closing_note text NULL,
    version integer NOT NULL
);

CREATE INDEX agent_task_owner ON agent_task (owner_id, state, due_at, id);

CREATE INDEX agent_task_deputy ON agent_task (deputy_id, state, due_at, id);

CREATE INDEX agent_task_due ON agent_task (state, due_at, id);

CREATE INDEX agent_task_client ON agent_task (client_id, created_at, id);

-- Minutes before a task is due, its owner is told; once in each round, and a new round begins when it is put off. claimed_by is the
-- run of the job that found it due: it is taken by one UPDATE, so no two nodes do. state: waiting, rung, done, off.
CREATE TABLE reminder (
    id integer NOT NULL PRIMARY KEY,
    task_id integer NOT NULL REFERENCES agent_task (id),
    minutes_before integer NOT NULL,
    escalate_minutes integer NULL,
    ring_at text NOT NULL,
    state text NOT NULL,
    round integer NOT NULL,
    claimed_by integer NULL,
    rung_at text NULL,
    seen_at text NULL,
    escalate_at text NULL,
    escalated_at text NULL,
    UNIQUE (task_id, minutes_before)
);

CREATE INDEX reminder_due ON reminder (state, ring_at);

CREATE INDEX reminder_escalating ON reminder (state, escalate_at);

-- What became of a reminder in each round: sent, seen, snoozed, escalated, done; by which channel, to whom.
CREATE TABLE reminder_delivery (
    reminder_id integer NOT NULL REFERENCES reminder (id),
    round integer NOT NULL,
    what text NOT NULL,
    channel text NOT NULL,
    agent_id integer NOT NULL,
    happened_at text NOT NULL,
    detail text NULL,
    PRIMARY KEY (reminder_id, round, what, channel, agent_id)
) WITHOUT ROWID;

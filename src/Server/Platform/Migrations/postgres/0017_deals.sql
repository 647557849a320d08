-- A company's way of selling. body: its stages with what each asks, as JSON that only the funnel store reads; funnel_version keeps every body
-- that there was, so that a change never rewrites what deals went through.
CREATE TABLE funnel (
    id bigint NOT NULL PRIMARY KEY,
    name text NOT NULL,
    is_archived boolean NOT NULL,
    version int NOT NULL,
    body text NOT NULL
);

CREATE TABLE funnel_version (
    funnel_id bigint NOT NULL REFERENCES funnel (id),
    version int NOT NULL,
    body text NOT NULL,
    made_at timestamptz NOT NULL,
    made_by_id bigint NOT NULL,
    made_by_name text NOT NULL,
    PRIMARY KEY (funnel_id, version)
);

-- Which teams' agents see a funnel; none: all.
CREATE TABLE funnel_team (
    funnel_id bigint NOT NULL REFERENCES funnel (id),
    team_id bigint NOT NULL REFERENCES team (id),
    PRIMARY KEY (funnel_id, team_id)
);

-- What queries need of the stages. One that was removed stays for the deals that were in it. kind: open, won, lost.
CREATE TABLE stage (
    id bigint NOT NULL PRIMARY KEY,
    funnel_id bigint NOT NULL REFERENCES funnel (id),
    name text NOT NULL,
    position int NOT NULL,
    kind text NOT NULL,
    probability int NOT NULL,
    limit_hours int NULL,
    is_removed boolean NOT NULL
);

CREATE INDEX stage_funnel ON stage (funnel_id, position, id);

-- A field of the company's own. body: help, choices and bounds as JSON.
CREATE TABLE custom_field (
    id bigint NOT NULL PRIMARY KEY,
    is_of_client boolean NOT NULL,
    funnel_id bigint NULL REFERENCES funnel (id),
    name text NOT NULL,
    kind text NOT NULL,
    body text NOT NULL,
    position int NOT NULL,
    is_archived boolean NOT NULL,
    version int NOT NULL
);

-- What was filled in, of a deal or a client (ids are unique over all tables). value_key: the beginning of it in small letters, to find it by.
CREATE TABLE field_value (
    subject_id bigint NOT NULL,
    field_id bigint NOT NULL REFERENCES custom_field (id),
    value text NOT NULL,
    value_key text NOT NULL,
    PRIMARY KEY (subject_id, field_id)
);

CREATE INDEX field_value_found ON field_value (field_id, value_key, subject_id);

-- Why deals are refused; name holds the way to it in the tree. is_valid false: it was no deal (a duplicate, a test), and no rate counts it.
CREATE TABLE loss_reason (
    name text NOT NULL PRIMARY KEY,
    position int NOT NULL,
    is_valid boolean NOT NULL
);

-- What each role may do beside moving deals through gates.
CREATE TABLE gate_right (
    role text NOT NULL PRIMARY KEY,
    may_override boolean NOT NULL,
    may_excuse boolean NOT NULL
);

INSERT INTO gate_right (role, may_override, may_excuse) VALUES ('agent', FALSE, FALSE);
INSERT INTO gate_right (role, may_override, may_excuse) VALUES ('supervisor', FALSE, TRUE);
INSERT INTO gate_right (role, may_override, may_excuse) VALUES ('manager', TRUE, TRUE);
INSERT INTO gate_right (role, may_override, may_excuse) VALUES ('admin', TRUE, TRUE);

-- What one unit of a currency is worth in the workspace's own. Deals keep the rate of the day on which their amount was written.
CREATE TABLE currency_rate (
    currency text NOT NULL PRIMARY KEY,
    rate double precision NOT NULL
);

-- A deal. Money in hundredths: amount and cost in its own currency, base_* in the workspace's, by rate. expected_close, offer_again_on:
-- yyyy-mm-dd. title_key: the title as search compares it. seq: the number of its stay in the stage where it is. closed_at NULL: it is open. tried_at: when a rule last tried in vain
-- to send it on, as it is now. version counts changes.
CREATE TABLE deal (
    id bigint NOT NULL PRIMARY KEY,
    funnel_id bigint NOT NULL REFERENCES funnel (id),
    stage_id bigint NOT NULL REFERENCES stage (id),
    client_id bigint NOT NULL REFERENCES client (id),
    owner_id bigint NULL REFERENCES agent (id),
    title text NOT NULL,
    title_key text NOT NULL,
    amount bigint NULL,
    cost bigint NULL,
    currency text NOT NULL,
    rate double precision NOT NULL,
    base_amount bigint NULL,
    base_cost bigint NULL,
    expected_close text NULL,
    source text NULL,
    created_at timestamptz NOT NULL,
    stage_since timestamptz NOT NULL,
    seq int NOT NULL,
    closed_at timestamptz NULL,
    is_won boolean NULL,
    loss_reason text NULL,
    loss_note text NULL,
    competitor text NULL,
    offer_again_on text NULL,
    tried_at timestamptz NULL,
    version int NOT NULL
);

CREATE INDEX deal_open ON deal (funnel_id, stage_id, id) WHERE closed_at IS NULL;

CREATE INDEX deal_all ON deal (created_at, id);

CREATE INDEX deal_created ON deal (funnel_id, created_at, id);

CREATE INDEX deal_owner ON deal (owner_id, created_at, id);

CREATE INDEX deal_client ON deal (client_id, created_at, id);

-- What is bought. quantity in thousandths, money of one piece in hundredths.
CREATE TABLE deal_line (
    deal_id bigint NOT NULL REFERENCES deal (id),
    seq int NOT NULL,
    name text NOT NULL,
    quantity bigint NOT NULL,
    price bigint NOT NULL,
    cost bigint NOT NULL,
    PRIMARY KEY (deal_id, seq)
);

-- Every stay in a stage, one after the other.
CREATE TABLE deal_stay (
    deal_id bigint NOT NULL REFERENCES deal (id),
    seq int NOT NULL,
    stage_id bigint NOT NULL REFERENCES stage (id),
    entered_at timestamptz NOT NULL,
    left_at timestamptz NULL,
    by_id bigint NULL,
    is_override boolean NOT NULL,
    funnel_version int NOT NULL,
    PRIMARY KEY (deal_id, seq)
);

CREATE INDEX deal_stay_entered ON deal_stay (stage_id, entered_at, deal_id);

-- Every time that a deal was closed, as it was then; seq: of the stay that it began. A deal that is opened again keeps the row.
CREATE TABLE deal_close (
    deal_id bigint NOT NULL REFERENCES deal (id),
    seq int NOT NULL,
    closed_at timestamptz NOT NULL,
    reopened_at timestamptz NULL,
    is_won boolean NOT NULL,
    is_valid boolean NOT NULL,
    owner_id bigint NULL,
    base_amount bigint NULL,
    base_cost bigint NULL,
    loss_reason text NULL,
    PRIMARY KEY (deal_id, seq)
);

CREATE INDEX deal_close_closed ON deal_close (closed_at, deal_id);

-- Whose a deal was, and what was planned with it, from each moment on.
CREATE TABLE deal_terms (
    deal_id bigint NOT NULL REFERENCES deal (id),
    version int NOT NULL,
    since timestamptz NOT NULL,
    owner_id bigint NULL,
    base_amount bigint NULL,
    base_cost bigint NULL,
    PRIMARY KEY (deal_id, version)
);

-- What happened with a deal; rows are only added. what: created, changed, moved, blocked, excused, imported. version: the deal's after it. body: the
-- changed fields, and what was unmet, as JSON.
CREATE TABLE deal_event (
    id bigint NOT NULL PRIMARY KEY,
    deal_id bigint NOT NULL REFERENCES deal (id),
    happened_at timestamptz NOT NULL,
    what text NOT NULL,
    by_id bigint NULL,
    by_name text NULL,
    from_stage_id bigint NULL,
    to_stage_id bigint NULL,
    reason text NULL,
    body text NOT NULL,
    version int NOT NULL
);

CREATE INDEX deal_event_deal ON deal_event (deal_id, happened_at, id);

CREATE INDEX deal_event_what ON deal_event (what, happened_at, id);

-- Tasks of stages that a deal does not need, as somebody said who may.
CREATE TABLE deal_excuse (
    deal_id bigint NOT NULL REFERENCES deal (id),
    stage_task_id bigint NOT NULL,
    by_id bigint NOT NULL,
    by_name text NOT NULL,
    reason text NOT NULL,
    excused_at timestamptz NOT NULL,
    PRIMARY KEY (deal_id, stage_task_id)
);

-- A filter of deals under a name, as JSON.
CREATE TABLE deal_view (
    id bigint NOT NULL PRIMARY KEY,
    owner_id bigint NOT NULL REFERENCES agent (id),
    name text NOT NULL,
    is_shared boolean NOT NULL,
    body text NOT NULL
);

CREATE INDEX deal_view_owner ON deal_view (owner_id, id);

-- The deal that a task is a step of.
ALTER TABLE agent_task ADD COLUMN deal_id bigint NULL REFERENCES deal (id);

CREATE INDEX agent_task_deal ON agent_task (deal_id, state, due_at, id);

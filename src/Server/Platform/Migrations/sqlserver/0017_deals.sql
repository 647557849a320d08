-- A company's way of selling. body: its stages with what each asks, as JSON that only the funnel store reads; funnel_version keeps every body
-- that there was, so that a change never rewrites what deals went through.
CREATE TABLE funnel (
    id bigint NOT NULL PRIMARY KEY,
    name nvarchar(200) NOT NULL,
    is_archived bit NOT NULL,
    version int NOT NULL,
    body nvarchar(max) NOT NULL
);
GO

CREATE TABLE funnel_version (
    funnel_id bigint NOT NULL REFERENCES funnel (id),
    version int NOT NULL,
    body nvarchar(max) NOT NULL,
    made_at datetimeoffset(3) NOT NULL,
    made_by_id bigint NOT NULL,
    made_by_name nvarchar(200) NOT NULL,
    PRIMARY KEY (funnel_id, version)
);
GO

-- Which teams' agents see a funnel; none: all.
CREATE TABLE funnel_team (
    funnel_id bigint NOT NULL REFERENCES funnel (id),
    team_id bigint NOT NULL REFERENCES team (id),
    PRIMARY KEY (funnel_id, team_id)
);
GO

-- What queries need of the stages. One that was removed stays for the deals that were in it. kind: open, won, lost.
CREATE TABLE stage (
    id bigint NOT NULL PRIMARY KEY,
    funnel_id bigint NOT NULL REFERENCES funnel (id),
    name nvarchar(200) NOT NULL,
    position int NOT NULL,
    kind nvarchar(200) NOT NULL,
    probability int NOT NULL,
    limit_hours int NULL,
    is_removed bit NOT NULL
);
GO

CREATE INDEX stage_funnel ON stage (funnel_id, position, id);
GO

-- A field of the company's own. body: help, choices and bounds as JSON.
CREATE TABLE custom_field (
    id bigint NOT NULL PRIMARY KEY,
    is_of_client bit NOT NULL,
    funnel_id bigint NULL REFERENCES funnel (id),
    name nvarchar(200) NOT NULL,
    kind nvarchar(200) NOT NULL,
    body nvarchar(max) NOT NULL,
    position int NOT NULL,
    is_archived bit NOT NULL,
    version int NOT NULL
);
GO

-- What was filled in, of a deal or a client (ids are unique over all tables). value_key: the beginning of it in small letters, to find it by.
CREATE TABLE field_value (
    subject_id bigint NOT NULL,
    field_id bigint NOT NULL REFERENCES custom_field (id),
    value nvarchar(max) NOT NULL,
    value_key nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY (subject_id, field_id)
);
GO

CREATE INDEX field_value_found ON field_value (field_id, value_key, subject_id);
GO

-- Why deals are refused; name holds the way to it in the tree. is_valid false: it was no deal (a duplicate, a test), and no rate counts it.
CREATE TABLE loss_reason (
    name nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    position int NOT NULL,
    is_valid bit NOT NULL
);
GO

-- What each role may do beside moving deals through gates.
CREATE TABLE gate_right (
    role nvarchar(200) NOT NULL PRIMARY KEY,
    may_override bit NOT NULL,
    may_excuse bit NOT NULL
);
GO

INSERT INTO gate_right (role, may_override, may_excuse) VALUES ('agent', 0, 0);
GO

INSERT INTO gate_right (role, may_override, may_excuse) VALUES ('supervisor', 0, 1);
GO

INSERT INTO gate_right (role, may_override, may_excuse) VALUES ('manager', 1, 1);
GO

INSERT INTO gate_right (role, may_override, may_excuse) VALUES ('admin', 1, 1);
GO

-- What one unit of a currency is worth in the workspace's own. Deals keep the rate of the day on which their amount was written.
CREATE TABLE currency_rate (
    currency nvarchar(200) NOT NULL PRIMARY KEY,
    rate float NOT NULL
);
GO

-- A deal. Money in hundredths: amount and cost in its own currency, base_* in the workspace's, by rate. expected_close, offer_again_on:
-- yyyy-mm-dd. title_key: the title as search compares it. seq: the number of its stay in the stage where it is. closed_at NULL: it is open. tried_at: when a rule last tried in vain
-- to send it on, as it is now. version counts changes.
CREATE TABLE deal (
    id bigint NOT NULL PRIMARY KEY,
    funnel_id bigint NOT NULL REFERENCES funnel (id),
    stage_id bigint NOT NULL REFERENCES stage (id),
    client_id bigint NOT NULL REFERENCES client (id),
    owner_id bigint NULL REFERENCES agent (id),
    title nvarchar(200) NOT NULL,
    title_key nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    amount bigint NULL,
    cost bigint NULL,
    currency nvarchar(200) NOT NULL,
    rate float NOT NULL,
    base_amount bigint NULL,
    base_cost bigint NULL,
    expected_close nvarchar(200) NULL,
    source nvarchar(200) NULL,
    created_at datetimeoffset(3) NOT NULL,
    stage_since datetimeoffset(3) NOT NULL,
    seq int NOT NULL,
    closed_at datetimeoffset(3) NULL,
    is_won bit NULL,
    loss_reason nvarchar(200) NULL,
    loss_note nvarchar(max) NULL,
    competitor nvarchar(200) NULL,
    offer_again_on nvarchar(200) NULL,
    tried_at datetimeoffset(3) NULL,
    version int NOT NULL
);
GO

CREATE INDEX deal_open ON deal (funnel_id, stage_id, id) WHERE closed_at IS NULL;
GO

CREATE INDEX deal_all ON deal (created_at, id);
GO

CREATE INDEX deal_created ON deal (funnel_id, created_at, id);
GO

CREATE INDEX deal_owner ON deal (owner_id, created_at, id);
GO

CREATE INDEX deal_client ON deal (client_id, created_at, id);
GO

-- What is bought. quantity in thousandths, money of one piece in hundredths.
CREATE TABLE deal_line (
    deal_id bigint NOT NULL REFERENCES deal (id),
    seq int NOT NULL,
    name nvarchar(200) NOT NULL,
    quantity bigint NOT NULL,
    price bigint NOT NULL,
    cost bigint NOT NULL,
    PRIMARY KEY (deal_id, seq)
);
GO

-- Every stay in a stage, one after the other.
CREATE TABLE deal_stay (
    deal_id bigint NOT NULL REFERENCES deal (id),
    seq int NOT NULL,
    stage_id bigint NOT NULL REFERENCES stage (id),
    entered_at datetimeoffset(3) NOT NULL,
    left_at datetimeoffset(3) NULL,
    by_id bigint NULL,
    is_override bit NOT NULL,
    funnel_version int NOT NULL,
    PRIMARY KEY (deal_id, seq)
);
GO

CREATE INDEX deal_stay_entered ON deal_stay (stage_id, entered_at, deal_id);
GO

-- Every time that a deal was closed, as it was then; seq: of the stay that it began. A deal that is opened again keeps the row.
CREATE TABLE deal_close (
    deal_id bigint NOT NULL REFERENCES deal (id),
    seq int NOT NULL,
    closed_at datetimeoffset(3) NOT NULL,
    reopened_at datetimeoffset(3) NULL,
    is_won bit NOT NULL,
    is_valid bit NOT NULL,
    owner_id bigint NULL,
    base_amount bigint NULL,
    base_cost bigint NULL,
    loss_reason nvarchar(200) NULL,
    PRIMARY KEY (deal_id, seq)
);
GO

CREATE INDEX deal_close_closed ON deal_close (closed_at, deal_id);
GO

-- Whose a deal was, and what was planned with it, from each moment on.
CREATE TABLE deal_terms (
    deal_id bigint NOT NULL REFERENCES deal (id),
    version int NOT NULL,
    since datetimeoffset(3) NOT NULL,
    owner_id bigint NULL,
    base_amount bigint NULL,
    base_cost bigint NULL,
    PRIMARY KEY (deal_id, version)
);
GO

-- What happened with a deal; rows are only added. what: created, changed, moved, blocked, excused, imported. version: the deal's after it. body: the
-- changed fields, and what was unmet, as JSON.
CREATE TABLE deal_event (
    id bigint NOT NULL PRIMARY KEY,
    deal_id bigint NOT NULL REFERENCES deal (id),
    happened_at datetimeoffset(3) NOT NULL,
    what nvarchar(200) NOT NULL,
    by_id bigint NULL,
    by_name nvarchar(200) NULL,
    from_stage_id bigint NULL,
    to_stage_id bigint NULL,
    reason nvarchar(max) NULL,
    body nvarchar(max) NOT NULL,
    version int NOT NULL
);
GO

CREATE INDEX deal_event_deal ON deal_event (deal_id, happened_at, id);
GO

CREATE INDEX deal_event_what ON deal_event (what, happened_at, id);
GO

-- Tasks of stages that a deal does not need, as somebody said who may.
CREATE TABLE deal_excuse (
    deal_id bigint NOT NULL REFERENCES deal (id),
    stage_task_id bigint NOT NULL,
    by_id bigint NOT NULL,
    by_name nvarchar(200) NOT NULL,
    reason nvarchar(max) NOT NULL,
    excused_at datetimeoffset(3) NOT NULL,
    PRIMARY KEY (deal_id, stage_task_id)
);
GO

-- A filter of deals under a name, as JSON.
CREATE TABLE deal_view (
    id bigint NOT NULL PRIMARY KEY,
    owner_id bigint NOT NULL REFERENCES agent (id),
    name nvarchar(200) NOT NULL,
    is_shared bit NOT NULL,
    body nvarchar(max) NOT NULL
);
GO

CREATE INDEX deal_view_owner ON deal_view (owner_id, id);
GO

-- The deal that a task is a step of.
ALTER TABLE agent_task ADD deal_id bigint NULL REFERENCES deal (id);
GO

CREATE INDEX agent_task_deal ON agent_task (deal_id, state, due_at, id);

-- How calls of a queue may have ended for the business; the empty name stands for all other calls. outcomes: a JSON array, in its order.
CREATE TABLE outcome_list (
    queue nvarchar(200) NOT NULL PRIMARY KEY,
    is_required bit NOT NULL,
    outcomes nvarchar(max) NOT NULL
);
GO

-- How a call ended, in the words of that time.
CREATE TABLE call_outcome (
    call_id bigint NOT NULL PRIMARY KEY REFERENCES call (id),
    agent_id bigint NOT NULL REFERENCES agent (id),
    outcome nvarchar(200) NOT NULL,
    chosen_at datetimeoffset(3) NOT NULL
);
GO

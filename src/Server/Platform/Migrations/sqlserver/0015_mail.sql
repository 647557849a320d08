-- Where a person gets mail, whether reminders come there, too, and the language that the person last used: en, ru.
ALTER TABLE agent ADD email nvarchar(254) NULL;
GO

ALTER TABLE agent ADD reminds_by_mail bit NOT NULL DEFAULT 1;
GO

ALTER TABLE agent ADD language nvarchar(200) NULL;
GO

-- The server that sends our mails: one row, or none, and then no mail is sent. security: none, starttls, tls. changed counts edits. failed_count
-- and retry_at: after a failure it rests, longer each time; problem says why.
CREATE TABLE mail_server (
    id int NOT NULL PRIMARY KEY,
    host nvarchar(200) NOT NULL,
    port int NOT NULL,
    security nvarchar(200) NOT NULL,
    username nvarchar(200) NULL,
    protected_password nvarchar(max) NULL,
    sender_address nvarchar(254) NOT NULL,
    sender_name nvarchar(200) NOT NULL,
    changed int NOT NULL,
    failed_count int NOT NULL,
    retry_at datetimeoffset(3) NULL,
    problem nvarchar(200) NULL,
    problem_at datetimeoffset(3) NULL
);
GO

-- Mails of reminders that are on their way; what became of them stands in reminder_delivery, and then the row is gone. what: sent (to the
-- owner), escalated (to a supervisor). Who sends one moves try_at into the future first, so that nobody else takes it meanwhile, and so that it
-- is tried again if its sender dies.
CREATE TABLE reminder_mail (
    reminder_id bigint NOT NULL REFERENCES reminder (id),
    round int NOT NULL,
    what nvarchar(40) NOT NULL,
    agent_id bigint NOT NULL REFERENCES agent (id),
    queued_at datetimeoffset(3) NOT NULL,
    try_at datetimeoffset(3) NOT NULL,
    attempts int NOT NULL,
    PRIMARY KEY (reminder_id, round, what, agent_id)
);
GO

CREATE INDEX reminder_mail_due ON reminder_mail (try_at);

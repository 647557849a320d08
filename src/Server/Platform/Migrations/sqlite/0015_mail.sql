-- Where a person gets mail, whether reminders come there, too, and the language that the person last used: en, ru.
ALTER TABLE agent ADD COLUMN email text NULL;
ALTER TABLE agent ADD COLUMN reminds_by_mail integer NOT NULL DEFAULT 1;
ALTER TABLE agent ADD COLUMN language text NULL;

-- The server that sends our mails: one row, or none, and then no mail is sent. security: none, starttls, tls. changed counts edits. failed_count
-- and retry_at: after a failure it rests, longer each time; problem says why.
CREATE TABLE mail_server (
    id integer NOT NULL PRIMARY KEY,
    host text NOT NULL,
    port integer NOT NULL,
    security text NOT NULL,
    username text NULL,
    protected_password text NULL,
    sender_address text NOT NULL,
    sender_name text NOT NULL,
    changed integer NOT NULL,
    failed_count integer NOT NULL,
    retry_at text NULL,
    problem text NULL,
    problem_at text NULL
);

-- Mails of reminders that are on their way; what became of them stands in reminder_delivery, and then the row is gone. what: sent (to the
-- owner), escalated (to a supervisor). Who sends one moves try_at into the future first, so that nobody else takes it meanwhile, and so that it
-- is tried again if its sender dies.
CREATE TABLE reminder_mail (
    reminder_id integer NOT NULL REFERENCES reminder (id),
    round integer NOT NULL,
    what text NOT NULL,
    agent_id integer NOT NULL REFERENCES agent (id),
    queued_at text NOT NULL,
    try_at text NOT NULL,
    attempts integer NOT NULL,
    PRIMARY KEY (reminder_id, round, what, agent_id)
) WITHOUT ROWID;

CREATE INDEX reminder_mail_due ON reminder_mail (try_at);

-- A person who signs in. login_key is the login in the folded form that is unique.
CREATE TABLE agent (
    id bigint NOT NULL PRIMARY KEY,
    login text NOT NULL,
    login_key text NOT NULL UNIQUE,
    name text NOT NULL,
    role text NOT NULL,
    password_hash text NOT NULL,
    session_stamp text NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamptz NOT NULL
);

-- Wrong passwords for a login, whether or not there is such an account: a stranger learns nothing from a lock-out. The login is
-- kept as a hash, because people type passwords into the wrong field.
CREATE TABLE sign_in_failure (
    login_hash text NOT NULL PRIMARY KEY,
    failed_count integer NOT NULL,
    last_failed_at timestamptz NOT NULL,
    locked_until timestamptz NULL
);

-- Whose phone an extension is. One owner at a time.
CREATE TABLE agent_extension (
    pbx text NOT NULL,
    extension text NOT NULL,
    agent_id bigint NOT NULL REFERENCES agent (id),
    assigned_at timestamptz NOT NULL,
    PRIMARY KEY (pbx, extension)
);

CREATE INDEX agent_extension_agent ON agent_extension (agent_id);

-- A program's way in. Only the hash of the key is kept.
CREATE TABLE api_key (
    id bigint NOT NULL PRIMARY KEY,
    name text NOT NULL,
    role text NOT NULL,
    key_hash text NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz NULL,
    revoked_at timestamptz NULL
);

-- The code that makes the first admin. The row is gone once that is done.
CREATE TABLE set_up_code (
    id integer NOT NULL PRIMARY KEY,
    code text NOT NULL
);

-- Keys that protect session cookies and stored secrets, shared by all nodes.
CREATE TABLE data_protection_key (
    name text NOT NULL PRIMARY KEY,
    xml text NOT NULL,
    created_at timestamptz NOT NULL
);

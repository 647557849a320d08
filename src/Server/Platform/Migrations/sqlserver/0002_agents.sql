-- A person who signs in. login_key is the login in the folded form that is unique.
CREATE TABLE agent (
    id bigint NOT NULL PRIMARY KEY,
    login nvarchar(200) NOT NULL,
    login_key nvarchar(200) NOT NULL UNIQUE,
    name nvarchar(200) NOT NULL,
    role nvarchar(200) NOT NULL,
    password_hash nvarchar(400) NOT NULL,
    session_stamp nvarchar(200) NOT NULL,
    is_active bit NOT NULL,
    created_at datetimeoffset(3) NOT NULL
);
GO

-- Wrong passwords for a login, whether or not there is such an account: a stranger learns nothing from a lock-out. The login is
-- kept as a hash, because people type passwords into the wrong field.
CREATE TABLE sign_in_failure (
    login_hash nvarchar(200) NOT NULL PRIMARY KEY,
    failed_count int NOT NULL,
    last_failed_at datetimeoffset(3) NOT NULL,
    locked_until datetimeoffset(3) NULL
);
GO

-- Whose phone an extension is. One owner at a time.
CREATE TABLE agent_extension (
    pbx nvarchar(200) NOT NULL,
    extension nvarchar(200) NOT NULL,
    agent_id bigint NOT NULL REFERENCES agent (id),
    assigned_at datetimeoffset(3) NOT NULL,
    PRIMARY KEY (pbx, extension)
);
GO
CREATE INDEX agent_extension_agent ON agent_extension (agent_id);
GO

-- A program's way in. Only the hash of the key is kept.
CREATE TABLE api_key (
    id bigint NOT NULL PRIMARY KEY,
    name nvarchar(200) NOT NULL,
    role nvarchar(200) NOT NULL,
    key_hash nvarchar(200) NOT NULL UNIQUE,
    created_at datetimeoffset(3) NOT NULL,
    last_used_at datetimeoffset(3) NULL,
    revoked_at datetimeoffset(3) NULL
);
GO

-- The code that makes the first admin. The row is gone once that is done.
CREATE TABLE set_up_code (
    id int NOT NULL PRIMARY KEY,
    code nvarchar(200) NOT NULL
);
GO

-- Keys that protect session cookies and stored secrets, shared by all nodes.
CREATE TABLE data_protection_key (
    name nvarchar(200) NOT NULL PRIMARY KEY,
    xml nvarchar(max) NOT NULL,
    created_at datetimeoffset(3) NOT NULL
);

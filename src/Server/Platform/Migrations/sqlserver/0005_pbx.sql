-- A line to a PBX. name is the source in the keys of its calls. trunks and rewrites are JSON arrays. changed counts edits: the line
-- that runs with an older one is restarted. down_since: the owning node has no connection since then; NULL: it has one, or nobody tries.
CREATE TABLE pbx_link (
    id bigint NOT NULL PRIMARY KEY,
    name nvarchar(200) NOT NULL UNIQUE,
    host nvarchar(200) NOT NULL,
    port int NOT NULL,
    username nvarchar(200) NOT NULL,
    protected_secret nvarchar(max) NOT NULL,
    use_tls bit NOT NULL,
    certificate_sha256 nvarchar(200) NULL,
    region nvarchar(200) NOT NULL,
    trunks nvarchar(max) NOT NULL,
    rewrites nvarchar(max) NOT NULL,
    is_enabled bit NOT NULL,
    changed bigint NOT NULL,
    down_since datetimeoffset(3) NULL
);
GO

-- Extensions that calls went through, so that the admin sees the ones that nobody owns.
CREATE TABLE extension_sighting (
    pbx nvarchar(200) NOT NULL,
    extension nvarchar(200) NOT NULL,
    last_seen_at datetimeoffset(3) NOT NULL,
    PRIMARY KEY (pbx, extension)
);

-- A line to a PBX. name is the source in the keys of its calls. trunks and rewrites are JSON arrays. changed counts edits: the line
-- that runs with an older one is restarted. down_since: the owning node has no connection since then; NULL: it has one, or nobody tries.
CREATE TABLE pbx_link (
    id integer NOT NULL PRIMARY KEY,
    name text NOT NULL UNIQUE,
    host text NOT NULL,
    port integer NOT NULL,
    username text NOT NULL,
    protected_secret text NOT NULL,
    use_tls integer NOT NULL,
    certificate_sha256 text NULL,
    region text NOT NULL,
    trunks text NOT NULL,
    rewrites text NOT NULL,
    is_enabled integer NOT NULL,
    changed integer NOT NULL,
    down_since text NULL
);

-- Extensions that calls went through, so that the admin sees the ones that nobody owns.
CREATE TABLE extension_sighting (
    pbx text NOT NULL,
    extension text NOT NULL,
    last_seen_at text NOT NULL,
    PRIMARY KEY (pbx, extension)
);

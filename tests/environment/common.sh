# What the scripts of this folder share. Sourced, never run.

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# Where things that are expensive to make are kept between runs; outside the repository, so that a clean clone finds them.
cache=${CONTACT_CENTER_CRM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/contact-center-crm}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

can_be_root() { [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null; }

is_installed() { dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }

# Services that a package would start on installation stay off: the tests start their own, on loopback and free ports.
apt_install() {
    local policy=/usr/sbin/policy-rc.d put_policy=false rc=0
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null && as_root chmod 755 "$policy" && put_policy=true
    fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" </dev/null || rc=$?
    if $put_policy; then as_root rm -f "$policy"; fi
    return "$rc"
}

# Shared by ./landfall and ./test: checks the tools, fetches the native parts, takes the build lock.
# Sourced by bash with `root` set to the repository's folder. Everything for people goes to standard error.

artifacts=${LANDFALL_ARTIFACTS:-$root/artifacts}

# Nothing that a build starts may outlive it: no MSBuild nodes, no compiler server.
export MSBUILDDISABLENODEREUSE=1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { printf '%s\n' "$*" >&2; }

# Misuse and a missing environment end with 2; failed work ends with 1.
die() {
    say "landfall: $*"
    exit 2
}

# dotnet and npm keep their caches below HOME; an account without one gets a folder of the build's own.
ensure_home() {
    if [ -z "${HOME:-}" ] || [ ! -d "$HOME" ] || [ ! -w "$HOME" ]; then
        mkdir -p "$artifacts/home"
        export HOME=$artifacts/home
    fi
}

require_dotnet() {
    command -v dotnet >/dev/null 2>&1 || die "the .NET SDK is missing: no 'dotnet' is on the PATH." \
        "Landfall needs the .NET SDK 10: install it from .NET's download page or the package dotnet-sdk-10.0."
    local version
    version=$(cd "$root" && dotnet --version 2>/dev/null) || version=
    local major=${version%%.*}
    if [ -z "$major" ] || [ "$major" -lt 10 ] 2>/dev/null; then
        local found
        found=$(cd / && dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ' -)
        die "the .NET SDK is too old or incomplete: found SDK ${found:-none, only a runtime}." \
            "Landfall needs the .NET SDK 10: install it from .NET's download page or the package dotnet-sdk-10.0."
    fi
}

require_node() {
    local how="Landfall fetches PostgreSQL through npm: install Node.js 20 or later, which brings npm,"
    how="$how from its download page or your system's packages."
    command -v node >/dev/null 2>&1 || die "Node.js is missing: no 'node' is on the PATH. $how"
    local version
    version=$(node --version 2>/dev/null) || version=
    local major=${version#v}
    major=${major%%.*}
    case $major in
        '' | *[!0-9]*) die "'node --version' does not answer with a version. $how" ;;
    esac
    [ "$major" -ge 20 ] || die "Node.js is too old: found $version, needed 20 or later. $how"
    command -v npm >/dev/null 2>&1 || die "npm is missing though Node.js $version is there. $how"
}

# One build at a time. flock ends with its process; the folder that stands in for it names its owner.
lock_build() {
    mkdir -p "$artifacts" 2>/dev/null || die "cannot write to $artifacts. Take the clone's ownership or set LANDFALL_ARTIFACTS."
    if command -v flock >/dev/null 2>&1; then
        exec 9>"$artifacts/.lock" || die "cannot write to $artifacts. Take the clone's ownership or set LANDFALL_ARTIFACTS."
        flock -n 9 && return
        say "Waiting for another build to end …"
        flock 9
        return
    fi
    local told=
    until mkdir "$artifacts/.lock.d" 2>/dev/null; do
        local owner
        owner=$(cat "$artifacts/.lock.d/pid" 2>/dev/null) || owner=
        if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
            rm -rf "$artifacts/.lock.d"
            continue
        fi
        [ -n "$told" ] || say "Waiting for another build to end …"
        told=1
        sleep 0.2
    done
    echo $$ >"$artifacts/.lock.d/pid"
    trap unlock_build EXIT
}

unlock_build() {
    if command -v flock >/dev/null 2>&1; then
        exec 9>&-
    else
        rm -rf "$artifacts/.lock.d"
        trap - EXIT
    fi
}

native_stamp=$root/native/node_modules/.landfall-lock.json

native_is_current() { cmp -s "$root/native/package-lock.json" "$native_stamp"; }

# The stamp is written last, so that a stopped download starts again.
fetch_native() {
    native_is_current && return
    require_node
    local log=$artifacts/npm.log
    say "Fetching PostgreSQL …"
    if ! (cd "$root/native" && npm ci --ignore-scripts --no-audit --no-fund) >"$log" 2>&1 9>&-; then
        tail -n 20 "$log" >&2
        die "PostgreSQL could not be fetched; the whole output is in $log. Check the network, then run again."
    fi
    if ! node "$root/native/verify.mjs" >"$log" 2>&1 9>&-; then
        tail -n 20 "$log" >&2
        rm -rf "$root/native/node_modules"
        die "the fetched PostgreSQL is not the one that this version pins, and was removed. Run again to fetch it anew."
    fi
    cp "$root/native/package-lock.json" "$native_stamp"
}

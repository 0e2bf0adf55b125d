# A PostgreSQL cluster of our own from Debian's binaries, gone when the script ends. Sourced, not run.

# start_postgres – sets POSTGRES_URL; its data, socket and log live in one temporary directory.
start_postgres() {
    local bin
    bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
    [ -x "$bin/initdb" ] || { echo "PostgreSQL's initdb was not found under /usr/lib/postgresql." >&2; exit 1; }
    PG_BIN=$bin
    PG_DIR=$(mktemp -d "${TMPDIR:-/tmp}/cabi-pg.XXXXXX")
    # initdb refuses to run as root; Debian's package has made the user postgres.
    PG_AS=()
    if [ "$(id -u)" -eq 0 ]; then
        chown postgres "$PG_DIR"
        PG_AS=(runuser -u postgres --)
    fi
    trap stop_postgres EXIT
    trap 'exit 130' INT TERM
    local port
    port=$("${PYTHON:-python3}" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    (
        cd "$PG_DIR"
        "${PG_AS[@]}" "$PG_BIN/initdb" -D "$PG_DIR/data" -U cabi --auth=trust -E UTF8 --locale=C.UTF-8 >"$PG_DIR/initdb.log"
        # Nothing here outlives the run, so durability is given away for speed.
        "${PG_AS[@]}" "$PG_BIN/pg_ctl" -D "$PG_DIR/data" -l "$PG_DIR/data/server.log" -w -s \
            -o "-p $port -k $PG_DIR -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off \
                -c synchronous_commit=off -c max_connections=60 ${PG_OPTIONS:-}" start
        "${PG_AS[@]}" "$PG_BIN/createdb" -h "$PG_DIR" -p "$port" -U cabi cabi
    )
    POSTGRES_URL="postgres://cabi@127.0.0.1:$port/cabi"
}

stop_postgres() {
    if [ -n "${PG_DIR:-}" ] && [ -d "$PG_DIR" ]; then
        (cd "$PG_DIR" && "${PG_AS[@]}" "$PG_BIN/pg_ctl" -D "$PG_DIR/data" -m immediate -s stop) 2>/dev/null || true
        rm -rf "$PG_DIR"
    fi
}

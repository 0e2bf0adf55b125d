"""Databases and web servers of a run: seeded once a day, started, weighed, stopped."""

# ruff: noqa: S603 - starts our own programs

import hashlib
import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = Path(os.environ.get("DATA_DIR") or ROOT / "data") / "bench"
SEEDED_BY = (
    "tests/benchmarks/seed.py", "cabi_crm/demo/*.py", "*/migrations/*.py", "*/models.py",
    "*/models/*.py",
)  # fmt: skip


def environment(url, **more):
    names = {"CABI_MODE": "demo", "DATABASE_URL": url, "LOG_LEVEL": "ERROR"}
    return {**os.environ, **names, **more}


def python(*arguments, url, **more):
    """Run a module of ours and give back what it prints."""
    command = [sys.executable, *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(url, **more), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed:\n{done.stderr[-3000:]}")
    return done.stdout


def fingerprint():
    """Changes when a seeded database would be another one."""
    digest = hashlib.sha256(time.strftime("%Y-%m-%d").encode())
    for pattern in SEEDED_BY:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def seeded_sqlite(count):
    """The address of a SQLite file with `count` workplaces, kept from before where it can be."""
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{fingerprint()}-{count}.sqlite3"
    url = f"sqlite:///{path}"
    if not path.exists():
        for old in KEPT.glob(f"*-{count}.sqlite3*"):
            old.unlink()
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        print(
            " ", python("-m", "tests.benchmarks.seed", str(count), url=f"sqlite:///{part}").strip()
        )
        part.rename(path)
    return url


def seeded_postgres(server, count):
    """The same on PostgreSQL: a database of its own on `server`, restored from a dump when kept."""
    KEPT.mkdir(parents=True, exist_ok=True)
    name = f"bench_{count}"
    url = f"{server.rpartition('/')[0]}/{name}"
    tool("psql", "-q", "-c", f"CREATE DATABASE {name}", url=server)
    dump = KEPT / f"{fingerprint()}-{count}.dump"
    if dump.exists():
        tool("pg_restore", "-j", "2", "--no-owner", "-d", url, str(dump))
        tool("psql", "-q", "-c", "VACUUM ANALYZE", url=url)
        return url
    for old in KEPT.glob(f"*-{count}.dump"):
        old.unlink()
    print(" ", python("-m", "tests.benchmarks.seed", str(count), url=url).strip())
    tool("pg_dump", "-Fc", "-Z1", "-f", str(dump), url=url)
    return url


def tool(*arguments, url=""):
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{arguments[0]}"))
    program = str(found[-1]) if found else arguments[0]
    subprocess.run([program, *arguments[1:], *([url] if url else [])], check=True, cwd="/tmp")  # noqa: S108


@contextmanager
def serving(module, url, **more):
    """A gunicorn with two workers on a free port; gives its port and process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", f"{module}:application", "--bind"]
    options = [f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"]
    log = (KEPT / f"{module}.log").open("w")
    process = subprocess.Popen(
        [*command, *options, "--keep-alive", "75", "--log-level", "error", "--no-control-socket"],
        cwd=ROOT, env=environment(url, **more), stdout=log, stderr=log,
    )  # fmt: skip
    try:
        await_port(port, process)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)
        log.close()


def await_port(port, process):
    for _ in range(150):
        if process.poll() is not None:
            raise SystemExit("The server stopped while it was starting.")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise SystemExit("The server did not start within 30 s.")


def memory_mb(pid):
    """Resident memory of a server's processes together, shared pages counted once each, in MiB."""
    workers = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    return sum(pss(each) for each in [str(pid), *workers]) / 1024


def pss(pid):
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def prepared(url):
    return json.loads(python("-m", "tests.benchmarks.prepare", url=url))

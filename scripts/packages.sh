# Debian packages that a target needs: installed when we may, otherwise named. Sourced, not run.

# need_packages WHY PACKAGE… – returns when all are there, stops the script with 1 when they cannot be.
need_packages() {
    local why=$1 missing=() name
    shift
    if ! command -v dpkg-query >/dev/null; then
        echo "This is not Debian: make sure that these or their like are installed ($why): $*" >&2
        return 0
    fi
    for name in "$@"; do
        dpkg-query -W -f='${db:Status-Status}\n' "$name" 2>/dev/null | grep -qx installed || missing+=("$name")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    local sudo=()
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
            sudo=(sudo -n)
        else
            echo "Missing system packages ($why). Install them, then run this again:" >&2
            echo "  apt-get install --no-install-recommends ${missing[*]}" >&2
            exit 1
        fi
    fi
    echo "Installing ($why): ${missing[*]}"
    apt_install "${missing[@]}"
}

# apt_install PACKAGE… – one try with the package lists at hand, one with fresh ones.
apt_install() {
    local log
    log=$(mktemp)
    local install=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@")
    if "${install[@]}" >"$log" 2>&1 </dev/null; then
        rm -f "$log"
        return 0
    fi
    if "${sudo[@]}" apt-get update -qq >>"$log" 2>&1 && "${install[@]}" >>"$log" 2>&1 </dev/null; then
        rm -f "$log"
        return 0
    fi
    tail -n 20 "$log" >&2
    echo "apt-get could not install: $*" >&2
    exit 1
}

# What WeasyPrint loads to set type, and a font of last resort.
PDF_PACKAGES=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core)

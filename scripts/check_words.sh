#!/usr/bin/env bash
# No package registry's host and no path of somebody's machine in a file that would be committed.
set -uo pipefail
cd "$(dirname "$0")/.."
hosts='p[y]pi\.org|python[h]osted\.org|registry\.np[m]js|deb\.deb[i]an\.org'
paths='(^|[^a-zA-Z0-9_.<])/(ho[m]e|ro[o]t|Us[e]rs|w[o]rk)/[A-Za-z]|\.\./sh[a]red'
if git ls-files -z --cached --others --exclude-standard | xargs -0 grep -nIE "$hosts|$paths" -- 2>/dev/null; then
    exit 1
fi

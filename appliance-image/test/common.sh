# shellcheck shell=bash
# What the tests of the scripts know; sourced. A test is a program that ends with 0 or 1; it needs no rights, and leaves nothing.
set -u -o pipefail
export LC_ALL=C.UTF-8

image=$(dirname -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")")
# shellcheck disable=SC2034 # for the tests
lib=$image/root/files/usr/lib/azekura
scratch=$(mktemp -d)
# Processes that a test has begun, in $begun.
begun=()
# shellcheck disable=SC2154 # pid is the loop's
trap 'for pid in ${begun[@]+"${begun[@]}"}; do kill "$pid" 2>/dev/null; done; rm -rf "$scratch"' EXIT
failed=0

fail() { printf 'FAILED %s\n' "$*" >&2; failed=1; }
# has TEXT PART…: each part stands in it.
has() {
    local text=$1 part
    shift
    for part; do [[ $text = *"$part"* ]] || fail "\"$part\" is not in: $text"; done
}
has_not() { [[ $1 != *"$2"* ]] || fail "\"$2\" is in: $1"; }
equal() { [ "$1" = "$2" ] || fail "\"$1\" is not \"$2\"${3:+: $3}"; }
# A program of this name, found before the real one.
fake() {
    mkdir -p "$scratch/bin"
    { printf '#!/bin/bash\n'; cat; } >"$scratch/bin/$1"
    chmod 755 "$scratch/bin/$1"
}
PATH=$scratch/bin:/usr/sbin:/sbin:$PATH
# Waits for what is true some day, two minutes at most.
until_true() {
    local end=$((SECONDS + 120))
    until "$@"; do
        [ $SECONDS -lt $end ] || { fail "never came: $*"; return 1; }
        read -r -t 0.1 <> <(:) || :
    done
}
finish() { [ $failed = 0 ] && printf 'ok %s\n' "$(basename "$0")"; exit $failed; }

#!/bin/bash
# The clock: which steps are believed. Clock, time since the start and time servers are played.
. "$(dirname -- "$0")/common.sh"

export AZEKURA_RUN=$scratch/run AZEKURA_SYSTEM_STATE=$scratch/state AZEKURA_UPTIME=$scratch/uptime AZEKURA_SYNCHRONIZED=$scratch/synchronized
mkdir -p "$AZEKURA_RUN" "$AZEKURA_SYSTEM_STATE"
fake systemctl <<<'echo "$*" >>"'"$scratch"'/ordered"'
fake date <<<'case $1 in +%s) cat "'"$scratch"'/now" ;; -s) echo "${2#@}" >"'"$scratch"'/now" ;; *) exec /bin/date "$@" ;; esac'
day=86400 begin=1790000000
# at SECONDS-OF-THE-CLOCK SECONDS-SINCE-THE-START
at() {
    printf '%s\n' "$1" >"$scratch/now"
    printf '%s.55 1.0\n' "$2" >"$AZEKURA_UPTIME"
    "$lib/time" check 2>/dev/null
    note=$(cat "$AZEKURA_RUN/note/time" 2>/dev/null)
}
start() { rm -rf "$AZEKURA_RUN" "$AZEKURA_SYNCHRONIZED"; : >"$scratch/ordered"; mkdir -p "$AZEKURA_RUN"; }

# A new machine whose clock was at the day of the build, then set.
start
at $begin 60
equal "$note" ''
touch "$AZEKURA_SYNCHRONIZED"
at $((begin + 200 * day)) 180
equal "$note" ''
at $((begin + 200 * day + 120)) 300
equal "$(cat "$AZEKURA_SYSTEM_STATE/time")" $((begin + 200 * day + 120))
# Small corrections are.
at $((begin + 201 * day + 240)) 420
equal "$note:$(cat "$scratch/ordered")" ':'
# A leap is taken back, in both directions.
at $((begin + 300 * day)) 540
has "$note" 'taken back' "98 days off"
equal "$(cat "$scratch/now")" $((begin + 201 * day + 360))
equal "$(cat "$scratch/ordered")" 'stop systemd-timesyncd.service'
at $((begin + 201 * day + 480)) 660
equal "$(cat "$AZEKURA_SYSTEM_STATE/time")" $((begin + 201 * day + 480))
at $begin 780
equal "$(cat "$scratch/now")" $((begin + 201 * day + 600))

# The next start: earlier than what was seen, much later, and as it can be.
start
at $((begin + 100 * day)) 60
has "$note" 'but this appliance ran on'
at $((begin + 100 * day + 120)) 180
equal "$(cat "$AZEKURA_SYSTEM_STATE/time")" $((begin + 201 * day + 480)) 'what is doubted was kept'
start
at $((begin + 700 * day)) 60
has "$note" 'last ran on'
start
at $((begin + 230 * day)) 60
equal "$note" ''
# What is kept may be damaged.
printf 'x\n' >"$AZEKURA_SYSTEM_STATE/time"
printf '1 2 3\n' >"$AZEKURA_RUN/time-offset"
at $((begin + 230 * day)) 60
equal "$note:$(cat "$AZEKURA_SYSTEM_STATE/time")" ":$((begin + 230 * day))"
equal "$("$lib/time" show | jq -c '[.synchronized, .note]')" '[false,null]'
finish

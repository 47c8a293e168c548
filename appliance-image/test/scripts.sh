#!/bin/bash
# All scripts of the image can be read, and hold what shellcheck asks for; all units are known to systemd and as closed as their work lets them be.
. "$(dirname -- "$0")/common.sh"

mapfile -t scripts < <(grep -r -l -I -m 1 -E '^#!/bin/(ba)?sh' "$image"/{image,make,initramfs,root/files,test})
[ ${#scripts[@]} -gt 15 ] || fail "only ${#scripts[@]} scripts were found"
for script in "${scripts[@]}"; do bash -n "$script" || fail "$script"; done
if type -P shellcheck >/dev/null; then shellcheck "${scripts[@]}" || fail "shellcheck"; fi
perl -c "$lib/ask" 2>/dev/null || fail "ask"

# score UNIT MOST: the exposure of systemd-analyze, in tenths.
units=$image/root/files/usr/lib/systemd/system
if type -P systemd-analyze >/dev/null; then
    while read -r unit most; do
        score=$(systemd-analyze security --offline=true --no-pager "$units/$unit" | sed -n 's/.*Overall exposure level for .*: \([0-9.]*\) .*/\1/p')
        printf '%-34s %s\n' "$unit" "$score"
        [ "${score/./}" -le "$most" ] || fail "$unit has $score, more than ${most}/10"
    done <<'U'
azekura.service 20
azekura-console@.service 20
azekura-system@.service 20
azekura-console-door@.service 20
azekura-network.service 20
azekura-setup.service 20
azekura-install.service 20
azekura-time.service 20
U
fi
finish

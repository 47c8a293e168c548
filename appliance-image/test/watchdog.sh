#!/bin/bash
# Which watchdog is taken. Devices and modules are played.
. "$(dirname -- "$0")/common.sh"

export AZEKURA_SYS=$scratch/sys
loaded=$scratch/loaded
fake udevadm </dev/null
fake modprobe <<E2
echo "\$1" >>'$loaded'
[ ! -e '$scratch/gives/'"\$1" ] || mkdir -p '$AZEKURA_SYS/class/misc/watchdog'
E2
# machine WHAT-IS-THERE…: classes of devices; $gives: the modules that bring a watchdog
machine() {
    rm -rf "$AZEKURA_SYS" "$scratch/gives"
    : >"$loaded"
    mkdir -p "$AZEKURA_SYS" "$scratch/gives"
    local folder
    for folder; do mkdir -p "$AZEKURA_SYS/class/$folder"; done
    for folder in ${gives-}; do : >"$scratch/gives/$folder"; done
}
took() { "$lib/watchdog" 2>&1; }

gives='softdog ipmi_watchdog'
machine misc/watchdog watchdog/watchdog0
printf 'iTCO_wdt\n' >"$AZEKURA_SYS/class/watchdog/watchdog0/identity"
equal "$(took)" 'watchdog: iTCO_wdt'
equal "$(cat "$loaded")" '' 'there was one'

machine ipmi/ipmi0
equal "$(took)" 'watchdog: of the management controller'
equal "$(paste -sd, "$loaded")" ipmi_watchdog

# A controller that has none, and a machine without a controller.
gives=softdog
machine ipmi/ipmi0
took >/dev/null || fail 'it ends well'
equal "$(paste -sd, "$loaded")" ipmi_watchdog,softdog
machine
took >/dev/null || fail 'it ends well'
equal "$(paste -sd, "$loaded")" softdog

gives=
machine
has "$(took)" 'there is no watchdog'
! took >/dev/null || fail 'there is none, and it ended well'
finish

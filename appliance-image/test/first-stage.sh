#!/bin/bash
# The first stage and the data: its own parts in its own shell, with the real grub-editenv, mke2fs and e2fsck, on files in the place of partitions. Played is
# what would change this machine: mounting, restarting, powering off. The menu is used on two real terminals.
. "$(dirname -- "$0")/common.sh"

run=$scratch/run
env=$run/disk/env data=$scratch/data mark=$scratch/mark
mkdir -p "$run/disk"
printf 'a catalog\n' >"$mark"

# stage COMMAND: as init would, with its own names. Terminals are in $consoles, seconds of patience in $patience.
stage() {
    busybox sh -c '
        run=$1 tools=/usr/sbin root=/nowhere data=$2 slot=A version=1.0.0 why= consoles=$3 patience=$4
        . "$5/boot/variables"; . "$5/initramfs/screen"; . "$5/initramfs/data"; . "$5/initramfs/rescue"
        mount() { /usr/sbin/dumpe2fs -h "$data" >/dev/null 2>&1 && echo mounted; }
        load_hardware() { echo looked >>"$run/looked"; }
        sleep() { :; }
        reboot() { echo restarted; listen_no_more; exit 7; }
        poweroff() { echo off; listen_no_more; exit 8; }
        eval "$6"' stage "$run" "$data" "${consoles-$scratch/said}" "${patience:-3600}" "$image" "$1"
}
variables() { grub-editenv "$env" list | paste -sd ' '; }
new_data() {
    rm -f "$data"
    truncate -s 1G "$data"
    stage 'form_data -q' && debugfs -w -R "write $mark mark" "$data" >/dev/null 2>&1
}
# The partition holds what was written into it.
whole() { [ "$(debugfs -R 'cat mark' "$data" 2>/dev/null)" = 'a catalog' ]; }
kept() { whole || fail "data are gone: $1"; }
gone() { ! whole || fail "data are still there: $1"; }
new_variables() { rm -f "$env"; stage "new_variables $env" && grub-editenv "$env" set DATA=made; }
lose() { local block; for block; do dd if=/dev/zero of="$data" bs=4096 seek="$block" count=1 conv=notrunc status=none; done; }

# --- variables: only an order that can be read erases
stage "new_variables $env"
equal "$(stat -c %s "$env")" 4096
equal "$(variables)" 'ORDER=A B A_OK=1 A_TRY=0 B_OK=0 B_TRY=0 DATA=none'
truncate -s 1G "$data"
has "$(stage open_data)" mounted
equal "$(variables)" 'ORDER=A B A_OK=1 A_TRY=0 B_OK=0 B_TRY=0 DATA=made'
dumpe2fs -h "$data" 2>/dev/null | grep -q '^Filesystem volume name: *data' || fail "no data were made"

new_data
has "$(stage open_data)" mounted
kept 'variables order nothing'
cp "$env" "$scratch/good"
untouched() { has "$(stage open_data 2>&1)" mounted; kept "$1"; }
head -c 4096 /dev/zero >"$env"; untouched 'variables are zeros'
tr '\0' '\377' </dev/zero | head -c 4096 >"$env"; untouched 'variables are ones'
: >"$env"; untouched 'variables are empty'
rm "$env"; untouched 'there are no variables'
rm -f "$env"; mkdir "$env"; untouched 'variables can not be read'; rmdir "$env"
# Torn: the sectors of two states of the block, both of which order something, or noise.
{ head -c 512 /dev/zero; tail -c +513 "$scratch/good" | head -c 512; printf 'RESET=1\nDATA=none\n'; head -c 3054 /dev/zero; } >"$env"; untouched 'the form of the variables is torn'
grub-editenv "$env" create; head -c 600 "$env" >"$scratch/short"; mv "$scratch/short" "$env"; untouched 'variables are cut short'
for seed in 1 2 3; do openssl enc -aes-128-ctr -K "0$seed" -iv 00 -in /dev/zero 2>/dev/null | head -c 4096 >"$env"; untouched "variables are noise ($seed)"; done
cp "$scratch/good" "$env"; grub-editenv "$env" unset DATA; untouched 'DATA is lost'
grub-editenv "$env" set DATA=nonesuch RESET=10 X='RESET=1'; untouched 'words that are no order'

# An order is one.
cp "$scratch/good" "$env"; grub-editenv "$env" set RESET=1
said=$(stage open_data); has "$said" mounted; has "$(<"$scratch/said")" 'all data of this appliance are erased'
gone 'a factory reset was ordered'
has_not "$(variables)" RESET
# Where it can't be taken back, all would be erased at each start.
new_data; grub-editenv "$env" set RESET=1
fake grub-editenv <<<'[ "$2" = list ] && exec /usr/bin/grub-editenv "$@"'
said=$(stage 'open_data || echo "not: $why"')
rm "$scratch/bin/grub-editenv"
has "$said" "not: the boot loader's variables can't be written"; has_not "$said" mounted

# --- mended without a question
cp "$scratch/good" "$env"
new_data; lose 0; has "$(stage open_data)" mounted; kept 'the superblock was lost'
# --- and with one: the first copy is gone, too
new_data; lose 0 32768
said=$(stage 'open_data || echo "not: $why"'); has "$said" 'not: the data partition is broken'; has_not "$said" mounted
cp "$data" "$scratch/broken"

# --- tries
tries() { stage keep_tries; grub-editenv "$env" list | sed -n 's/^A_TRY=//p'; }
grub-editenv "$env" set A_TRY=2 A_OK=1 A_GOOD=1.0.0
equal "$(tries)" 0 'a version that was good'
grub-editenv "$env" set A_TRY=2 A_GOOD=0.9.0; equal "$(tries)" 2 'a version on trial'
grub-editenv "$env" set A_TRY=2 A_OK=0 A_GOOD=1.0.0; equal "$(tries)" 2 'a slot that is bad'
grub-editenv "$env" set A_TRY=2 A_OK=1

# --- versions
grub-editenv "$env" set A_GOOD=1.0.0 B_GOOD='2.0.0 or so'
equal "$(stage good_versions)" A_GOOD=1.0.0 'the version of a slot, and nothing that is none'
grub-editenv "$env" unset B_GOOD

# --- the menu, on a screen and a serial line
# terminal NAME: a terminal whose keys are written to descriptor $key, and what it shows to NAME.shows
terminal() {
    mkfifo "$scratch/$1.keys"
    script -qfc "tty >$scratch/$1.tty; read -r _ <$scratch/$1.end" /dev/null <"$scratch/$1.keys" >"$scratch/$1.shows" 2>&1 &
    begun+=($!)
    exec {key}>"$scratch/$1.keys"
    until_true test -s "$scratch/$1.tty"
}
mkfifo "$scratch/screen.end" "$scratch/serial.end"
terminal screen; screen=$key
terminal serial; serial=$key
consoles="$(<"$scratch/screen.tty") $(<"$scratch/serial.tty")"
# seen NAME TEXT: it stands there since the last forget.
seen() { grep -q -F "$2" "$scratch/$1.shows"; }
begin() {
    local name
    for name in screen serial; do : >"$scratch/$name.shows"; done
    rm -f "$scratch/ended"
    { stage 'open_data || rescue; echo "on with $(cat "$run/typed" 2>&1 | wc -l) line"' >"$scratch/out" 2>&1; echo $? >"$scratch/ended"; } &
    begun+=($!)
    for name in screen serial; do until_true seen $name 'Number and Enter'; done
}
ends() { until_true test -s "$scratch/ended"; equal "$(<"$scratch/ended")" "$1" "$(<"$scratch/out")"; }
asked() { local name; for name in screen serial; do until_true seen $name "$1"; done; }
# As often as it was shown.
menus() { local name; for name in screen serial; do until_true eval "[ \$(grep -c 'Number and Enter' '$scratch/$name.shows') = $1 ]"; done; }
again() { cp "$scratch/broken" "$data"; cp "$scratch/good" "$env"; }

again; begin
has "$(<"$scratch/serial.shows")" 'Azekura 1.0.0    slot A    RESCUE' 'the data partition is broken'
# From either, and what is no number changes nothing.
printf 'x\r' >&"$screen"; menus 2
printf '3\r' >&"$serial"; asked 'Enter goes back'
printf '\r' >&"$screen"; menus 3
printf '2\r' >&"$serial"; asked 'block 98304'; asked 'the data partition is there'
ends 0; has "$(<"$scratch/out")" mounted
kept 'mended from another copy'

[ "$(wc -l <"$run/looked")" = 3 ] || fail 'a keyboard that shows itself late is not looked for'

# A console that can't be written to is passed over: the menu is on the others.
again; rm -f "$run/looked"
: >"$scratch/screen.shows"
rm -f "$scratch/ended"
{ consoles="$(<"$scratch/screen.tty") /dev/full" stage 'open_data || rescue' >"$scratch/out" 2>&1; echo $? >"$scratch/ended"; } &
begun+=($!)
until_true seen screen 'Number and Enter'
printf '5\r' >&"$screen"; ends 7

# Tried again, when the cable is in.
again; begin
cp "$scratch/broken" "$scratch/away"; new_data
printf '1\r' >&"$serial"; ends 0; kept 'it was there again'

# Erased by these words alone.
again; begin
printf '4\r' >&"$serial"; asked 'Type ERASE EVERYTHING'
printf 'yes\r' >&"$serial"; menus 2
cmp -s "$data" "$scratch/broken" || fail "erased without the words"
printf '4\r' >&"$screen"; until_true eval "[ \$(grep -c 'Type ERASE EVERYTHING' '$scratch/screen.shows') = 2 ]"
printf 'ERASE EVERYTHING\r' >&"$screen"; ends 0
has "$(<"$scratch/out")" mounted; has "$(variables)" DATA=made; has_not "$(variables)" RESET
e2fsck -fn "$data" >/dev/null 2>&1 || fail "what was made anew is not sound"

again; begin; printf '5\r' >&"$serial"; ends 7
again; begin; printf '6\r' >&"$screen"; ends 8
# Nobody is there.
again; grub-editenv "$env" set A_OK=1 A_TRY=1 A_GOOD=1.0.0
patience=2; begin; ends 7
asked 'nobody answers'; kept_broken=$(cmp "$data" "$scratch/broken" 2>&1); equal "$kept_broken" ''
has "$(variables)" A_TRY=0
finish

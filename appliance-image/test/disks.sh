#!/bin/bash
# Data disks: which may be taken, what is ordered for each kind of set, that nothing of what fails stays, and what is told of sets. Disks are files, whose
# signatures are real; arrays, volumes and mounts are tried in a machine (DiskSetsIT).
. "$(dirname -- "$0")/common.sh"

export AZEKURA_RUN=$scratch/run AZEKURA_DISKS_RUN=$scratch/orders AZEKURA_SYSTEM_STATE=$scratch/state AZEKURA_DEV=$scratch/dev AZEKURA_SYS=$scratch/sys AZEKURA_SRV=$scratch/srv
AZEKURA_USER=$(id -un)
export AZEKURA_USER
disks=$lib/disks
mkdir -p "$AZEKURA_RUN/disk" "$AZEKURA_DISKS_RUN" "$AZEKURA_DEV" "$AZEKURA_SYS/block/md127/md" "$AZEKURA_SRV/old"
ln -s /dev/sda "$AZEKURA_RUN/disk/whole"
for disk in sda sdb sdc sdd sde sdf; do truncate -s 4M "$AZEKURA_DEV/$disk"; done

# Nothing but what is said of it: disk NAME SERIAL MORE, where MORE may say otherwise.
disk() { printf '{"name":"%s","type":"disk","size":4000000000000,"model":"M %s ","serial":"%s","ro":false,"fstype":null,"pttype":null,"uuid":null,"mountpoints":[null]%s}' "$1" "$1" "$2" "${3:+,$3}"; }
part() { printf '"children":[{"name":"%s1","type":"part","size":1,"model":null,"serial":null,"ro":false,"fstype":"%s","pttype":null,"uuid":null,"mountpoints":[%s]}]' "$1" "$2" "$3"; }
# What lsblk says of a set on an array and on a disk alone.
volume() { printf '"children":[{"name":"azekura_%s-data","type":"lvm","size":900,"model":null,"serial":null,"ro":false,"fstype":"ext4","pttype":null,"uuid":"%s","mountpoints":[%s]}]' "$1" "$2" "$3"; }
array() { printf '"fstype":"linux_raid_member","children":[{"name":"md127","type":"raid1","size":1000,"model":null,"serial":null,"ro":false,"fstype":"LVM2_member","pttype":null,"uuid":null,"mountpoints":[null],%s}]' "$1"; }
tells() { local IFS=,; printf '{"blockdevices":[%s]}' "$*" >"$scratch/lsblk"; }
old=11111111-2222-3333-4444-555555555555
always=("$(disk sda S0 "$(part sda ext4 null)")" "$(disk sdb S1)" "$(disk sdc S2)" "$(disk sdd S3)" "$(disk sde S1-twin)" "$(disk sdf '')" '{"name":"sr0","type":"rom","size":1,"ro":false,"mountpoints":[null]}')
tells "${always[@]}" "$(disk sdm S4 "$(part sdm ext4 '"/mnt"')")" "$(disk sdr S5 '"ro":true')" "$(disk sds S6 '"size":1000')" "$(disk sdg S7 '"pttype":"gpt",'"$(part sdg ntfs null)")" \
    "$(disk sdh S8 "$(array "$(volume old $old null)")")" "$(disk sdi S9 '"fstype":"LVM2_member","children":[{"name":"vg-x","type":"lvm","size":1,"fstype":null,"mountpoints":[null]}]')" \
    "$(disk sdx S1)" "$(disk sdw S10 '"mountpoints":["[SWAP]"]')"
fake lsblk <<<'cat "'"$scratch"'/lsblk"'
for program in mdadm lvm mke2fs; do fake $program <<<'echo "'$program' $*" >>"'"$scratch"'/ordered"; if [ -e "'"$scratch"'/broken-'$program'" ] && [[ $* =~ $(cat "'"$scratch"'/broken-'$program'") ]]; then exit 1; fi; [ ! -e "'"$scratch"'/power" ] || . "'"$scratch"'/power"'; done
# A set is whole once it is mounted.
fake udevadm <<<':'
# What md and lvm mark a disk with. mark DISK array|volume UUID
mark() {
    perl -e 'my ($file, $kind, $uuid) = @ARGV; $uuid =~ tr/-//d;
        my ($at, $mark) = (4096, pack("L<4 H32 x112 Q<", 0xa92b4efc, 1, 0, 0, $uuid, 8));
        if ($kind eq "volume") {
            my ($rest, $sum) = (pack("L<", 32) . "LVM2 001" . $uuid, 0xf597a6cf);
            $rest .= "\0" x (492 - length $rest);
            for (unpack "C*", $rest) { $sum ^= $_; $sum = $sum & 1 ? $sum >> 1 ^ 0xedb88320 : $sum >> 1 for 1 .. 8 }
            ($at, $mark) = (512, pack("A8 Q< L<", "LABELONE", 1, $sum) . $rest);
        }
        open my $disk, "+<", $file or die; seek $disk, $at, 0; print $disk $mark or die' "$AZEKURA_DEV/$1" "$2" "$3"
}
fake systemctl <<<'echo "systemctl $*" >>"'"$scratch"'/ordered"
[ ! -e "'"$scratch"'/power" ] || . "'"$scratch"'/power"
case "$*" in
    "start azekura-disks.service") exec "'"$disks"'" work >/dev/null 2>&1 ;;
    "start srv-"*) [ ! -e "'"$scratch"'/broken-mount" ] ;;
esac'
: >"$scratch/ordered"

# --- what is there
shown=$("$disks" show)
equal "$(grep -c '^disk' <<<"$shown")" 14
has "$shown" $'disk\tsdb\tS1\tM sdb\t4000000000000\t\t\n' $'disk\tsda\tS0\tM sda\t4000000000000\text4\tthe running system is on it' $'gpt, ntfs\t\n' \
    $'set\told\tfound\tmirror\t900\tsdh\t0\t'"$AZEKURA_SRV/old"

# --- what is refused: nothing is ordered, and nothing written
before=$(sha256sum "$AZEKURA_DEV"/*)
refused() {
    local said why=$1
    shift
    : >"$scratch/ordered"
    said=$("$disks" order "$@" 2>&1) && fail "taken: $*"
    has "$said" "$why"
    equal "$(grep -v '^systemctl start azekura-disks.service$' "$scratch/ordered")" '' "$*"
}
refused 'sda can'\''t be taken: the running system is on it' make pool1 mirror sda sdb
refused 'the running system is on it' make pool1 mirror 'sda!' sdb
refused 'S4 can'\''t be taken: it is mounted' make pool1 mirror S4! sdb
refused 'sdw can'\''t be taken: it is mounted' make pool1 single 'sdw!'
refused 'it is read-only' make pool1 single sdr
refused 'it is too small; 1024 MiB are needed' make pool1 single sds
refused 'it is in the disk set old' make pool1 single 'sdh!'
refused 'it is part of vg-x' make pool1 single 'sdi!'
refused 'sdg is not empty (gpt, ntfs); it is erased only if that is said' make pool1 single sdg
refused 'there is no disk sdz' make pool1 single sdz
refused 'there is no disk sr0' make pool1 single sr0
refused 'S1 is more than one disk; use its name' make pool1 single S1
refused 'sdb is named twice' make pool1 mirror sdb sdb
refused 'S2 is named twice' make pool1 mirror sdc S2
for name in Pool pool-1 1pool ../etc 'a;reboot' '$(reboot)' aaaaaaaaaaaaaaaa '-f'; do refused 'a disk set has a name of' make "$name" single sdb; done
for word in '-f' '../sda' '/dev/sdb' 'sdb;reboot' '$(reboot)' '*' 'sdb!!'; do refused 'a disk has a name like sdb' make pool1 single "$word"; done
refused 'a set without protection is one disk' make pool1 single sdb sdc
refused 'a mirror needs two to four disks' make pool1 mirror sdb
refused 'raid6 needs four disks' make pool1 raid6 sdb sdc sdd
refused 'raid10 needs four disks or more, in pairs' make pool1 raid10 sdb sdc sdd sde sdf
refused 'a disk set is single' make pool1 raid5 sdb sdc sdd
refused 'a disk set is single' make pool1
refused 'there is a disk set old already' make old single sdb
refused 'no such order' shell
refused 'there is no disk set none' attach none
refused 'one disk set is named' attach old old
# What udev doesn't know yet is on the disk itself.
/usr/sbin/mke2fs -q -F -t ext4 -O ^has_journal "$AZEKURA_DEV/sdf"
refused 'sdf is not empty (ext4)' make pool1 single sdf
rm "$AZEKURA_RUN/disk/whole"
refused 'which disk the system runs from is not known' make pool1 single sdb
ln -s /dev/sda "$AZEKURA_RUN/disk/whole"
equal "$(sha256sum "$AZEKURA_DEV"/sd[a-e])" "$(head -n 5 <<<"$before")" 'a disk was written'

# --- what is ordered
ordered() { grep -v '^systemctl start azekura-disks.service$' "$scratch/ordered" | sed "s:$AZEKURA_DEV/::g; s/ --config backup { backup = 0 archive = 0 }//; s/-U [0-9a-f-]*/-U ID/; s/--uuid[= ][0-9a-f-]*/--uuid ID/; s/root_owner=[0-9:]*/root_owner=OWNER/"; }
: >"$scratch/ordered"
"$disks" order make pool1 mirror S2 'sdf!' || fail "no mirror"
equal "$(ordered)" 'mdadm --create md/azekura_pool1 --quiet --run --metadata=1.2 --homehost=any --name=azekura_pool1 --uuid ID --level=1 --raid-devices=2 --bitmap=internal sdc sdf
lvm pvcreate -y -ff --norestorefile --uuid ID md/azekura_pool1
lvm vgcreate azekura_pool1 md/azekura_pool1
lvm lvcreate -y -W y -l 100%FREE -n data azekura_pool1
mke2fs -q -F -t ext4 -L pool1 -U ID -m 0 -i 262144 -O metadata_csum,64bit -E root_owner=OWNER azekura_pool1/data
systemctl daemon-reload
systemctl start srv-pool1.mount'
equal "$(wipefs --noheadings "$AZEKURA_DEV/sdf")" '' 'it was to be erased'
[[ $(cat "$AZEKURA_SYSTEM_STATE/disks/pool1") =~ ^[0-9a-f-]{36}\ mirror\ 2$ ]] || fail "kept: $(cat "$AZEKURA_SYSTEM_STATE/disks/pool1")"
: >"$scratch/ordered"
"$disks" order make pool2 single sdb || fail "no single"
has "$(ordered)" $'lvm pvcreate -y -ff --norestorefile --uuid ID sdb\nlvm vgcreate azekura_pool2 sdb'
has_not "$(ordered)" mdadm
"$disks" order make pool3 raid10 sdb sdc sdd sde || fail "no raid10"
has "$(ordered)" "--level=raid10 --raid-devices=4"
refused 'there is a disk set pool1 already' make pool1 single sdd

# --- what fails: nothing of it stays
fails() {
    local said
    : >"$scratch/ordered"
    said=$("$disks" order make pool9 mirror sdd sde 2>&1) && fail "made: $1"
    equal "$said" "failed: $1"
    has "$(ordered)" 'lvm vgremove --devices=sdd --devices=sde -y -ff azekura_pool9' 'mdadm --zero-superblock sdd sde'
    [ ! -e "$AZEKURA_SYSTEM_STATE/making" ] || fail "noted: $1"
    [ ! -e "$AZEKURA_SYSTEM_STATE/disks/pool9" ] || fail "kept: $1"
    equal "$(tail -n 1 "$AZEKURA_DISKS_RUN/answer")" "failed: $1"
}
echo create >"$scratch/broken-mdadm"; fails "the array can't be made; the log says why"; rm "$scratch/broken-mdadm"
for step in pvcreate vgcreate lvcreate; do echo $step >"$scratch/broken-lvm"; fails "the volume can't be made; the log says why"; done; rm "$scratch/broken-lvm"
echo . >"$scratch/broken-mke2fs"; fails "the file system can't be made; the log says why"; rm "$scratch/broken-mke2fs"
touch "$scratch/broken-mount"; fails "the disk set can't be mounted; the log says why"

# --- one of an earlier appliance
: >"$scratch/ordered"
said=$("$disks" order attach old 2>&1) && fail "attached without a mount"
equal "$said" "failed: the disk set can't be mounted; the log says why"
[ ! -e "$AZEKURA_SYSTEM_STATE/disks/old" ] || fail "kept though it can't be mounted"
rm "$scratch/broken-mount"
printf '1\n' >"$AZEKURA_SYS/block/md127/md/degraded"
: >"$scratch/ordered"
"$disks" order attach old || fail "not attached"
equal "$(ordered)" $'systemctl daemon-reload\nsystemctl start srv-old.mount'
equal "$(cat "$AZEKURA_SYSTEM_STATE/disks/old")" "$old mirror 2" 'with the disk that is not there'
refused 'there is a disk set old already' attach old

# --- the power goes while one is made. Disks have other names after that, and another array has the name that theirs had
rm -f "$AZEKURA_SYSTEM_STATE/disks"/* && mkdir "$AZEKURA_DEV/mapper"
export -f mark
# power_goes STEP ORDER…: the power goes behind this step, which has marked the disks.
power_goes() {
    local disk
    cat >"$scratch/power" <<'E2'
said="${0##*/} $*"
uuid=$(grep -o -E -- '--uuid[= ][0-9a-f-]+' <<<"$said" | cut -c 8-)
for word; do
    case "$said" in "mdadm --create"*) [[ $word != */sd? ]] || mark "${word##*/}" array "$uuid" ;; "lvm pvcreate"*) [[ $word != */sd? ]] || mark "${word##*/}" volume "$uuid" ;; esac
done
E2
    printf '[[ $said != *"%s"* ]] || kill -9 "$PPID"\n' "$1" >>"$scratch/power"
    for disk in sdb sdc sdd sde sdf; do wipefs --quiet --all "$AZEKURA_DEV/$disk"; done
    tells "${always[@]}"
    ! "$disks" order "${@:2}" >/dev/null 2>&1 || fail "the power did not go: $1"
    rm "$scratch/power"
    rm -f "$AZEKURA_DISKS_RUN/request"
    : >"$scratch/ordered"
}
on() { wipefs --noheadings --output TYPE "$AZEKURA_DEV/$1"; }
# Nobody has ordered anything: so it is at a start.
start() { : >"$scratch/ordered"; "$disks" work >/dev/null 2>&1 || fail "the start"; }
untouched() { has_not "$(cat "$scratch/ordered")" mdadm; has_not "$(cat "$scratch/ordered")" vgremove; }
note=$AZEKURA_SYSTEM_STATE/making

power_goes 'mdadm --create' make pool7 mirror sdd sde
grep -q -x -P 'pool7\t[0-9a-f-]{36}\tS3\tS1-twin' "$note" || fail "noted: $(cat "$note")"
equal "$(on sdd) $(on sde)" 'linux_raid_member linux_raid_member'
mv "$AZEKURA_DEV/sde" "$AZEKURA_DEV/sdg"
mv "$AZEKURA_DEV/sdd" "$AZEKURA_DEV/sde"
truncate -s 4M "$AZEKURA_DEV/sdd"
mark sdd array 11111111-2222-3333-4444-555555555555
mkdir -p "$AZEKURA_SYS"/block/{sdd,sde,sdg}/holders
touch "$AZEKURA_SYS/block/sdd/holders/md127" "$AZEKURA_SYS/block/sde/holders/md126" "$AZEKURA_SYS/block/sdg/holders/md126"
same=$(sha256sum "$AZEKURA_DEV"/sd[abcdf])
now=("${always[@]:0:3}" "$(disk sdd NEW)" "$(disk sde S3)" "$(disk sdg S1-twin)")
# Not all of them are there.
tells "${now[@]:0:5}"
start
untouched
equal "$(on sde) $(on sdg)" 'linux_raid_member linux_raid_member'
[ -e "$note" ] || fail 'a note was lost, and not all disks were there'
tells "${now[@]}"
start
has "$(ordered)" $'lvm vgchange --devices=md126 -an azekura_pool7\nlvm vgremove --devices=md126 -y -ff azekura_pool7\nmdadm --stop md126\nmdadm --zero-superblock sde sdg'
has_not "$(ordered)" md127
equal "$(on sde)$(on sdg)" ''
equal "$(sha256sum "$AZEKURA_DEV"/sd[abcdf])" "$same" 'another disk was written'
[ ! -e "$note" ] || fail 'the note stays'
rm -r "$AZEKURA_SYS"/block/sd*
mv "$AZEKURA_DEV/sdg" "$AZEKURA_DEV/sdd"

# A volume on a disk alone; the next order finds the disk free, and may have the same name.
power_goes 'lvm lvcreate' make pool7 single sdb
equal "$(on sdb)" LVM2_member
said=$("$disks" order attach none 2>&1) && fail 'attached'
equal "$said" 'there is no disk set none'
equal "$(on sdb)" ''
power_goes 'lvm lvcreate' make pool7 single sdb
"$disks" order make pool7 single sdb 2>/dev/null || fail 'not made again'
[ ! -e "$note" ] || fail 'the note stays'
rm "$AZEKURA_SYSTEM_STATE/disks/pool7"

# A file system that was never mounted goes; one that was is somebody's.
power_goes mke2fs make pool7 single sdb
tells "${always[@]:0:1}" "$(disk sdb S1 "$(volume pool7 $old null)")"
fake dumpe2fs <<<'[ "$*" = "-h $AZEKURA_DEV/mapper/azekura_pool7-data" ] && echo "Last mount time:          Sat Nov 28 13:00:00 2026"'
start
untouched
equal "$(on sdb)" LVM2_member
[ ! -e "$note" ] || fail 'the note of what is in use stays'
power_goes mke2fs make pool7 single sdb
tells "${always[@]:0:1}" "$(disk sdb S1 "$(volume pool7 $old '"/mnt"')")"
fake dumpe2fs <<<'echo "Last mount time:          n/a"'
start
untouched
tells "${always[@]:0:1}" "$(disk sdb S1 "$(volume pool7 $old null)")"
start
equal "$(on sdb)" ''

# Its line was written: it is whole.
power_goes 'systemctl start srv-' make pool7 single sdb
start
untouched
equal "$(on sdb)" LVM2_member
[ ! -e "$note" ] && [ -e "$AZEKURA_SYSTEM_STATE/disks/pool7" ] || fail 'one that is whole was undone'
# Another one of that name is neither unmounted nor forgotten.
cp "$AZEKURA_SYSTEM_STATE/disks/pool7" "$scratch/pool7"
rm "$AZEKURA_SYSTEM_STATE/disks/pool7"
power_goes 'lvm lvcreate' make pool7 single sdb
cp "$scratch/pool7" "$AZEKURA_SYSTEM_STATE/disks/pool7"
start
has_not "$(ordered)" srv-pool7
equal "$(on sdb)" ''
cmp -s "$scratch/pool7" "$AZEKURA_SYSTEM_STATE/disks/pool7" || fail 'the set of that name was forgotten'
rm "$AZEKURA_SYSTEM_STATE/disks/pool7"

# Somebody has put something else on the disk meanwhile.
power_goes 'lvm pvcreate' make pool7 single sdb
/usr/sbin/mke2fs -q -F -t ext4 -O ^has_journal "$scratch/other" 4M >/dev/null 2>&1
dd if="$scratch/other" of="$AZEKURA_DEV/sdb" bs=1024 skip=1 seek=1 count=1 conv=notrunc status=none
same=$(sha256sum "$AZEKURA_DEV/sdb")
start
untouched
equal "$(sha256sum "$AZEKURA_DEV/sdb")" "$same" 'what somebody put there was written'
[ ! -e "$note" ] || fail 'the note stays'
# Of two notes each is judged alone.
printf 'pool8\t%s\tAWAY\npool7\t%s\tS2\n' 11111111-2222-3333-4444-555555555556 $old >"$note"
mark sdc array $old
start
equal "$(on sdc)" ''
equal "$(cat "$note")" $'pool8\t11111111-2222-3333-4444-555555555556\tAWAY'
power_goes 'mdadm --create' make pool8 mirror sdd sde
equal "$(wc -l <"$note")" 2
"$disks" order make pool8 mirror sdd sde || fail 'disks of another note are awaited'
equal "$(wc -l <"$note")" 1
rm "$AZEKURA_SYSTEM_STATE/disks/pool8" "$note"
# What is no note undoes nothing.
before=$(sha256sum "$AZEKURA_DEV"/sd[a-f])
for line in '' pool7 $'pool7\t' $'pool7\tx' $'../x\t11111111-2222-3333-4444-555555555555'; do
    printf '%s\n' "$line" >"$note"
    start
    untouched
    [ ! -e "$note" ] || fail "the note stays: $line"
done
equal "$(sha256sum "$AZEKURA_DEV"/sd[a-f])" "$before" 'a disk was written'
# A set without a file system can't be attached, and is not shown as if it could; no other takes its place.
tells "${always[@]}" "$(disk sdh S8 "$(array "$(volume old '' null)")")"
has_not "$("$disks" show)" $'set\told'
refused 'there is no disk set old' attach old
refused 'there is a disk set old already' make old single sdc
equal "$(grep -c . "$AZEKURA_DISKS_RUN/sets")" 0

tells "${always[@]}" "$(disk sdh S8 "$(array "$(volume old $old null)")")"
printf '%s mirror 2\n' $old >"$AZEKURA_SYSTEM_STATE/disks/old"
printf '%s mirror 2\n' 22222222-2222-3333-4444-555555555555 >"$AZEKURA_SYSTEM_STATE/disks/pool1"
for disk in sdb sdc sdd sde sdf; do wipefs --quiet --all "$AZEKURA_DEV/$disk"; done

# --- how they are
printf 'no set\n' >"$AZEKURA_SYSTEM_STATE/disks/torn"
state() { "$disks" look && grep -P "^set\t$1\t" "$AZEKURA_DISKS_RUN/sets" | cut -f 3-7 | tr '\t' ' '; }
equal "$(state old)" 'unmounted mirror 900 sdh 1'
equal "$(state pool1)" 'missing mirror 0  2'
equal "$(state torn)" ''
tells "${always[@]}" "$(disk sdh S8 "$(array "$(volume old $old "\"$AZEKURA_SRV/old\"")")")" "$(disk sdk S8 "$(array "$(volume old $old "\"$AZEKURA_SRV/old\"")")")"
equal "$(state old)" 'degraded mirror 900 sdh,sdk 1'
printf '0\n' >"$AZEKURA_SYS/block/md127/md/degraded"
equal "$(state old)" 'whole mirror 900 sdh,sdk 0'
# Another one with this name is not the one that is known.
tells "${always[@]}" "$(disk sdh S8 '"fstype":"LVM2_member",'"$(volume old 99999999-2222-3333-4444-555555555555 null)")"
equal "$(state old)" $'found single 900 sdh 0\nmissing mirror 0  2'

# --- beside the disks' health, which is kept in the same folder of state
fake smartctl <<E2
case "\$*" in
    *--scan*) echo '{"devices": [{"name": "/dev/sdb", "type": "sat"}]}' ;;
    *) cat '$scratch/health' ;;
esac
E2
health() { jq ".ata_smart_attributes.table += [{\"id\": 187, \"raw\": {\"string\": \"$1\"}}]" "$image/test/smart/sata.json" >"$scratch/health"; AZEKURA_DAY=$2 "$lib/smart" || fail "health of disks"; }
grown() { cut -f 12 "$AZEKURA_RUN/health/disks" | tail -n 1; }
both() {
    rm -f "$AZEKURA_RUN/health/disks"
    health 1 20000
    "$disks" order make pool5 single sdb || fail "no set beside the disks' health"
    health 4 20001
    equal "$(grown)" 3 'growing errors, beside a set'
    has "$("$disks" show)" $'set\tpool5\tmissing\tsingle'
    equal "$("$disks" show | grep -c '^set')" 2
    equal "$(ls "$AZEKURA_SYSTEM_STATE/disks")" pool5
}
before=$AZEKURA_SYSTEM_STATE
tells "${always[@]}" "$(disk sdh S8 "$(array "$(volume old $old null)")")"
export AZEKURA_SYSTEM_STATE=$scratch/both
mkdir "$AZEKURA_SYSTEM_STATE"
both
# What earlier versions have left: the health where the folder has to be, or in it; and a line of which the power was cut.
rm -r "$AZEKURA_SYSTEM_STATE"
mkdir "$AZEKURA_SYSTEM_STATE"
printf '{"SATA77":[{"day":20000,"errors":1}]}\n' | tee "$AZEKURA_SYSTEM_STATE/disks" >"$AZEKURA_SYSTEM_STATE/disks.new"
both
rm -r "$AZEKURA_SYSTEM_STATE"
mkdir -p "$AZEKURA_SYSTEM_STATE/disks"
printf '{"SATA77":[{"day":20000,"errors":1}]}\n' >"$AZEKURA_SYSTEM_STATE/disks/disks.new"
printf '%s mirror 2\n' $old >"$AZEKURA_SYSTEM_STATE/disks/pool6.new"
equal "$("$disks" show | grep -c '^set')" 1 'a line that is not whole was shown as a set'
both
export AZEKURA_SYSTEM_STATE=$before

# --- units of the next start
out=$scratch/units
mkdir "$out"
"$image/root/files/usr/lib/systemd/system-generators/azekura-disks" "$out" "$out" "$out" || fail "no units"
unit=$(cat "$out/srv-old.mount")
has "$unit" "What=/dev/disk/by-uuid/$old" 'Where=/srv/old' 'Options=nofail,'
[ -e "$out/local-fs.target.wants/srv-old.mount" ] || fail "nobody mounts it"
[ -e "$(echo "$out"/dev-disk-by*11111111*.device.wants)/srv-old.mount" ] || fail "one that comes late is not mounted"
equal "$(cat "$out/azekura.service.d/disks-old.conf")" $'[Unit]\nAfter=srv-old.mount'
has "$(cat "$out"/dev-disk-by*11111111*.device.d/disks.conf)" JobRunningTimeoutSec=60
[ ! -e "$out/srv-torn.mount" ] || fail "a unit of what is no set"
finish

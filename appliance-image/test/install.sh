#!/bin/bash
# The installation onto another disk: which disks may be taken, and what is written, onto a file in a disk's place.
. "$(dirname -- "$0")/common.sh"

export AZEKURA_RUN=$scratch/run AZEKURA_PARTITIONS=$scratch/partitions AZEKURA_DEV=$scratch/dev AZEKURA_VARIABLES=$image/boot/variables
install=$lib/install
disk=$AZEKURA_RUN/disk
mkdir -p "$disk" "$AZEKURA_DEV"
ln -s /dev/vda "$disk/whole"
printf 'SLOT=B\n' >"$AZEKURA_RUN/slot"
# The real table with the roots made small.
sed 's/size=1572864/size=20480/; s/^start=1777664/start=225280/; s/^start=1908736/start=356352/' "$image/boot/partitions" >"$AZEKURA_PARTITIONS"

fake udevadm <<<'echo "$*" >>"'"$scratch"'/settled"'
export AZEKURA_OTHERS_PATIENCE=0
fake lsblk <<'F'
[ ! -e "$(dirname "$0")/../others" ] || { cat "$(dirname "$0")/../others"; exit; }
cat <<'J'
{"blockdevices":[
 {"name":"vda","type":"disk","size":64000000000,"model":null,"serial":null,"ro":false,"fstype":null,"mountpoints":[null],"partlabel":null,"children":[{"name":"vda1","type":"part","size":1,"model":null,"serial":null,"ro":false,"fstype":"ext4","mountpoints":[null],"partlabel":"data"}]},
 {"name":"sda","type":"disk","size":64000000000,"model":"QEMU DISK  ","serial":"S1","ro":false,"fstype":null,"mountpoints":[null],"partlabel":null},
 {"name":"sdb","type":"disk","size":1000000000,"model":"small","serial":"S2","ro":false,"fstype":null,"mountpoints":[null],"partlabel":null},
 {"name":"sdc","type":"disk","size":64000000000,"model":"mounted","serial":"S3","ro":false,"fstype":null,"mountpoints":[null],"partlabel":null,"children":[{"name":"sdc1","type":"part","size":1,"model":null,"serial":null,"ro":false,"fstype":"ext4","mountpoints":["/srv"],"partlabel":null}]},
 {"name":"sdd","type":"disk","size":64000000000,"model":"raid","serial":"S4","ro":false,"fstype":"linux_raid_member","mountpoints":[null],"partlabel":null},
 {"name":"sde","type":"disk","size":64000000000,"model":"lvm","serial":"S5","ro":false,"fstype":null,"mountpoints":[null],"partlabel":null,"children":[{"name":"sde1","type":"part","size":1,"model":null,"serial":null,"ro":false,"fstype":"LVM2_member","mountpoints":[null],"partlabel":null}]},
 {"name":"sdf","type":"disk","size":64000000000,"model":"locked","serial":"S6","ro":true,"fstype":null,"mountpoints":[null],"partlabel":null},
 {"name":"sdg","type":"disk","size":64000000000,"model":"other","serial":"S7","ro":false,"fstype":null,"mountpoints":[null],"partlabel":null,"children":[{"name":"sdg3","type":"part","size":1,"model":null,"serial":null,"ro":false,"fstype":null,"mountpoints":[null],"partlabel":"rootfs_A"},{"name":"sdg7","type":"part","size":1,"model":null,"serial":null,"ro":false,"fstype":null,"mountpoints":[null],"partlabel":"data"}]},
 {"name":"sdh","type":"disk","size":64000000000,"model":"4Kn","serial":"S8","ro":false,"fstype":null,"mountpoints":[null],"partlabel":null,"log-sec":4096},
 {"name":"sr0","type":"rom","size":1000,"model":"DVD","serial":"","ro":false,"fstype":null,"mountpoints":[null],"partlabel":null}]}
J
F

listed=$("$install" list)
equal "$(wc -l <<<"$listed")" 2
has "$listed" 'sda  64 GB  QEMU DISK  serial S1' 'sdg  64 GB  other  serial S7  (an appliance is on it)'
refused() {
    local said
    said=$("$install" write "$1" 2>&1) && fail "$1 was taken"
    has "$said" "$2"
}
refused vda 'the running system is on it'
refused sdb 'it is too small; 4 GiB are needed'
refused sdc 'it is in use'
refused sdd 'it belongs to a RAID'
refused sde 'it belongs to a RAID'
refused sdf 'it is read-only'
refused sdh 'it has sectors of 4096 bytes; 512 are needed'
refused sr0 'there is no disk sr0'
refused ../sda 'no disk has such a name'
refused '' 'no disk has such a name'
refused 'sda sdg' 'no disk has such a name'
# Nobody looks: the only one that is free, and never one that has an appliance's data.
has "$("$install" auto sdg 2>&1)" 'no disk sdg can be taken'
has "$("$install" auto S9 2>&1)" 'no disk S9 can be taken'
[ -s "$scratch/settled" ] || fail "a disk was judged before udev knew it"
# udev has told of the disk, and not yet of what lies on it.
printf '{"blockdevices":[{"name":"sdg","type":"disk","size":64000000000,"model":"other","serial":"S7","ro":false,"fstype":null,"mountpoints":[null]}]}' >"$scratch/others"
truncate -s 64M "$AZEKURA_DEV/sdg"
printf 'label: gpt\nsize=10M,name=rootfs_A\nname=data\n' | sfdisk --quiet "$AZEKURA_DEV/sdg"
before=$(sha256sum <"$AZEKURA_DEV/sdg")
for wish in auto S7; do has "$("$install" auto $wish 2>&1)" "no disk $wish can be taken: an appliance is on sdg"; done
equal "$(sha256sum <"$AZEKURA_DEV/sdg")" "$before"
rm "$AZEKURA_DEV/sdg"
# The only one, until another shows itself.
fake sleep <<<'printf "{\"blockdevices\":[%s,%s]}" "$(disk sda)" "$(disk sdb)" >"'"$scratch"'/others"'
disk() { printf '{"name":"%s","type":"disk","size":64000000000,"model":"m","serial":"%s","ro":false,"fstype":null,"mountpoints":[null]}' "$1" "$1"; }
export -f disk
printf '{"blockdevices":[%s]}' "$(disk sda)" >"$scratch/others"
has "$("$install" auto auto 2>&1)" 'another disk has shown itself'
has "$("$install" auto auto 2>&1)" '2 disks could be taken; the set-up file has to name one'
rm "$scratch/bin/sleep" "$scratch/others"

# --- what is written
truncate -s 34M "$disk/esp"
mformat -i "$disk/esp" -F ::
printf 'the boot loader' | mcopy -i "$disk/esp" - ::loader
printf '{"hostname":"b1","install":"auto","erase":true}' | mcopy -i "$disk/esp" - ::azekura-setup.json
truncate -s 1M "$disk/env_fs"
mformat -i "$disk/env_fs" -c 8 -R 16 ::
{ printf '# GRUB Environment Block\nORDER=B A\nRESET=1\nDATA=made\n'; printf '#%.0s' $(seq 4048); } | head -c 4096 | mcopy -i "$disk/env_fs" - ::grubenv
head -c 67108864 /dev/urandom >"$disk/kernel_B"
head -c 10485760 /dev/urandom >"$disk/rootfs_B"
truncate -s 5G "$AZEKURA_DEV/sda"
# An old table, and an old system in what will be the data.
printf 'label: gpt\nsize=100M,name=old\n' | sfdisk --quiet "$AZEKURA_DEV/sda"

said=$("$install" auto auto) || fail "could not be written: $said"
has "$said" 'onto sda: QEMU DISK S1, 64 GB' 'written and read back'
target=$AZEKURA_DEV/sda
part() { sed -n "s/^start=\([0-9]*\), *size=\([0-9]*\),.*name=$1,.*/\1 \2/p" "$AZEKURA_PARTITIONS" | { read -r begin length; dd if="$target" bs=1M iflag=skip_bytes,count_bytes skip=$((begin * 512)) count=$((length * 512)) status=none; }; }
part kernel_A | cmp - "$disk/kernel_B" || fail "the kernel is another one"
part rootfs_A | cmp - "$disk/rootfs_B" || fail "the root is another one"
part esp >"$scratch/esp"
equal "$(mtype -i "$scratch/esp" ::loader)" 'the boot loader'
equal "$(mtype -i "$scratch/esp" ::azekura-setup.json | jq -c .)" '{"hostname":"b1"}' 'what was ordered for this start'
part env_fs >"$scratch/env"
equal "$(mtype -i "$scratch/env" ::grubenv | head -c 1024 | sed -n 's/=.*//p' | tr '\n' ' ')" 'ORDER A_OK A_TRY B_OK B_TRY DATA '
dump=$(sfdisk --dump "$target")
equal "$(sed -n 's/.*name="\(.*\)".*/\1/p' <<<"$dump" | paste -sd ' ')" 'esp env_fs kernel_A rootfs_A kernel_B rootfs_B'
has_not "${dump,,}" 0a2e0a00
sfdisk --verify "$target" >/dev/null 2>&1 || fail "the table is not sound"

# Written again: other ids.
first=$dump
"$install" copy "$target" >/dev/null || fail "not a second time"
[ "$(sfdisk --dump "$target" | grep label-id)" != "$(grep label-id <<<"$first")" ] || fail "the same ids"

# Torn: no table is there before all the rest.
mv "$disk/rootfs_B" "$disk/away"
"$install" copy "$target" >/dev/null 2>&1 && fail "written without a root"
sfdisk --dump "$target" >/dev/null 2>&1 && fail "a half written disk has a table"
# A disk that keeps something else is found out.
mv "$disk/away" "$disk/rootfs_B"
fake dd <<<'/bin/dd "$@" || exit; for word; do case $word in of=*sda) printf x | /bin/dd of="${word#of=}" bs=1 seek=$((73728 * 512 + 5)) conv=notrunc status=none ;; esac; done'
said=$("$install" copy "$target" 2>&1) && fail "a broken disk was not found out"
has "$said" 'kernel_A reads back as something else'
finish

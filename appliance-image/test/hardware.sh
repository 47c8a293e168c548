#!/bin/bash
# Whether the build notices what hardware would lack: the kernel's modules are played, of all that must be there; those who read them are real.
. "$(dirname -- "$0")/common.sh"

target=$scratch/target release=6.1.0-0-test
modules=$target/kernel/package/lib/modules/$release/kernel
words() { sed -n 's/^\([^#[:space:]][^[:space:]]*\).*/\1/p' "$1"; }
# module FILE FIELD=VALUE…: one that says this of itself
module() {
    local file=$1
    shift
    printf '%s\0' license=GPL "$@" >"$scratch/info"
    objcopy --remove-section .modinfo --add-section .modinfo="$scratch/info" "$scratch/empty.o" "$file" || fail "no module could be made"
}
printf '' | as -o "$scratch/empty.o" - || fail "no object could be made"
mkdir -p "$modules"
printf '%s\n' "$release" >"$target/kernel/release"
: >"$modules/../modules.order"
: >"$modules/../modules.builtin"
: >"$modules/../modules.builtin.modinfo"
module "$scratch/plain.ko" depends=
while read -r name; do
    mkdir -p "$modules/$(dirname "$name")"
    cp "$scratch/plain.ko" "$modules/$name.ko"
done < <(words "$image/root/modules-needed.txt")
made() { depmod -b "$target/kernel/package" "$release" && "$image/make/hardware" "$target" 2>&1; }

# Whatever disk the root can see the installation offers, so the first stage finds it, too.
disks_of() { sed -n "/^# $1/,/^#/p" "$image/root/modules-needed.txt" >"$scratch/section"; words "$scratch/section" | sed 's:.*/::; y/-/_/' | sort; }
needed=$({ disks_of 'SAS, SATA'; printf 'nvme\nsd_mod\nuas\nusb_storage\n'; } | grep -vx -e ses -e enclosure)
equal "$(comm -23 <(sort <<<"$needed") <(words "$image/initramfs/modules.txt" | tr - _ | sort) | paste -sd ' ')" '' 'not in initramfs/modules.txt'

equal "$(made)" ''
[ ! -e "$target/firmware" ] || fail 'nobody asked for firmware'

# One is not there; another would not start without what was left out.
rm "$modules/drivers/scsi/mpt3sas/mpt3sas.ko"
module "$modules/drivers/net/ethernet/sfc/sfc.ko" depends=mtd
equal "$(made)" "image: the kernel $release, as far as the root has it, is without: mpt3sas mtd(for sfc)"
! made >/dev/null || fail 'the build went on'
module "$modules/drivers/net/ethernet/sfc/sfc.ko" depends=
module "$modules/drivers/scsi/mpt3sas/mpt3sas.ko" depends=

# Firmware: what a module names, and what a link leads to; nothing else.
package() {
    local folder=$scratch/$1
    mkdir -p "$folder/DEBIAN" "$folder/lib/firmware/ice/ddp" "$folder/usr/share/doc/$1"
    printf 'Package: %s\nVersion: 1\nArchitecture: all\nMaintainer: Nobody <nobody@example.org>\nDescription: x\n' "$1" >"$folder/DEBIAN/control"
    printf 'as you like\n' >"$folder/usr/share/doc/$1/copyright"
    : >"$folder/usr/share/doc/$1/changelog"
    : >"$folder/lib/firmware/ql2500.bin"
    : >"$folder/lib/firmware/radio.bin"
    : >"$folder/lib/firmware/ice/ddp/ice-1.pkg"
    ln -s ice-1.pkg "$folder/lib/firmware/ice/ddp/ice.pkg"
    dpkg-deb --root-owner-group -b "$folder" "$scratch/packages/$1.deb" >/dev/null
}
mkdir "$scratch/packages"
package firmware-test
module "$modules/drivers/scsi/qla2xxx/qla2xxx.ko" depends= firmware=ql2500.bin firmware=ql9999.bin
module "$modules/drivers/net/ethernet/intel/ice/ice.ko" depends= firmware=ice/ddp/ice.pkg
export AZEKURA_IMAGE_FIRMWARE=nonfree AZEKURA_IMAGE_FIRMWARE_PACKAGES=$scratch/packages
has "$(made)" 'firmware: 2 files'
equal "$(cd "$target/firmware" && find . ! -type d | sort | paste -sd' ')" \
    './usr/lib/firmware/ice/ddp/ice-1.pkg ./usr/lib/firmware/ice/ddp/ice.pkg ./usr/lib/firmware/ql2500.bin ./usr/share/doc/firmware-test/copyright'
equal "$(cat "$target/firmware.packages")" 'firmware-test 1'

# The next build is without.
AZEKURA_IMAGE_FIRMWARE=other
has "$(made)" 'none or nonfree'
unset AZEKURA_IMAGE_FIRMWARE
equal "$(made)$(ls "$target")" kernel
finish

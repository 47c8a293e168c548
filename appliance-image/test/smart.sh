#!/bin/bash
# What disks say of their health, in lines. smart/ has what smartctl 7.3 said of QEMU's disks; what is wrong with one is written into that, in the form
# in which smartctl says it.
. "$(dirname -- "$0")/common.sh"

export AZEKURA_RUN=$scratch/run AZEKURA_SYSTEM_STATE=$scratch/state AZEKURA_DAY=20000
mkdir -p "$AZEKURA_SYSTEM_STATE" "$scratch/said"
said=$image/test/smart
fake smartctl <<E2
case "\$*" in
    *--scan*) cat '$scratch/said/scan' ;;
    *--device=megaraid,*) all=\$* number=\${all##*,}; cat "$scratch/said/raid\${number%% *}" ;;
    *--nocheck=standby*--device=*) for name; do :; done; cat "$scratch/said/\${name#/dev/}"; echo "\$*" >>'$scratch/asked'; exit 4 ;;
esac
E2
# disk NAME DOCUMENT [CHANGE]: this one is there, as jq changes it
disk() { jq "${3:-.}" "$said/$2.json" >"$scratch/said/$1"; }
lines() { "$lib/smart" || fail 'it did not end well'; cat "$AZEKURA_RUN/health/disks"; }
# value NAME COLUMN
value() { awk -F '\t' -v name="/dev/$1" -v column="$2" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i } $1 == name { print $at[column] }' "$AZEKURA_RUN/health/disks"; }
values() { local name=$1 column; shift; for column; do printf '%s=%s ' "$column" "$(value "$name" "$column")"; done; }

cp "$said/scan.json" "$scratch/said/scan"
disk sda scsi; disk sdb sata; disk nvme0 nvme
lines >/dev/null
equal "$(values sdb protocol model serial bytes state temperature hot hours pending errors grown used spent)" \
    'protocol=ata model=QEMU HARDDISK serial=SATA77 bytes=67108864 state=good temperature=31 hot=0 hours=1 pending= errors=0 grown=0 used= spent=0 '
equal "$(values nvme0 protocol model serial state temperature hot errors used spent)" 'protocol=nvme model=QEMU NVMe Ctrl serial=NV123 state=good temperature=50 hot=0 errors=0 used=0 spent=0 '
equal "$(values sda protocol model serial state hot)" 'protocol=scsi model=QEMU QEMU HARDDISK serial=SCSI9 state=unknown hot=0 '
has "$(sort -u "$scratch/asked")" '--device=auto /dev/sda' '--device=nvme /dev/nvme0'

# SATA: failing, sectors that can't be read or were replaced, an SSD's wear.
attribute() { printf '.ata_smart_attributes.table += [{"id": %s, "name": "x", "value": 90, "worst": 90, "thresh": 10, "raw": {"value": 281474976710655, "string": "%s"}}] | ' "$1" "$2"; }
wear='.ata_device_statistics = {"pages": [{"number": 7, "table": [{"name": "Percentage Used Endurance Indicator", "value": 93, "flags": {"valid": true}}]}]}'
disk sdb sata ".smart_status.passed = false | $(attribute 197 8)$(attribute 187 '3 (of 9)')$wear"
lines >/dev/null
equal "$(values sdb state pending errors grown used)" 'state=failing pending=8 errors=3 grown=3 used=93 '
disk sdb sata '.smart_status.passed = true | .temperature.op_limit_max = 60 | .temperature.current = 61'
lines >/dev/null
equal "$(values sdb state errors grown hot)" 'state=good errors=0 grown=0 hot=1 '

# Errors of the last thirty days count, those that a disk came with do not.
disk sdb sata "$(attribute 198 40).serial_number = \"OLD\""
lines >/dev/null
equal "$(values sdb serial errors grown)" 'serial=OLD errors=40 grown=0 '
AZEKURA_DAY=20010
disk sdb sata "$(attribute 198 42).serial_number = \"OLD\""
lines >/dev/null
equal "$(values sdb errors grown)" 'errors=42 grown=2 '
AZEKURA_DAY=20041
lines >/dev/null
equal "$(values sdb errors grown)" 'errors=42 grown=0 '
[ "$(jq 'has("SATA77")' "$AZEKURA_SYSTEM_STATE/smart")" = false ] || fail 'one that is gone for long is still known'

# NVMe: what its warning says.
for warning in '1 good 0' '2 good 1' '4 failing 0' '8 failing 0' '16 failing 0'; do
    read -r bits state hot <<<"$warning"
    disk nvme0 nvme ".smart_status = {\"passed\": false, \"nvme\": {\"value\": $bits}} | .nvme_smart_health_information_log.critical_warning = $bits"
    lines >/dev/null
    equal "$(values nvme0 state hot)" "state=$state hot=$hot " "warning $bits"
done
disk nvme0 nvme '.nvme_smart_health_information_log |= (.percentage_used = 104 | .media_errors = 7 | .available_spare = 5 | .available_spare_threshold = 10)'
lines >/dev/null
equal "$(values nvme0 errors used spent)" 'errors=7 used=104 spent=1 '

# SAS.
disk sda scsi '.smart_status.passed = false | .scsi_grown_defect_list = 12 | .temperature = {"current": 66, "drive_trip": 65} | .scsi_percentage_used_endurance_indicator = 4
    | .scsi_error_counter_log = {"read": {"total_uncorrected_errors": 1}, "write": {"total_uncorrected_errors": 0}}'
lines >/dev/null
equal "$(values sda state errors hot used)" 'state=failing errors=13 hot=1 used=4 '

# One that sleeps is as it was; one that can't be asked, or says something else, is none.
printf '{"smartctl": {"messages": [{"string": "Device is in STANDBY mode, exit(2)", "severity": "information"}], "exit_status": 2}, "device": {"name": "/dev/sda", "type": "sat", "protocol": "ATA"}}' >"$scratch/said/sda"
printf '{"smartctl": {"messages": [{"string": "Smartctl open device: /dev/sdb failed: No such device", "severity": "error"}], "exit_status": 2}, "device": {"name": "/dev/sdb"}}' >"$scratch/said/sdb"
lines >/dev/null
equal "$(values sda serial errors)$(value sdb serial)" 'serial=SCSI9 errors=13 '
disk sda scsi ".model_name = \"tab\\tand\\nline\\u0007\""
has "$(lines)" 'tab and line'
equal "$(wc -l <"$AZEKURA_RUN/health/disks")" 3

# Those behind MegaRAID have one name; that one sleeps says nothing of the other.
printf '{"devices": [{"name": "/dev/bus/0", "type": "megaraid,1"}, {"name": "/dev/bus/0", "type": "megaraid,12"}]}' >"$scratch/said/scan"
for number in 1 12; do disk raid$number sata ".device.name = \"/dev/bus/0\" | .device.info_name = \"/dev/bus/0 [megaraid_disk_$(printf %02d $number)] [SAT]\" | .serial_number = \"R$number\""; done
lines >/dev/null
jq '{device, smartctl: {messages: [{string: "Device is in STANDBY mode, exit(2)"}]}}' "$scratch/said/raid1" >"$scratch/said/asleep"
mv "$scratch/said/asleep" "$scratch/said/raid1"
lines >/dev/null
equal "$(cut -f 1,4 "$AZEKURA_RUN/health/disks" | tail -n +2)" $'/dev/bus/0 megaraid_disk_01\tR1\n/dev/bus/0 megaraid_disk_12\tR12'

# What was kept may be damaged; a machine may have no disks at all.
printf 'x' >"$AZEKURA_SYSTEM_STATE/smart"
printf '{"smartctl": {}}' >"$scratch/said/scan"
lines >/dev/null
equal "$(wc -l <"$AZEKURA_RUN/health/disks")" 1
finish

# What smartctl has said of each disk, an array of its documents, becomes lines of the same columns, by tabs; the first line names them. Nothing between two
# tabs: not known. $before is the lines of the run before, for disks that sleep; $known what it has kept of each serial number, [{day, errors}]; $day
# counts days.
# Only what standards say: of vendors' own attributes no two agree in.

def text: tostring | gsub("[^ -~]"; " ") | sub("^ +"; "") | sub(" +$"; "") | .[0:80];
# ATA: a raw value may have more in it than the number, which smartctl's text begins with.
def attribute($id): [.ata_smart_attributes.table[]? | select(.id == $id) | .raw.string | capture("^(?<n>[0-9]+)").n | tonumber][0];
def statistic($name): [.ata_device_statistics.pages[]?.table[]? | select(.name == $name and (.flags.valid // true)) | .value][0];
def sum: map(select(. != null)) | if length == 0 then null else add end;
def protocol: .device.protocol // "" | ascii_downcase;
def nvme: .nvme_smart_health_information_log;
# Disks behind MegaRAID all have the name of their controller's bus; which one it is stands beside that.
def name: .device.name + ((.device.info_name // "" | capture("\\[(?<disk>megaraid_disk_[0-9]+)\\]") | " " + .disk) // "");
def serial: .serial_number // "" | text;
def bit($n): (. / $n | floor) % 2 == 1;

# NVMe calls a disk failed that is only warm or worn: which it is says its warning, of which 4 (unreliable), 8 (read only) and 16 (its memory is not saved) are failures.
def state:
    if protocol == "nvme" and nvme != null then (if nvme.critical_warning as $w | ($w | bit(4)) or ($w | bit(8)) or ($w | bit(16)) then "failing" else "good" end)
    elif (.smart_status | type) == "object" and (.smart_status | has("passed")) then (if .smart_status.passed then "good" else "failing" end)
    else "unknown" end;
# What can't be read back now, and what was lost or replaced since it was made.
def pending: attribute(197);
def errors: [attribute(5), attribute(187), attribute(198), .scsi_grown_defect_list, nvme.media_errors,
    (.scsi_error_counter_log // {} | .read.total_uncorrected_errors, .write.total_uncorrected_errors)] | sum;
def used: nvme.percentage_used // .scsi_percentage_used_endurance_indicator // statistic("Percentage Used Endurance Indicator");
def spent: nvme as $log | if $log.available_spare != null and $log.available_spare_threshold != null then $log.available_spare < $log.available_spare_threshold else false end;
def hot:
    if protocol == "nvme" and nvme != null then nvme.critical_warning | bit(2)
    else ([.temperature.drive_trip, .scsi_temperature.drive_trip, .temperature.op_limit_max] | map(select(. != null and . > 0)) | first) as $most
        | $most != null and .temperature.current != null and .temperature.current >= $most end;
def asleep: any(.smartctl.messages[]?.string; test("(?i)standby|sleep"));

# Of thirty days; the disk that came yesterday with errors has got none here.
def recent: map(select(.day > $day - 30));
def grown($errors): if $errors == null then 0 else ([$errors - (recent | map(.errors) | min // $errors), 0] | max) end;
def kept($errors): if $errors == null then . else (map(select(.day != $day)) + [{day: $day, errors: ([$errors, (map(select(.day == $day)) | .[].errors)] | min)}] | recent) end;

def row: serial as $serial | errors as $errors |
    [name, protocol, (.model_name // .scsi_model_name // ""), $serial, (.user_capacity.bytes // .nvme_total_capacity), state, (.temperature.current | if . == 0 then null else . end), (if hot then 1 else 0 end),
     .power_on_time.hours, pending, $errors, ($known[$serial] // [] | grown($errors)), used, (if spent then 1 else 0 end)]
    | map(if . == null then "" else text end) | join("\t");

[.[] | select(.device.name != null)] as $all
| ($before | split("\n")) as $before
| [$all[] | select(asleep | not) | select(serial != "" or .model_name != null)] as $awake
| {lines: (["device\tprotocol\tmodel\tserial\tbytes\tstate\ttemperature\thot\thours\tpending\terrors\tgrown\tused\tspent"]
    + ([($awake | unique_by(if serial == "" then name else serial end)[] | row),
        ($all[] | select(asleep) | name as $name | $before[] | select(startswith($name + "\t")))] | sort)),
   known: (($known + ($awake | map(select(serial != "") | {key: serial, value: (errors as $errors | $known[serial] // [] | kept($errors))}) | from_entries))
    | map_values(recent) | with_entries(select(.value != [])))}

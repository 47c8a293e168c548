# What lsblk tells of a machine's disks, as the lines that "disks" answers.

def within: [recurse((.children // [])[])];
def plain: (. // "") | tostring | gsub("[^ -~]"; "") | sub("\\A +"; "") | sub(" +\\z"; "");
def of_set: .type == "lvm" and (.name | test("\\Aazekura_[a-z][a-z0-9]{0,14}-data\\z"));
def set_name: .name | ltrimstr("azekura_") | rtrimstr("-data");

# Why a disk can't be taken at all, or null. A partition is no part of something: what lies on it is said by "holds".
def hindrance($own; $least):
    if .name == $own then "the running system is on it"
    elif (.ro | . == true or . == "1") then "it is read-only"
    elif (.size | tonumber) < $least then "it is too small; \($least / 1048576) MiB are needed"
    elif (within | any(of_set)) then "it is in the disk set \([within[] | select(of_set)][0] | set_name)"
    elif (within | any(.mountpoints // [] | any(. != null))) then "it is mounted"
    elif (within[1:] | any(.type != "part")) then "it is part of \([within[1:][] | select(.type != "part")][0].name)"
    else null end;

def disks($own; $least):
    [.blockdevices[] | select(.type == "disk" and (.name | test("\\A(zram|ram|loop|nbd|fd|sr)") | not)) | {
        name, serial: (.serial | plain), model: (.model | plain), size: (.size | tonumber),
        holds: ([within[] | .pttype // empty, .fstype // empty] | unique | join(", ")), why: hindrance($own; $least)}];

# The sets that are put together now: which disks, by which array, and where they are mounted.
def sets:
    [.blockdevices[] | select(.type == "disk") as $disk | within[] | select(.type == "disk" or (.type | test("raid"))) as $on
        | ($on.children // [])[] | select(of_set) | {name: set_name, uuid: (.uuid // ""), size: (.size | tonumber), disk: $disk.name,
            array: (if $on.type == "disk" then "" else $on.name end), level: (if $on.type == "disk" then "single" elif $on.type == "raid1" then "mirror" else $on.type end),
            mounts: [.mountpoints[]? | select(. != null)]}]
    | group_by(.name) | map(.[0] + {disks: (map(.disk) | unique)});

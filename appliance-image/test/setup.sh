#!/bin/bash
# The set-up file: what is taken, what is refused as a whole, and that it counts once.
. "$(dirname -- "$0")/common.sh"

export AZEKURA_RUN=$scratch/run AZEKURA_SYSTEM_STATE=$scratch/state AZEKURA_HOME=$scratch/home AZEKURA_OWNER AZEKURA_INSTALL_TRIES=0 AZEKURA_INSTALL_PAUSE=0
AZEKURA_OWNER=$(id -un)
file=$AZEKURA_RUN/setup.json
first=$AZEKURA_HOME/etc/first-password
mkdir -p "$AZEKURA_RUN"
hash='$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'

apply() { rm -rf "$AZEKURA_RUN/note" "$AZEKURA_RUN/install"; printf '%s' "$1" >"$file"; "$lib/setup" apply 2>/dev/null; }
refused() {
    rm -rf "$AZEKURA_SYSTEM_STATE" "$AZEKURA_HOME"
    apply "$1" && fail "taken: $1"
    has "$(cat "$AZEKURA_RUN/note/setup")" 'the set-up file was not used: ' "$2"
    [ ! -e "$AZEKURA_SYSTEM_STATE/network.json" ] && [ ! -e "$first" ] && [ ! -e "$AZEKURA_RUN/install" ] || fail "something was done of $1"
}
refused 'x' 'it is no JSON'
refused '' 'it is no JSON'
refused '[]' 'it is an object'
refused '{"hostname":"b1","user":"x"}' 'no setting "user"'
refused '{"hostname":"*"}' 'is no host name'
refused '{"hostname":"b1","password":"short"}' 'password is a text of 12'
refused '{"hostname":"b1","password":"violet-harbour\nx"}' 'password is a text of 12'
refused '{"hostname":"b1","password":"$argon2id-harbour"}' 'password is a text of 12'
refused '{"hostname":"b1","password":"Admin-of-backup-7"}' 'password has the name admin in it'
refused '{"hostname":"b1","password":"ababababababab"}' 'always the same characters'
refused '{"hostname":"b1","passwordHash":"$6$x$y"}' 'passwordHash has the form'
for cost in m=32769,t=2,p=1 m=19456,t=11,p=1 m=19456,t=2,p=5; do refused "{\"hostname\":\"b1\",\"passwordHash\":\"${hash/m=256,t=2,p=1/$cost}\"}" 'takes too much work; at most m=32768,t=10,p=4'; done
refused "{\"password\":\"violet-harbour-71\",\"passwordHash\":\"$hash\"}" 'not both'
refused '{"install":"auto"}' 'install needs "erase": true'
refused '{"install":"auto","erase":"yes"}' 'install needs "erase": true'
refused '{"install":"../sda","erase":true}' 'install is "auto" or names a disk'
refused '{"erase":true}' 'erase is of no use'
printf '{"hostname":"%s"}' "$(head -c 70000 /dev/zero | tr '\0' a)" >"$scratch/large"
refused "$(cat "$scratch/large")" 'larger than 64 KiB'

apply '{"hostname":"b1","time":["192.0.2.9"],"interfaces":[{"name":"e0","addresses":["192.0.2.5/24"]}],"password":"violet-harbour-71"}' || fail "refused: $(cat "$AZEKURA_RUN/note/setup")"
equal "$(jq -c '[.hostname, .time, .interfaces[0].addresses, .password]' "$AZEKURA_SYSTEM_STATE/network.json")" '["b1",["192.0.2.9"],["192.0.2.5/24"],null]'
equal "$(cat "$first")" violet-harbour-71
equal "$(stat -c %a "$first" "$AZEKURA_HOME/etc" "$AZEKURA_HOME" | paste -sd ' ')" '600 700 700'
[ ! -e "$AZEKURA_RUN/install" ] || fail "a wish to install that nobody has"

# Once: what was changed later at the console stays at the next start with the same file.
printf '{"hostname":"b2"}' | "$lib/network" keep
rm "$first"
"$lib/setup" apply
equal "$(cat "$AZEKURA_SYSTEM_STATE/network.json")" '{"hostname":"b2"}'
[ ! -e "$first" ] || fail "the password is laid down again"
apply "{\"hostname\":\"b3\",\"passwordHash\":\"\$$(cut -c 2- <<<"$hash")\"}" || fail "refused: $(cat "$AZEKURA_RUN/note/setup")"
equal "$(cat "$AZEKURA_SYSTEM_STATE/network.json")" '{"hostname":"b3"}'
equal "$(cat "$first")" "$hash"

# Installation: the rest of the file is for the other disk.
rm -rf "$AZEKURA_SYSTEM_STATE" "$AZEKURA_HOME"
apply '{"hostname":"b4","password":"violet-harbour-71","install":"QEMU-S1","erase":true}' || fail "refused"
equal "$(cat "$AZEKURA_RUN/install")" QEMU-S1
[ ! -e "$AZEKURA_SYSTEM_STATE/network.json" ] && [ ! -e "$first" ] || fail "the installing medium was set up"
mkdir "$scratch/lib"
cp "$lib"/* "$scratch/lib/"
fake systemctl <<<'echo "$*" >>"'"$scratch"'/ordered"'
printf '#!/bin/bash\n[ "$*" = "auto QEMU-S1" ] || exit 9\necho "onto sda: QEMU DISK"\n' >"$scratch/lib/install"
"$scratch/lib/setup" install 2>/dev/null || fail "not installed"
equal "$(cat "$scratch/ordered")" '--no-block poweroff'
has "$(cat "$AZEKURA_RUN/note/setup")" 'installed onto sda: QEMU DISK'
printf '#!/bin/bash\necho "writing esp"; echo "esp reads back as something else" >&2; exit 1\n' >"$scratch/lib/install"
: >"$scratch/ordered"
"$scratch/lib/setup" install 2>/dev/null && fail "a failure is success"
equal "$(cat "$AZEKURA_RUN/note/setup"):$(cat "$scratch/ordered")" 'not installed: esp reads back as something else:'
finish

#!/bin/bash
# The doors: what is let in, what is not, and that nothing of a request is ever run. Asked through a socket, as systemd would give it.
. "$(dirname -- "$0")/common.sh"

export AZEKURA_RUN=$scratch/run AZEKURA_SYSTEM_STATE=$scratch/state
mkdir -p "$AZEKURA_RUN/disk" "$scratch/lib"
cp "$lib"/* "$scratch/lib/"
fake systemctl <<<'echo "$*" >>"'"$scratch"'/ordered"; [ ! -e "'"$scratch"'/broken" ] || { echo "Access denied" >&2; exit 1; }'
fake networkctl <<<':'
printf '#!/bin/bash\necho "install $*" >>"%s/ordered"; echo line 1; echo line 2\n' "$scratch" >"$scratch/lib/install"
printf '#!/bin/bash\necho "seal $*: $(cat)" >>"%s/ordered"; echo words\n' "$scratch" >"$scratch/lib/seal"
printf '#!/bin/bash\necho "disks $#:$*" >>"%s/ordered"\n' "$scratch" >"$scratch/lib/disks"
grub-editenv "$AZEKURA_RUN/disk/env" create

# request KIND LINE: the answer; $ordered is what came of it.
request() {
    : >"$scratch/ordered"
    answer=$(printf "%s\n" "$2" | "$scratch/lib/system" "$1")
    ordered=$(cat "$scratch/ordered")
}
refused() {
    request "$1" "$2"
    has "$answer" "refused $3"
    equal "$ordered" '' "$2"
    equal "$(wc -l <<<"$answer")" 1
}

request system reboot;   equal "$answer:$ordered" 'ok:--no-block reboot'
request system poweroff; equal "$answer:$ordered" 'ok:--no-block poweroff'
request system factory-reset
equal "$answer:$ordered" 'ok:--no-block reboot'
has "$(grub-editenv "$AZEKURA_RUN/disk/env" list)" RESET=1
request system 'network {"hostname":"b1"}'
equal "$(tail -n 1 <<<"$answer")" ok
equal "$(cat "$AZEKURA_SYSTEM_STATE/network.json")" '{"hostname":"b1"}'
request system network-show; equal "$(head -n 1 <<<"$answer" | jq -r .settings.hostname)" b1
request system time-show;    equal "$(head -n 1 <<<"$answer" | jq 'has("synchronized")')" true
request console 'install sdb'
equal "$answer:$ordered" $'line 1\nline 2\nok:install write sdb'

request console 'recovery-key'
equal "$answer:$ordered" $'words\nok:seal show: '
request console 'recovery ABCD-EFGH $(reboot)'
equal "$answer:$ordered" $'words\nok:seal enter: ABCD-EFGH $(reboot)'

refused system 'recovery-key' 'no such verb'
refused system 'recovery ABCD' 'no such verb'
refused console 'recovery-key please' 'recovery-key takes nothing'
request system 'disks-show'; equal "$answer:$ordered" 'ok:disks 1:show'
# What is ordered goes on as one word, which that program takes apart and checks.
request system 'disks-make pool1 mirror sdb $(reboot) *'
equal "$answer:$ordered" 'ok:disks 3:order make pool1 mirror sdb $(reboot) *'
request system 'disks-attach pool1'; equal "$answer:$ordered" 'ok:disks 3:order attach pool1'

refused system '' 'no such verb'
refused system 'disks-show now' 'disks-show takes nothing'
refused system 'shell' 'no such verb'
refused system 'REBOOT' 'no such verb'
refused system '../console' 'no such verb'
refused system 'reboot now' 'reboot takes nothing'
refused system 'poweroff --force' 'poweroff takes nothing'
refused system 'factory-reset $(reboot)' 'factory-reset takes nothing'
refused system 'network {"hostname":"$(reboot)"}' '"$(reboot)" is no host name'
refused system 'network' 'this is no JSON'
# What only who sits before the screen may.
refused system 'install sdb' 'no such verb'
refused system 'disks' 'no such verb'
refused console 'disks-make pool1 single sdb' 'no such verb'
refused "console" 'reboot;poweroff' 'no such verb'
# Control characters don't come back.
refused system $'network \033[2J' 'this is no JSON'
# Only the first line counts, and one that never ends is cut.
request system $'network-show\nreboot'
equal "$ordered" ''
head -c 200000 /dev/zero | tr '\0' 'x' >"$scratch/long"
has "$("$scratch/lib/system" system <"$scratch/long")" 'refused no such verb'
# What goes wrong is told.
touch "$scratch/broken"
request system reboot
equal "$answer" 'refused Access denied'
rm "$AZEKURA_RUN/disk/env"
mkdir "$AZEKURA_RUN/disk/env"
: >"$scratch/ordered"
has "$(echo factory-reset | "$scratch/lib/system" system 2>/dev/null)" "refused the boot loader's variables"
equal "$(cat "$scratch/ordered")" '' 'restarted without the order'

# Through a socket, by the program that the console asks with.
rm "$scratch/broken"
# An answer that comes with an exit code of 1 is one, too, which socat does not know.
printf '#!/bin/bash\n"%s/lib/system" console\nexit 0\n' "$scratch" >"$scratch/door-program"
chmod 755 "$scratch/door-program"
# Half closed it waits for the answer.
socat -t 100 "UNIX-LISTEN:$scratch/door,fork" "EXEC:$scratch/door-program" &
begun+=($!)
until_true test -S "$scratch/door"
equal "$("$lib/ask" "$scratch/door" install sdc)" $'line 1\nline 2'
said=$("$lib/ask" "$scratch/door" 'no-such' 2>&1) && fail "ask tells success"
equal "$said" 'no such verb'
said=$("$lib/ask" "$scratch/none" reboot 2>&1) && fail "nobody there is success"
finish

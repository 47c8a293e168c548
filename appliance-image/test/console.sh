#!/bin/bash
# The console as somebody sees it who types: its keys come from a pipe, the machine around it is played.
. "$(dirname -- "$0")/common.sh"

export AZEKURA_RUN=$scratch/run AZEKURA_HOME=$scratch/home AZEKURA_OS_RELEASE=$scratch/os AZEKURA_FIRST_LOGIN=$scratch/first AZEKURA_PORT=1 AZEKURA_CONSOLE_EVERY=1
mkdir -p "$AZEKURA_RUN/note" "$scratch/lib"
cp "$lib"/* "$scratch/lib/"
printf 'IMAGE_VERSION=1.2.3\n' >"$AZEKURA_OS_RELEASE"
printf 'SLOT=B\n' >"$AZEKURA_RUN/slot"
printf 'on\n' >"$AZEKURA_RUN/secure-boot"
printf 'admin\nabcde-fghij-klmno-pqrst\n' >"$AZEKURA_FIRST_LOGIN"
printf '127.0.0.1 localhost\n127.0.1.1 backup1\n' >"$AZEKURA_RUN/hosts"
fake ip <<'F'
case "$*" in *link*) echo 'enp1s0 UP 52:54:00:00:00:01' ;; *) printf '2: enp1s0    inet 192.0.2.7/24 brd 192.0.2.255 scope global\n2: enp1s0    inet6 2001:db8::7/64 scope global\n' ;; esac
F
fake systemctl <<<'printf "activating\nauto-restart\n"'
fake journalctl <<<"echo 'azekura: up: port 8443: Address already in use'"
fake less <<<'echo "less with LESSSECURE=$LESSSECURE"; cat'
fake azekura <<<'echo "$*" >>"'"$scratch"'/asked"; echo "{\"password\":\"second-once-word\"}"'
cat >"$scratch/lib/ask" <<F
#!/bin/bash
echo "\$@" >>"$scratch/doors"
[ "\$2" != network-show ] || echo '{"settings":{"hostname":"backup1","interfaces":[{"name":"enp9s0","dhcp":true}]}}'
[ "\$2" != recovery-key ] || echo RECO-VERY
[ "\$2" != disks ] || echo '  sdb  64.0 GB  QEMU DISK'
F
printf '#!/bin/bash\ncat %s/ready 2>/dev/null\n' "$scratch" >"$scratch/lib/ready"
chmod 755 "$scratch/lib/ask" "$scratch/lib/ready"
# shellcheck disable=SC2059 # with the escapes of control characters
typed() {
    local out line
    : >"$scratch/doors"
    out=$(printf "$1" | timeout 60 "$scratch/lib/console" 2>&1)
    # A page's lines; those with prompts run on here, for what is typed is not echoed.
    while IFS= read -r line; do
        [[ $line = *': '* || ${#line} -le 80 ]] || fail "longer than 80 columns: $line" >&2
    done < <(sed 's/\x1b\[[0-9]*[HJ]//g' <<<"$out")
    printf '%s' "$out"
}

shown=$(typed '')
has "$shown" 'Azekura 1.2.3    slot B    backup1' 'https://192.0.2.7/  (enp1s0)' 'https://[2001:db8::7]/' 'user      admin' 'password  abcde-fghij-klmno-pqrst' \
    'not ready: port 8443: Address already in use' 'secure boot  on' '1 network'
while IFS= read -r line; do [ ${#line} -le 80 ] || fail "longer than 80 columns: $line"; done <<<"$shown"
[ "$(wc -l <<<"$shown")" -le 24 ] || fail "higher than 24 lines"

# Used: it is gone from the screen.
printf 'what a password is checked by has another form\n' >>"$AZEKURA_FIRST_LOGIN"
has "$(typed '')" abcde-fghij-klmno-pqrst '               The one of the set-up file was not taken: what a password is ' '               checked by has another form'
rm "$AZEKURA_FIRST_LOGIN"
has_not "$(typed '')" abcde-fghij-klmno-pqrst
fake systemctl <<<'printf "active\nrunning\n"'
has "$(typed '')" 'state        starting'
touch "$AZEKURA_RUN/install"
has "$(typed '')" 'state        installing medium'
rm "$AZEKURA_RUN/install"
printf ready >"$scratch/ready"
has "$(typed '')" 'state        ready'
printf 'the clock \033[31mwas set back\n' >"$AZEKURA_RUN/note/time"
shown=$(typed '')
has "$shown" 'note         the clock [31mwas set back'
rm "$AZEKURA_RUN/note/time"

# A new password: shown, and only after yes.
shown=$(typed '2no\n')
[ ! -e "$scratch/asked" ] || fail "asked for a password without yes"
shown=$(typed '2yes\n\n')
has "$shown" 'password  second-once-word'
has "$(cat "$scratch/asked")" "user reset admin --home $AZEKURA_HOME --json" 'user lost-factor admin'

# What is dangerous needs its words.
typed '4erase everything\n' >/dev/null
equal "$(cat "$scratch/doors")" ''
typed '4ERASE EVERYTHING\n' >/dev/null
equal "$(cat "$scratch/doors")" "$AZEKURA_RUN/system.sock factory-reset"
typed '61\n' >/dev/null
equal "$(cat "$scratch/doors")" "$AZEKURA_RUN/system.sock reboot"
typed '62\n' >/dev/null
equal "$(cat "$scratch/doors")" "$AZEKURA_RUN/system.sock poweroff"
has "$(typed '5sdb\nERASE sda\n')" 'sdb  64.0 GB'
has_not "$(cat "$scratch/doors")" 'install'
typed '5sdb\nERASE sdb\n\n' >/dev/null
has "$(cat "$scratch/doors")" "$AZEKURA_RUN/console.sock install sdb"

# The network: one line of JSON, whatever was typed.
typed '12\nenp1s0\n192.0.2.9/24\n192.0.2.1\n\n' >/dev/null
has "$(cat "$scratch/doors")" 'system.sock network {"hostname":"backup1","interfaces":[{"name":"enp9s0","dhcp":true},{"name":"enp1s0","addresses":["192.0.2.9/24"],"gateways":["192.0.2.1"]}]}'
typed '13\n"; $(touch '"$scratch"'/hole) `id` *\n\n' >/dev/null
[ ! -e "$scratch/hole" ] || fail "what was typed was run"
has "$(cat "$scratch/doors")" '"hostname":"\"; $(touch '
typed '14\n192.0.2.53 2001:db8::53\n\n' >/dev/null
has "$(cat "$scratch/doors")" '"dns":["192.0.2.53","2001:db8::53"]'
typed '11\n\n' >/dev/null
has_not "$(cat "$scratch/doors")" interfaces

# The recovery key: shown, and where the data are locked asked for.
printf 'encrypted; the key is sealed to this machine'"'"'s TPM\n' >"$AZEKURA_RUN/secrets"
shown=$(typed '7\n')
has "$shown" 'secrets      encrypted; the key is sealed' 'Write it down' 'RECO-VERY'
has "$(cat "$scratch/doors")" 'console.sock recovery-key'
printf 'this machine does not give the key of the data, for it was cleared or broken, or the disk is another'"'"'s\n' >"$AZEKURA_RUN/locked"
shown=$(typed '7abcd-efgh\n\n')
has "$shown" 'locked: this machine does not give the key' 'Press 7 and enter' 'The appliance starts'
has "$(cat "$scratch/doors")" 'console.sock recovery abcd-efgh'
typed '7\n' >/dev/null
equal "$(cat "$scratch/doors")" ''
rm "$AZEKURA_RUN/locked" "$AZEKURA_RUN/secrets"

has "$(typed '32\n')" 'less with LESSSECURE=1'
# Other keys do nothing, and no signal ends it.
typed '0q\x03\x1c\x1a!:' >/dev/null
equal "$(cat "$scratch/doors")" ''
finish

#!/bin/bash
# The home's key and the TPM that keeps it: real TPMs (swtpm) and the real programs that seal; only the kernel's encryption is played, for this machine's
# may have none: a folder is encrypted where it says by which key.
. "$(dirname -- "$0")/common.sh"

export AZEKURA_RUN=$scratch/run AZEKURA_SYSTEM_STATE=$scratch/state AZEKURA_HOME=$scratch/lib-var/azekura AZEKURA_TPM_PATIENCE=0 AZEKURA_SCREEN=$scratch/screen
AZEKURA_OWNER=$(id -un)
export AZEKURA_OWNER
mkdir -p "$scratch/lib" "$scratch/lib-var"
cp "$lib"/* "$scratch/lib/"
seal=$scratch/lib/seal
fake systemctl <<<'echo "$*" >>"'"$scratch"'/ordered"'
cat >"$scratch/lib/fscrypt" <<F
#!/bin/bash
[ ! -e "$scratch/no-encryption" ] || { [ "\$1" != set ] || { echo "can't be encrypted" >&2; exit 1; }; }
case \$1 in
    add) cat >"$scratch/given"; [ "\$(stat -c %s "$scratch/given")" = 32 ] || exit 1
        sha256sum <"$scratch/given" | cut -c -32 | tee -a "$scratch/keyring" ;;
    set) grep -qx "\$3" "$scratch/keyring" && printf '%s\n' "\$3" >"\$2/.key" ;;
    id) cat "\$2/.key" 2>/dev/null || : ;;
esac
F

# The machine has the TPM of this name; the same name is the same TPM.
has_tpm() { tpm=$1 AZEKURA_TPM=swtpm:path=$scratch/$1.tpm; }
has_none() { tpm='' AZEKURA_TPM=$scratch/none; }
# As a machine's start does; without the kernel between, sessions that a program has left open stay until then.
start_tpm() {
    [ ${#begun[@]} = 0 ] || { kill "${begun[@]}"; wait "${begun[@]}"; } 2>/dev/null
    begun=()
    [ -n "$tpm" ] || return 0
    mkdir -p "$scratch/tpm-$tpm"
    rm -f "$scratch/$tpm.tpm" "$scratch/$tpm.tpm.ctrl"
    swtpm socket --tpm2 --tpmstate "dir=$scratch/tpm-$tpm" --server "type=unixio,path=$scratch/$tpm.tpm" --ctrl "type=unixio,path=$scratch/$tpm.tpm.ctrl" --flags not-need-init,startup-clear \
        --log "file=$scratch/$tpm.log" >/dev/null 2>&1 &
    begun=($!)
    until_true test -S "$scratch/$tpm.tpm"
    until_true test -S "$scratch/$tpm.tpm.ctrl"
}
# A start: nothing is left of what is kept in memory.
starts() {
    rm -rf "$AZEKURA_RUN" "$scratch/keyring" "$scratch/given" "$scratch/screen"
    mkdir -p "$AZEKURA_RUN"
    : >"$scratch/ordered"
    start_tpm
    "$seal" open 2>"$scratch/errors"
}
forget() { rm -rf "$AZEKURA_HOME" "$AZEKURA_HOME.new" "$AZEKURA_SYSTEM_STATE" "$scratch/no-encryption"; }
secrets() { cat "$AZEKURA_RUN/secrets"; }

# Without a TPM: as on any other machine, and said.
export AZEKURA_TPM
has_none
starts
has "$(secrets)" 'not encrypted: this machine has no TPM 2'
[ ! -e "$AZEKURA_HOME" ] || fail 'the appliance makes its home itself'
has "$("$seal" show 2>&1)" 'there is none'
mkdir "$AZEKURA_HOME"

# One that comes later changes nothing of data that are there.
has_tpm one
starts
has "$(secrets)" 'made without a TPM 2'
[ ! -e "$AZEKURA_SYSTEM_STATE/home.sealed" ] || fail 'a key is sealed for data that are not encrypted'

# The first start with one.
forget
starts
has "$(secrets)" "sealed to this machine's TPM"
has "$(cat "$AZEKURA_RUN/note/recovery")" 'press 7'
key=$(cat "$AZEKURA_HOME/.key")
equal "$(stat -c %a "$AZEKURA_HOME")" 700
equal "$(stat -c %a "$AZEKURA_SYSTEM_STATE/home.sealed")" 600
[ ! -e "$AZEKURA_RUN/home.key" ] || fail 'the key lies in a file'
grep -qF "$(base32 -w 0 <"$scratch/given" | cut -c -20)" -r "$AZEKURA_SYSTEM_STATE" "$AZEKURA_HOME" && fail 'the key is on the disk'

# The next ones, whatever version is started.
starts
equal "$(cat "$scratch/keyring")" "$key" 'the same key after a restart'
has "$(cat "$scratch/screen")" 'the TPM has opened the data'
[ ! -e "$AZEKURA_RUN/locked" ] || fail 'locked'
words=$("$seal" show)
equal "$(tr -d '\n-' <<<"$words" | wc -c)" 52
has_not "$(ls "$AZEKURA_RUN/note")" recovery
starts
has_not "$(ls -R "$AZEKURA_RUN")" note

# Each of these starts was a power cut for the TPM, of which many bear only three at a time.
for _ in 1 2 3 4 5; do starts; [ ! -e "$AZEKURA_RUN/locked" ] || fail 'a TPM that has seen power cuts gives no key'; done

# Cut off between the sealed key and the home.
mv "$AZEKURA_HOME" "$AZEKURA_HOME.new"
starts
equal "$(cat "$AZEKURA_HOME/.key"):$(cat "$scratch/keyring")" "$key:$key"
# And before: it begins anew.
mv "$AZEKURA_HOME" "$scratch/kept"; mv "$AZEKURA_SYSTEM_STATE" "$scratch/kept-state"
mkdir "$AZEKURA_HOME.new"
starts
has "$(secrets)" 'sealed'
has_not "$(cat "$AZEKURA_HOME/.key")" "$key"
[ ! -e "$AZEKURA_HOME.new" ] || fail 'half a home is left'
rm -rf "$AZEKURA_HOME" "$AZEKURA_SYSTEM_STATE"; mv "$scratch/kept" "$AZEKURA_HOME"; mv "$scratch/kept-state" "$AZEKURA_SYSTEM_STATE"

# Another machine's TPM, which is what a cleared one is, too.
has_tpm two
starts
equal "$(secrets)" locked
has "$(cat "$AZEKURA_RUN/locked")" 'does not give the key' 'from another machine'
has "$(cat "$scratch/screen")" 'recovery key'
[ ! -s "$scratch/keyring" ] || fail 'a key came from a TPM that has none'
has "$("$seal" show 2>&1)" 'locked'
has "$("$seal" enter <<<'not a key' 2>&1)" 'this is no recovery key'
has "$(head -c 32 /dev/urandom | base32 -w 0 | "$seal" enter 2>&1)" 'of another disk'
[ -e "$AZEKURA_RUN/locked" ] || fail 'opened by another key'
equal "$(cat "$scratch/ordered")" ''
# As somebody types it who reads it from paper.
has "$(tr 'A-Z\n' 'a-z ' <<<"$words" | "$seal" enter 2>&1)" 'sealed to the TPM of this machine'
has "$(cat "$scratch/ordered")" 'azekura.service'
[ ! -e "$AZEKURA_RUN/locked" ] && [ ! -e "$AZEKURA_RUN/home.key" ] || fail 'it is still locked, or the key lies in a file'
starts
equal "$(cat "$scratch/keyring")" "$key" 'sealed to the new machine'

# Without any: for this start alone.
has_none
starts
equal "$(secrets)" locked
has "$("$seal" enter <<<"${words//$'\n'/}" 2>&1)" 'each start will ask'
has "$(secrets)" 'each start asks'
starts
equal "$(secrets)" locked

# A disk that can't encrypt: as without a TPM, and nothing half done stays.
has_tpm one
forget
touch "$scratch/no-encryption"
starts
has "$(secrets)" 'not encrypted: the TPM or the disk could not do it'
[ ! -e "$AZEKURA_HOME.new" ] && [ ! -e "$AZEKURA_SYSTEM_STATE/home.sealed" ] || fail 'something is left'

# What fails behind the home's name: it is encrypted, and nothing else has its key.
forget
fake sync <<<'[ "$*" != "'"$scratch"'/lib-var" ] || exit 1; exec /bin/sync "$@"'
starts
rm "$scratch/bin/sync"
has "$(secrets)" 'sealed'
equal "$("$seal" show | tr -d '\n-' | wc -c)" 52
key=$(cat "$AZEKURA_HOME/.key")
starts
equal "$(cat "$scratch/keyring")" "$key"

# A TPM of which the firmware tells, and that shows itself some seconds after the start.
forget
has_none
export AZEKURA_TPM_TABLE=$scratch/table AZEKURA_TPM_PATIENCE=3
touch "$AZEKURA_TPM_TABLE"
fake sleep <<<'echo "$*" >>"'"$scratch"'/waited"'
starts
has "$(secrets)" 'no TPM 2'
equal "$(wc -l <"$scratch/waited")" 3
rm "$AZEKURA_TPM_TABLE" "$scratch/waited"
starts
[ ! -e "$scratch/waited" ] || fail 'waited for a TPM that there is none of'
rm "$scratch/bin/sleep"
AZEKURA_TPM_PATIENCE=0

# The real program, where no kernel has to help.
has "$("$lib/fscrypt" add "$scratch" <<<'short' 2>&1)" 'a key has 32 bytes'
equal "$("$lib/fscrypt" id "$scratch")" ''
has "$("$lib/fscrypt" set "$scratch" xyz 2>&1)" 'no id'
finish

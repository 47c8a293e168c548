#!/bin/bash
# An appliance that hangs: a real listener of TLS, stopped, so that it takes connections and answers none. The system is played.
. "$(dirname -- "$0")/common.sh"

port=$(perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport')
export AZEKURA_PORT=$port AZEKURA_ALIVE_PAUSE=0.05 AZEKURA_ALIVE_MOST=8
state=$scratch/state ordered=$scratch/ordered
: >"$ordered"
fake systemctl <<E2
case "\$*" in
    'show -P ActiveState azekura.service') cat '$state'; echo >>'$scratch/looks' ;;
    'show -P MainPID azekura.service') cat '$scratch/pid' ;;
    *) echo "\$*" >>'$ordered' ;;
esac
E2
openssl req -quiet -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=test -days 2 -keyout "$scratch/key" -out "$scratch/certificate" 2>/dev/null \
    || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=test -days 2 -keyout "$scratch/key" -out "$scratch/certificate" 2>/dev/null
mkdir "$scratch/www"
says() { printf 'HTTP/1.1 %s\r\nContent-Type: application/json\r\n\r\n{"ready":%s}' "$1" "$2" >"$scratch/www/health"; }
serve() {
    (cd "$scratch/www" && exec openssl s_server -accept "127.0.0.1:$port" -key "$scratch/key" -cert "$scratch/certificate" -HTTP -quiet) </dev/null >/dev/null 2>&1 &
    server=$!
    begun+=("$server")
    printf '%s\n' "$server" >"$scratch/pid"
}
answer() { "$lib/ready" 60; }
# shellcheck disable=SC2317 # until_true calls it
is() { [ "$(answer)" = "$1" ]; }

# What it says of itself.
equal "$(answer)" '' 'nobody is there'
says '200 OK' true
serve
until_true is ready
says '503 Service Unavailable' false
equal "$(answer)" 'not ready'

# One that is not ready is there, for as long as it likes; so is one that starts and never answered.
printf 'active\n' >"$state"
asks() { wc -l <"$scratch/asks"; }
looks() { wc -l <"$scratch/looks"; }
# Whoever runs is waited for however busy this machine is; only of one that is stopped no answer is awaited.
fake timeout <<E2
echo >>'$scratch/asks'
echo \$\$ >'$scratch/asking'
shift
exec /usr/bin/timeout "\$(cat '$scratch/patience')" "\$@"
E2
runs() { printf 30 >"$scratch/patience"; kill -CONT "$server"; now=$(asks); }
# An answer that is awaited already ends at once.
hangs() { kill -STOP "$server"; printf 0.2 >"$scratch/patience"; kill "$(cat "$scratch/asking")" 2>/dev/null; now=$(asks); }
printf 30 >"$scratch/patience"
: >"$scratch/asks"
"$lib/alive" >"$scratch/said" 2>&1 &
begun+=("$!")
# shellcheck disable=SC2317 # until_true calls it
asked() { [ "$(asks)" -ge "$1" ]; }
# shellcheck disable=SC2317
looked() { [ "$(looks)" -ge "$1" ]; }
until_true asked 15
equal "$(cat "$ordered")" ''

# Some that are missed are no harm.
hangs
until_true asked $((now + 3))
runs
until_true asked $((now + 10))
equal "$(cat "$ordered")" '' 'it was slow, no more'

# While it is told to end, or starts, nobody is restarted.
hangs
printf 'deactivating\n' >"$state"
now=$(looks)
until_true looked $((now + 2))
now=$(asks) seen=$(looks)
until_true looked $((seen + 10))
equal "$(asks)" "$now" 'it was asked while it ended'
equal "$(cat "$ordered")" ''
printf 'active\n' >"$state"
now=$(asks)
until_true asked $((now + 10))
equal "$(cat "$ordered")" '' 'it never answered since it began'

# It answers, and then never again.
runs
until_true asked $((now + 3))
hangs
until_true grep -q restart "$ordered"
equal "$(paste -sd, "$ordered")" 'kill --kill-who=main --signal=QUIT azekura.service,restart azekura.service'
has "$(cat "$scratch/said")" "process $server has not answered 8 times running"
kill -CONT "$server"
finish

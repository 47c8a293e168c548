#!/bin/bash
# Network settings: what is refused, and what becomes of those that are taken.
. "$(dirname -- "$0")/common.sh"

export AZEKURA_SYSTEM_STATE=$scratch/state AZEKURA_RUN_ROOT=$scratch/run AZEKURA_KERNEL_HOSTNAME=$scratch/hostname
network=$lib/network
fake systemctl <<<'echo "$*" >>"'"$scratch"'/ordered"'
fake networkctl <<<'echo "$*" >>"'"$scratch"'/ordered"; [ "$2" != list ] || printf "  1 lo   loopback carrier unmanaged\n  2 e0   ether routable configured\n"'

taken() { "$network" check <<<"$1" >/dev/null 2>&1 || fail "refused: $1"; }
refused() {
    local said
    said=$("$network" check <<<"$1" 2>&1) && fail "taken: $1"
    [ "$(wc -l <<<"$said")" = 1 ] || fail "more than one line for $1: $said"
    has "$said" "$2"
}
one() { printf '{"interfaces":[%s]}' "$1"; }
taken '{}'
taken '{"hostname":"b1.example.org","time":["ntp.example.org","192.0.2.1"],"dns":["::1","1::","fe80::1","1:2:3:4:5:6:7:8","255.255.255.255"],"domains":["example.org"]}'
taken "$(one '{"name":"enp1s0","addresses":["192.0.2.10/24","2001:db8::10/64"],"gateways":["192.0.2.1"]},{"name":"eth1","dhcp":true}')"
refused '' 'no JSON'
refused '{' 'no JSON'
refused '{} {}' 'no JSON'
refused '[]' 'are an object'
refused '{"host":"b1"}' 'no setting "host"'
for name in '"a\nb"' '"b1\n"' '""' '"-a"' '"a b"' '"a..b"' '"192.0.2.1"' '1' "\"$(printf 'a%.0s' $(seq 64))\""; do refused "{\"hostname\":$name}" 'is no host name'; done
for address in '"1.2.3.256"' '"1.2.3"' '"1.2.3.4\n"' '"01.2.3.4"' '":1:2"' '"1:2:3:4:5:6:7:8:9"' '"1:2:3:4:5:6:7"' '"1::2::3"' '":::"' '"12345::"' '"g::"' '"x"' 'null' '{}'; do refused "{\"dns\":[$address]}" 'name servers are a list of addresses'; done
for address in '"192.0.2.1"' '"192.0.2.1/33"' '"::1/129"' '"192.0.2.1/24/1"' '"192.0.2.1/"' '"192.0.2.1/24\nGateway=1.2.3.4"' '7'; do refused "$(one "{\"name\":\"e\",\"addresses\":[$address]}")" 'an address has the length of its network'; done
refused '{"time":["a\n[Time]"]}' 'time servers are'
refused '{"domains":["~."]}' 'domains are'
refused "$(one '{"name":"e*","dhcp":true}')" 'is no name of an interface'
refused "$(one '{"name":"../e","dhcp":true}')" 'is no name of an interface'
refused "$(one '{"dhcp":true}')" 'is no name of an interface'
refused "$(one '"e"')" 'an interface is an object'
refused "$(one '{"name":"e","dhcp":true,"mtu":9000}')" 'has no "mtu"'
refused "$(one '{"name":"e","dhcp":false}')" 'neither DHCP nor'
refused "$(one '{"name":"e","dhcp":true,"addresses":["192.0.2.1/24"]}')" 'not both'
refused "$(one '{"name":"e","gateways":["192.0.2.1"]}')" 'a gateway, but no address'
refused "$(one '{"name":"e"},{"name":"e"}')" 'named twice'

# Made to files, and made to count.
"$network" set <<<'{"hostname":"b1","time":["ntp.example.org"],"dns":["192.0.2.53"],"interfaces":[{"name":"enp1s0","addresses":["192.0.2.10/24"],"gateways":["192.0.2.1"]},{"name":"eth1","dhcp":true}]}' || fail "set"
equal "$(cat "$scratch/ordered")" $'restart azekura-network.service\nreload\ntry-restart systemd-resolved.service systemd-timesyncd.service\n--no-legend list\nreconfigure e0'
"$network" apply
equal "$(cat "$scratch/hostname")" b1
has "$(cat "$AZEKURA_RUN_ROOT/azekura/hosts")" '127.0.1.1 b1'
fixed=$(cat "$AZEKURA_RUN_ROOT/systemd/network/10-azekura-1.network")
has "$fixed" $'Name=enp1s0\n' $'DHCP=no\nAddress=192.0.2.10/24\nGateway=192.0.2.1'
has "$(cat "$AZEKURA_RUN_ROOT/systemd/network/10-azekura-2.network")" $'Name=eth1\n' 'DHCP=yes'
has "$(cat "$AZEKURA_RUN_ROOT/systemd/resolved.conf.d/azekura.conf")" 'DNS=192.0.2.53'
has "$(cat "$AZEKURA_RUN_ROOT/systemd/timesyncd.conf.d/azekura.conf")" 'NTP=ntp.example.org'
equal "$("$network" show | jq -r .settings.hostname)" b1

# What is refused changes nothing.
before=$(cat "$AZEKURA_SYSTEM_STATE/network.json")
"$network" set <<<'{"hostname":"*"}' 2>/dev/null && fail "a wrong name was kept"
equal "$(cat "$AZEKURA_SYSTEM_STATE/network.json")" "$before"
# Taken out again, and broken by a fault: the start goes on with DHCP.
"$network" keep <<<'{}'
"$network" apply
equal "$(find "$AZEKURA_RUN_ROOT/systemd" -type f)" ''
printf '{"hostname":' >"$AZEKURA_SYSTEM_STATE/network.json"
"$network" apply 2>/dev/null || fail "a broken file ends the start"
equal "$(cat "$scratch/hostname")" azekura
finish

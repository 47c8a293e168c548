# The form of the network settings, as the set-up file, the console and the door have it:
#   {"hostname": "backup1", "time": ["ntp.example.org"], "dns": ["192.0.2.53"], "domains": ["example.org"],
#    "interfaces": [{"name": "enp1s0", "addresses": ["192.0.2.10/24"], "gateways": ["192.0.2.1"]}, {"name": "enp2s0", "dhcp": true}]}
# All of it may be left out. Interfaces that are not named ask by DHCP. Every text is matched from its first sign to its last (\A, \z): a line's end in
# one would be a setting of its own in systemd's files.

def number($most): test("\\A(0|[1-9][0-9]{0,2})\\z") and tonumber <= $most;
def ipv4: test("\\A[0-9.]+\\z") and (split(".") | length == 4 and all(number(255)));
def ipv6: test("\\A[0-9a-fA-F:]{2,39}\\z") and (split(":") | length >= 3 and length <= 9 and all(length <= 4))
    and ([match("::"; "g")] | length <= 1) and (test(":::") | not)
    and (if test("::") then (split(":") | map(select(. != "")) | length <= 7) else (split(":") | length == 8 and all(length > 0)) end)
    and (test("\\A:[^:]") or test("[^:]:\\z") | not);
def address: type == "string" and (ipv4 or ipv6);
def with_length: type == "string" and (split("/") | length == 2 and (.[1] as $length | .[0] | (ipv4 and ($length | number(32))) or (ipv6 and ($length | number(128)))));
def part: "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
def host: type == "string" and length <= 253 and (address or (test("\\A" + part + "(\\." + part + ")*\\z")));
# The kernel keeps no longer one.
def hostname: type == "string" and length <= 63 and test("\\A" + part + "(\\." + part + ")*\\z") and (ipv4 | not);
def list(f): type == "array" and length <= 16 and all(f);
def shown: tojson | .[0:80];

def wrong_interface:
    if type != "object" then "an interface is an object with a name, not \(shown)"
    else . as $interface
    | (keys_unsorted - ["name", "dhcp", "addresses", "gateways"])[0] as $unknown
    | if $unknown != null then "an interface has no \($unknown | shown); it has name, dhcp, addresses and gateways"
      elif (.name | type == "string" and test("\\A[A-Za-z0-9][A-Za-z0-9_.-]{0,14}\\z") | not) then "\(.name | shown) is no name of an interface"
      elif has("dhcp") and (.dhcp | type != "boolean") then "dhcp is true or false"
      elif has("addresses") and (.addresses | list(with_length) and length > 0 | not) then "an address has the length of its network, like 192.0.2.10/24 or 2001:db8::10/64; not \(.addresses | shown)"
      elif has("gateways") and (.gateways | list(address) | not) then "a gateway is an address like 192.0.2.1, not \(.gateways | shown)"
      elif (has("addresses") | not) and .dhcp == false then "\(.name) has neither DHCP nor an address"
      elif has("addresses") and .dhcp == true then "\(.name) has DHCP or addresses, not both"
      elif has("gateways") and (has("addresses") | not) then "\(.name) has a gateway, but no address"
      else empty end
    end;

# The first thing that is wrong; nothing if all is right.
def wrong:
    first(
        if type != "object" then "the settings are an object, not \(shown)"
        else (keys_unsorted - ["hostname", "time", "dns", "domains", "interfaces"])[0] as $unknown
        | (if $unknown != null then "there is no setting \($unknown | shown); there are hostname, time, dns, domains and interfaces"
           elif has("hostname") and (.hostname | hostname | not) then "\(.hostname | shown) is no host name: letters, digits and -, 63 at most"
           elif has("time") and (.time | list(host) | not) then "time servers are a list of names or addresses, not \(.time | shown)"
           elif has("dns") and (.dns | list(address) | not) then "name servers are a list of addresses, not \(.dns | shown)"
           elif has("domains") and (.domains | list(host) | not) then "domains are a list of names, not \(.domains | shown)"
           elif has("interfaces") and (.interfaces | type != "array" or length > 64) then "interfaces are a list"
           else (.interfaces // [])[] | wrong_interface end),
          (if ((.interfaces // []) | map(.name?) | length != (unique | length)) then "an interface is named twice" else empty end)
        end), "" | select(. != "");

# systemd's file for one interface.
def interface($name):
    (.interfaces[] | select(.name == $name))
    | "[Match]", "Name=\(.name)", "", "[Network]", "LinkLocalAddressing=ipv6",
      (if .addresses then "DHCP=no", (.addresses[] | "Address=\(.)"), ((.gateways // [])[] | "Gateway=\(.)") else "DHCP=yes", "", "[DHCPv4]", "UseDomains=yes" end);

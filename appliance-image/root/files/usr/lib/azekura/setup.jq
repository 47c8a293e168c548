# The form of the set-up file azekura-setup.json: network settings (network.jq) and, each if wanted,
#   "password": "…"           of the user admin, for once          "passwordHash": "$argon2id$…"   what a password of his is checked by
#   "install": "auto" | ID    the disk onto which to install, by its name, serial number or link in /dev/disk/by-id; only with "erase": true
include "network";

def own: ["password", "passwordHash", "install", "erase"];
def network_settings: delpaths([own[] | [.]]);

def wrong_setup:
    first(
        if type != "object" then "it is an object, not \(shown)"
        elif has("password") and (.password | type == "string" and length >= 12 and length <= 200 and test("\\A[^\\x00-\\x1f\\x7f$][^\\x00-\\x1f\\x7f]*\\z") | not) then "password is a text of 12 to 200 characters that does not begin with $"
        elif has("password") and (.password | (ascii_downcase | contains("admin")) or (explode | unique | length < 5)) then "password has the name admin in it, or always the same characters"
        elif has("passwordHash") and (.passwordHash | type == "string" and test("\\A\\$argon2id\\$v=19\\$m=[0-9]{1,5},t=[0-9]{1,2},p=[0-9]\\$[A-Za-z0-9+/]{11,64}\\$[A-Za-z0-9+/]{43}\\z") | not) then "passwordHash has the form $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH"
        elif has("passwordHash") and (.passwordHash | [match("[mtp]=([0-9]+)"; "g").captures[0].string | tonumber] | .[0] > 32768 or .[1] > 10 or .[2] > 4) then "passwordHash takes too much work; at most m=32768,t=10,p=4"
        elif has("password") and has("passwordHash") then "it has password or passwordHash, not both"
        elif has("install") and (.install | type == "string" and test("\\A[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}\\z") | not) then "install is \"auto\" or names a disk"
        elif has("install") and .erase != true then "install needs \"erase\": true, for all that is on that disk is erased"
        elif has("erase") and (has("install") | not) then "erase is of no use without install"
        else network_settings | wrong end, "") | select(. != "");

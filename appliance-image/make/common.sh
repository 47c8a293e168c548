# What every step knows; sourced. The steps are called by ../image with the folder of their results as the only argument.
# shellcheck shell=bash disable=SC2034 # the steps use what is set here
set -eu -o pipefail
umask 022
export LC_ALL=C.UTF-8 TZ=UTC

here=$(dirname -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")")
project=$(dirname -- "$here")
target=$(readlink -m -- "${1:?the folder of the results}")
die() { printf 'image: %s\n' "$*" >&2; exit 1; }

# Version of the firmware: the project's unless a build names another one.
version=${AZEKURA_IMAGE_VERSION:-$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' "$project/pom.xml")}
# One time for all files, so that the same inputs give the same image.
SOURCE_DATE_EPOCH=$(date -d "$(sed -n 's:.*<project.build.outputTimestamp>\(.*\)</.*:\1:p' "$project/pom.xml")" +%s)
export SOURCE_DATE_EPOCH
# The keys of this checkout, unless a distributor or a test has others.
keys=${AZEKURA_IMAGE_KEYS:-$here/keys}

# The first words of a list's lines.
words() { sed -n 's/^\([^#[:space:]][^[:space:]]*\).*/\1/p' "$@"; }

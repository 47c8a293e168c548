#!/bin/sh
# Lifts all formats to their first frozen version, once: the constant, the golden files, the tests that read them.
# Usage, in a clean work tree: docs/decisions/lift-formats.sh 1
set -eu
version=${1:?give the version, like 1}
cd "$(dirname "$0")/../.."
test -z "$(git status --porcelain)" || { echo "the work tree is not clean" >&2; exit 2; }

constant=core/engine/src/main/java/org/azekura/engine/format/FormatVersion.java
golden=core/engine/src/test/resources/golden
volumes=core/extract/src/test/resources/golden
run() { mvn -q -B -o verify -am -Dsurefire.failIfNoSpecifiedTests=false "$@"; }

sed -i "s/\(int FIRST = \)[0-9]*;/\1$version;/" "$constant"
# The draft's test vector is not ours; all others bear the number.
find "$golden" -type f ! -name 'xwing-*' -delete
rm -r "$volumes"/volume-*
run -pl core/engine -Dgolden.write=true -Dtest='KeyRingTest,RecoveryFileTest,SealTest,PackTest,LabelTest,CheckpointTest'
run -pl core/extract -Dgolden.volume="$version" -Dtest='GoldenVolumeTest#isWrittenOnDemand'
run -pl core/extract,core/storagenode -Dtest='org.azekura.engine.**.*Test,GoldenVolumeTest,ExtractTest,DamageMark*Test'
git add -A "$golden" "$volumes" "$constant"
git status --short

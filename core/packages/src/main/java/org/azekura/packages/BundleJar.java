package org.azekura.packages;

import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Looks through a bundle as whoever loads classes from it would. */
final class BundleJar {

    private static final int MAX_ENTRIES = 65_000;
    private static final int MAX_NAME = 1000;

    private BundleJar() {}

    static void check(String name, Region bytes, Unpacked unpacked) throws Flaw, IOException {
        ZipDirectory jar = ZipDirectory.read(bytes).orElseThrow(() -> new Flaw("its bundle " + name + " is no jar, or a truncated one"));
        if (jar.members().size() > MAX_ENTRIES) {
            throw new Flaw("its bundle " + name + " has more than " + MAX_ENTRIES + " entries");
        }
        Set<String> seen = new HashSet<>();
        boolean manifest = false;
        for (ZipDirectory.Member member : jar.members()) {
            if (EntryName.leadsOut(member.name()) || member.name().length() > MAX_NAME) {
                throw new Flaw("the entry \"" + member.name() + "\" of its bundle " + name + " leads out of it");
            }
            unpacked.add(name + "!", member);
            manifest |= member.name().toUpperCase(Locale.ROOT).equals("META-INF/MANIFEST.MF");
        }
        for (ZipDirectory.Member member : jar.members()) {
            // Class files may differ by case alone; a loader looks them up by their exact names.
            if (!seen.add(member.name())) {
                throw new Flaw("the entry " + member.name() + " of its bundle " + name + " is there twice");
            }
            try {
                jar.unpack(member, (piece, length) -> { });
            } catch (Flaw e) {
                throw new Flaw("of its bundle " + name + " " + e.getMessage());
            }
        }
        if (!manifest) {
            throw new Flaw("its bundle " + name + " has no META-INF/MANIFEST.MF");
        }
    }
}

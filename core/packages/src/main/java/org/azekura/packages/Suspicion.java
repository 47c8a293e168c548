package org.azekura.packages;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Optional;

/** Looks at a file that is not in form, to say what is likely to be wrong with it. Nothing is believed of what is found. */
final class Suspicion {

    private static final String OURS = "META-INF/azekura-";

    private Suspicion() {}

    /** Whether this was a driver package once, whole or not: its first entry or its directory says so. */
    static boolean isOurs(Region file) throws IOException {
        int name = ZipForm.LOCAL_BYTES;
        int length = (int) Math.min(file.size(), name + OURS.length());
        String begin = new String(file.bytes(0, length), ISO_8859_1);
        boolean header = length >= 4 && begin.startsWith("PK\u0003\u0004");
        if (header && (length <= name || OURS.startsWith(begin.substring(name)))) {
            return true;
        }
        return ZipDirectory.read(file).stream().flatMap(found -> found.members().stream()).anyMatch(member -> member.name().startsWith(OURS));
    }

    static Optional<String> of(Region file) throws IOException {
        ZipDirectory directory = ZipDirectory.read(file).orElse(null);
        if (directory == null) {
            return Optional.of("it is truncated or damaged: there is no directory at its end");
        }
        try {
            lookAt(directory);
            return Optional.empty();
        } catch (Flaw e) {
            return Optional.of(e.getMessage());
        }
    }

    private static void lookAt(ZipDirectory directory) throws Flaw {
        EntryName.Seen seen = new EntryName.Seen();
        Unpacked unpacked = new Unpacked();
        for (ZipDirectory.Member member : directory.members()) {
            EntryName.check(member.isFolder() ? member.name().substring(0, member.name().length() - 1) : member.name());
            seen.add(member.name());
            unpacked.add("", member);
        }
        for (ZipDirectory.Member member : directory.members()) {
            if (member.method() != ZipDirectory.STORED) {
                throw new Flaw("its entry " + member.name() + " is compressed, which another zip program has done after it was signed; \"azekura driver"
                        + " sign\" signs it as it is now");
            }
        }
    }
}

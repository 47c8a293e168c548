package org.azekura.packages;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Optional;

/** Looks at a file that is not in form, to say what is likely to be wrong with it. Nothing is believed of what is found. */
final class Suspicion {

    static final String SIGN = "its publisher signs it with \"azekura driver sign\"";

    private static final String OURS = "META-INF/azekura-";
    /** Names of entries stand there, in any zip of not too many. */
    private static final int TAIL = 128 << 10;

    private Suspicion() {}

    /** Whether this was a driver package once, whole or not: its first entry says so, or what is left of its directory. */
    static boolean isOurs(Region file) throws IOException {
        int name = ZipForm.LOCAL_BYTES;
        int length = (int) Math.min(file.size(), name + OURS.length());
        String begin = new String(file.bytes(0, length), ISO_8859_1);
        if (length >= 4 && begin.startsWith("PK\u0003\u0004") && (length <= name || OURS.startsWith(begin.substring(name)))) {
            return true;
        }
        int tail = (int) Math.min(file.size(), TAIL);
        return new String(file.bytes(file.size() - tail, tail), ISO_8859_1).contains(OURS);
    }

    static Optional<Flaw> of(Region file) throws IOException {
        ZipDirectory directory = ZipDirectory.read(file).orElse(null);
        if (directory == null) {
            return Optional.of(new Flaw("it is truncated or damaged: there is no directory at its end"));
        }
        try {
            lookAt(directory);
            return Optional.empty();
        } catch (Flaw e) {
            return Optional.of(e);
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
        if (directory.members().stream().noneMatch(member -> member.name().equals(EntryName.SIGNATURE))) {
            throw new Flaw("it is unsigned, and another zip program has written it", SIGN);
        }
        for (ZipDirectory.Member member : directory.members()) {
            if (member.method() != ZipDirectory.STORED) {
                throw new Flaw("its entry " + member.name() + " is compressed, which another zip program has done after it was signed", SIGN);
            }
        }
    }
}

package org.azekura.testkit.fuzz;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;

/**
 * A decoder and what must hold for any bytes.
 *
 * @param name        for messages
 * @param codes       of the failures that are documented for it
 * @param seeds       whole inputs that it takes
 * @param mend        makes checksums right again after a change, so that what they guard is reached too; {@link #NOTHING} if there is none
 * @param baseBytes   what it may allocate whatever the input
 * @param bytesPerByte what it may allocate for each byte of input, beside that
 * @param check       decodes, and throws an {@link AssertionError} if a property does not hold
 */
public record Target(String name, Set<String> codes, List<byte[]> seeds, Mend mend, long baseBytes, int bytesPerByte, Check check) {

    /** What any decoder may allocate: messages, formatting, first use of classes. */
    private static final long BASE = 512 << 10;
    public static final Mend NOTHING = input -> input;
    private static final int USUAL = 100;

    public Target {
        codes = Set.copyOf(codes);
        seeds = List.copyOf(seeds);
    }

    /** One without checksums and with the usual appetite. */
    public static Target of(String name, String code, List<byte[]> seeds, Check check) {
        return new Target(name, Set.of(code), seeds, NOTHING, BASE, USUAL, check);
    }

    public Target mended(Mend by) {
        return new Target(name, codes, seeds, by, baseBytes, bytesPerByte, check);
    }

    public Target allocating(long base, int forEachByte) {
        return new Target(name, codes, seeds, mend, base, forEachByte, check);
    }

    public Target alsoFailing(String code) {
        Set<String> all = new HashSet<>(codes);
        all.add(code);
        return new Target(name, all, seeds, mend, baseBytes, bytesPerByte, check);
    }

    /** Decodes; what the decoder throws is passed on. */
    @FunctionalInterface
    public interface Check {
        void on(byte[] input) throws BackupException;
    }

    /** Gives back the input, changed or not; any length. */
    @FunctionalInterface
    public interface Mend {
        byte[] apply(byte[] input);
    }
}

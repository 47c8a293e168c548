package org.azekura.bench.corpus;

import java.util.List;
import java.util.Set;

/** All kinds of work that are measured. */
public final class Corpora {

    /** Not in the sums: walking is all there is to measure. */
    public static final String WALK = "tiny-files";

    private static final long SEED = 753;
    private static final int MIB = 1 << 20;
    private static final int IN_FOLDER = 1000;

    private Corpora() {}

    /** @param tiny how many tiny files there shall be; 0 for as many as the scale has */
    public static List<Corpus> all(Scale scale, int tiny) {
        boolean full = scale == Scale.FULL;
        return List.of(
                new SmallFiles(full ? 100_000 : 10_000, SEED),
                new Binaries((full ? 400L : 48L) * MIB, SEED),
                new DiskImage((full ? 1024L : 128L) * MIB, SEED),
                new Database((full ? 200 : 40) * MIB / Database.PAGE, SEED),
                new Logs(8, (full ? 25 : 4) * MIB, SEED),
                new Noise(8, (full ? 25 : 4) * MIB, SEED),
                new TinyFiles(tiny > 0 ? tiny : full ? 1_000_000 : 50_000, IN_FOLDER, SEED));
    }

    /** Tiny files that all lie in one folder. */
    public static Corpus flat(int files) {
        return new TinyFiles(files, files, SEED);
    }

    /** Random bytes, in eight files. */
    public static Corpus noise(int mib) {
        return new Noise(8, mib / 8 * MIB, SEED);
    }

    /** @throws IllegalArgumentException naming what is unknown, and what there is */
    public static List<Corpus> named(Scale scale, int tiny, Set<String> names) {
        List<Corpus> all = all(scale, tiny);
        List<String> known = all.stream().map(Corpus::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("there is no corpus " + name + "; there are " + String.join(", ", known));
            }
        }
        return all.stream().filter(corpus -> names.isEmpty() || names.contains(corpus.name())).toList();
    }
}

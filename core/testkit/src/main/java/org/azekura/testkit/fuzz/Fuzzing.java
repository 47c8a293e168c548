package org.azekura.testkit.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.testkit.Seeds;

/** Runs targets. Whatever fails names the input, and the seed that made it. */
public final class Fuzzing {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long CPU_NANOS = 2_000_000_000L;
    private static final int SHOWN = 4096;

    private Fuzzing() {}

    /** Every seed as it is, which must be taken, and then so many inputs that are nearly one. */
    public static void run(Target target, int runs) {
        long seed = Seeds.start();
        for (byte[] whole : target.seeds()) {
            try {
                target.check().on(whole.clone());
            } catch (BackupException e) {
                throw new AssertionError(target.name() + " does not take its own seed " + shown(whole), e);
            }
        }
        Random random = Seeds.random(seed);
        Mutations mutations = new Mutations(random, target.seeds());
        for (int i = 0; i < runs; i++) {
            byte[] input = mutations.next();
            try {
                once(target, random.nextInt(4) == 0 ? input : target.mend().apply(input));
            } catch (AssertionError e) {
                throw new AssertionError("-Dseed=" + seed + ", input " + i + ": " + e.getMessage(), e);
            }
        }
    }

    /** One input: fails only as documented, allocates and computes within bounds. */
    public static void once(Target target, byte[] input) {
        String problem = costs(target, input.clone());
        // The first time may load classes, and a fuzzer's agent rewrites them.
        problem = problem == null ? null : costs(target, input.clone());
        if (problem != null) {
            throw failed(target, input, problem, null);
        }
    }

    /** @return what is wrong with what it cost, or null */
    private static String costs(Target target, byte[] input) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long cpu = THREADS.getCurrentThreadCpuTime();
        decode(target, input);
        allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        cpu = THREADS.getCurrentThreadCpuTime() - cpu;
        long bound = target.baseBytes() + (long) target.bytesPerByte() * input.length;
        if (allocated > bound) {
            return "allocates " + allocated + " bytes, at most " + bound + " are right for " + input.length;
        }
        return cpu > CPU_NANOS ? "computes for " + cpu / 1_000_000 + " ms" : null;
    }

    private static void decode(Target target, byte[] input) {
        try {
            target.check().on(input);
        } catch (BackupException e) {
            if (!target.codes().contains(e.failure().code())) {
                throw failed(target, input, "fails with " + e.failure().code() + ", documented are " + target.codes(), e);
            }
            if (e.getMessage().chars().anyMatch(Character::isISOControl)) {
                throw failed(target, input, "has control characters in its message: " + e.getMessage(), e);
            }
        } catch (RuntimeException | Error e) {
            throw failed(target, input, "throws " + e, e);
        }
    }

    private static AssertionError failed(Target target, byte[] input, String what, Throwable cause) {
        return new AssertionError(target.name() + " " + what + "; input of " + input.length + " bytes: " + shown(input), cause);
    }

    private static String shown(byte[] input) {
        return HexFormat.of().formatHex(input, 0, Math.min(input.length, SHOWN)) + (input.length > SHOWN ? "…" : "");
    }

    /** For a fuzzer that knows only bytes: the first chooses among the targets, the second whether checksums are mended. */
    public static void any(List<Target> targets, byte[] input) {
        if (input.length >= 2) {
            Target target = targets.get((input[0] & 0xff) % targets.size());
            byte[] rest = Arrays.copyOfRange(input, 2, input.length);
            once(target, input[1] == 0 ? rest : target.mend().apply(rest));
        }
    }

    /** The whole inputs of all targets, as {@link #any} takes it. */
    public static List<byte[]> seeds(List<Target> targets) {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            for (byte[] seed : targets.get(i).seeds()) {
                byte[] input = new byte[seed.length + 2];
                input[0] = (byte) i;
                input[1] = 1;
                System.arraycopy(seed, 0, input, 2, seed.length);
                all.add(input);
            }
        }
        return all;
    }
}

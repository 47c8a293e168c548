package org.azekura.engine;

import java.security.SecureRandom;
import java.util.Random;
import java.util.function.Consumer;

/** Randomness that can be had again. */
public final class Seeded {

    private Seeded() {}

    /** Runs a test with a fresh seed, which a failure names; {@code -Dseed=N} runs it with that one. */
    public static void run(Consumer<Random> test) {
        long seed = Long.getLong("seed", System.nanoTime());
        try {
            test.accept(new Random(seed));
        } catch (RuntimeException | Error e) {
            throw new AssertionError("with -Dseed=" + seed + ": " + e.getMessage(), e);
        }
    }

    public static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Not secure: gives the same bytes every time. */
    public static SecureRandom notSecure(long seed) {
        return new Repeating(seed);
    }

    private static final class Repeating extends SecureRandom {

        private static final long serialVersionUID = 1;

        private final Random random;

        Repeating(long seed) {
            random = new Random(seed);
        }

        @Override
        public void nextBytes(byte[] bytes) {
            random.nextBytes(bytes);
        }
    }
}

package org.azekura.bench.corpus;

/** Random numbers that follow from a seed alone, in every version of Java: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). One thread. */
final class Dice {

    private long state;

    Dice(long seed) {
        state = seed;
    }

    /** Dice for a part of what is made; they do not depend on how often these were thrown. */
    static Dice of(long seed, String part) {
        long mixed = seed;
        for (int i = 0; i < part.length(); i++) {
            mixed = new Dice(mixed * 31 + part.charAt(i)).next();
        }
        return new Dice(mixed);
    }

    long next() {
        state += 0x9e3779b97f4a7c15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Below {@code bound}, all alike. */
    int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    boolean oneIn(int n) {
        return below(n) == 0;
    }

    /** From {@code low} to below {@code high}; every doubling is as likely as the next. */
    int spread(int low, int high) {
        double unit = (next() >>> 11) * 0x1p-53;
        return (int) (low * StrictMath.pow((double) high / low, unit));
    }

    void noise(byte[] to, int from, int length) {
        int end = from + length;
        int i = from;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            long bits = next();
            for (int b = 0; b < Long.BYTES; b++) {
                to[i + b] = (byte) (bits >>> (b * Byte.SIZE));
            }
        }
        for (long bits = next(); i < end; i++, bits >>>= Byte.SIZE) {
            to[i] = (byte) bits;
        }
    }
}

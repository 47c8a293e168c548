package org.azekura.testkit.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Inputs that are nearly right: whole ones with a few changes of the kinds that decoders stumble over. */
final class Mutations {

    /** Values at which lengths and counts go wrong. */
    private static final long[] EDGES = {0, 1, 2, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 1L << 20, 1L << 24, 0x7fff_ffffL,
        0x8000_0000L, 0xffff_ffffL, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, -1, -2};
    private static final int MOST = 1 << 16;

    private final Random random;
    private final List<byte[]> seeds;

    Mutations(Random random, List<byte[]> seeds) {
        this.random = random;
        this.seeds = seeds;
    }

    byte[] next() {
        byte[] input = any().clone();
        for (int n = 1 + random.nextInt(1 + random.nextInt(6)); n > 0; n--) {
            input = change(input);
        }
        return input.length > MOST && random.nextInt(50) != 0 ? Arrays.copyOf(input, Math.max(MOST, longest())) : input;
    }

    private int longest() {
        return seeds.stream().mapToInt(seed -> seed.length).max().orElse(0);
    }

    private byte[] any() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] change(byte[] input) {
        int size = input.length;
        if (size == 0) {
            return bytes(random.nextInt(20));
        }
        int at = place(size);
        switch (random.nextInt(10)) {
            case 0:
                input[at] ^= (byte) (1 << random.nextInt(8));
                return input;
            case 1:
                input[at] = (byte) random.nextInt();
                return input;
            case 2:
                input[at] += (byte) (random.nextBoolean() ? 1 : -1);
                return input;
            case 3:
            case 4:
                edge(input, at, 1 << random.nextInt(4));
                return input;
            case 5:
                return Arrays.copyOf(input, random.nextBoolean() ? at : size + 1 + random.nextInt(40));
            case 6:
                return splice(input, at, bytes(1 + random.nextInt(8)), at);
            case 7:
                return splice(input, at, new byte[0], Math.min(size, at + 1 + random.nextInt(8)));
            case 8:
                // A piece of itself once more: nested and repeated parts.
                int from = random.nextInt(size);
                return splice(input, at, Arrays.copyOfRange(input, from, Math.min(size, from + random.nextInt(200))), at);
            default:
                byte[] other = any();
                int cut = other.length == 0 ? 0 : random.nextInt(other.length);
                return splice(input, at, Arrays.copyOfRange(other, cut, other.length), size);
        }
    }

    /** Heads are where the lengths are. */
    private int place(int size) {
        return random.nextInt(3) == 0 ? random.nextInt(Math.min(size, 64)) : random.nextInt(size);
    }

    private void edge(byte[] input, int at, int width) {
        long value = EDGES[random.nextInt(EDGES.length)];
        for (int i = 0; i < width && at + i < input.length; i++) {
            input[at + i] = (byte) (value >>> 8 * (width - 1 - i));
        }
    }

    private static byte[] splice(byte[] input, int at, byte[] piece, int rest) {
        byte[] spliced = new byte[at + piece.length + input.length - rest];
        System.arraycopy(input, 0, spliced, 0, at);
        System.arraycopy(piece, 0, spliced, at, piece.length);
        System.arraycopy(input, rest, spliced, at + piece.length, input.length - rest);
        return spliced;
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}

package org.azekura.bench.corpus;

/** Pieces of which contents are made. A piece of rank r is chosen as often as 1/r, as words in texts and instructions in programs are. */
final class Words {

    private static final int TABLE = 1 << 16;

    private final byte[][] pieces;
    private final int[] ranks;

    private Words(byte[][] pieces, int[] ranks) {
        this.pieces = pieces;
        this.ranks = ranks;
    }

    /** The same words, to be drawn by rank. The ranks are drawn beforehand: a power per piece would cost more than writing it. */
    Words ranked(Dice dice) {
        int[] drawn = new int[TABLE];
        for (int i = 0; i < TABLE; i++) {
            drawn[i] = dice.spread(1, pieces.length + 1) - 1;
        }
        return new Words(pieces, drawn);
    }

    /** Of small letters. */
    static Words letters(Dice dice, int count, int shortest, int longest) {
        byte[][] pieces = new byte[count][];
        for (int i = 0; i < count; i++) {
            pieces[i] = new byte[shortest + dice.below(longest - shortest + 1)];
            for (int k = 0; k < pieces[i].length; k++) {
                pieces[i][k] = (byte) "etaoinshrdlucmfwygpbvk".charAt(dice.spread(1, 23) - 1);
            }
        }
        return new Words(pieces, null);
    }

    /** Of any bytes, small values preferred, as the instructions of a processor are. */
    static Words opcodes(Dice dice, int count, int shortest, int longest) {
        byte[][] pieces = new byte[count][];
        for (int i = 0; i < count; i++) {
            pieces[i] = new byte[shortest + dice.below(longest - shortest + 1)];
            for (int k = 0; k < pieces[i].length; k++) {
                pieces[i][k] = (byte) (dice.spread(1, 257) - 1);
            }
        }
        return new Words(pieces, null);
    }

    /** Only of {@link #ranked} words. */
    byte[] draw(Dice dice) {
        return pieces[ranks[dice.below(TABLE)]];
    }

    /** Every piece as likely as the next. */
    byte[] any(Dice dice) {
        return pieces[dice.below(pieces.length)];
    }
}

package org.azekura.bench.corpus;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Makes contents that compress about as real ones do. Everything follows from the dice. Each method fills exactly what it is given. */
final class Synth {

    private static final Dice FIXED = new Dice(20_260_101);
    private static final Words PROSE = Words.letters(FIXED, 20_000, 2, 10).ranked(FIXED);
    private static final Words OPCODES = Words.opcodes(FIXED, 6_000, 2, 8).ranked(FIXED);
    private static final Words KEYWORDS = Words.letters(FIXED, 40, 2, 9).ranked(FIXED);
    private static final byte[] LICENCE = licence();
    private static final Project SAMPLE = new Project(FIXED);
    /** One line in so many is one that other sources have too. */
    private static final int COMMON = 7;

    private final Dice dice;

    Synth(Dice dice) {
        this.dice = dice;
    }

    /** A text is the same everywhere, as licences are. */
    private static byte[] licence() {
        Line line = new Line(new byte[900], 0, 900);
        while (line.room()) {
            line.put(PROSE.draw(FIXED)).put(' ');
        }
        return line.bytes();
    }

    /** Mails, pages, manuals. zstd 3 makes about a third of it. */
    void prose(byte[] to, int from, int length) {
        Line line = new Line(to, from, length);
        while (line.room()) {
            line.put(PROSE.draw(dice)).put(dice.oneIn(11) ? '\n' : ' ');
        }
    }

    /** A source of a project: indentation, lines that others have too, one in three with a licence above. */
    void source(byte[] to, int from, int length, Project project) {
        Line line = new Line(to, from, length);
        if (dice.oneIn(3)) {
            line.put(LICENCE);
        }
        int depth = 0;
        while (line.room()) {
            depth = Math.max(0, Math.min(5, depth + dice.below(3) - 1));
            for (int i = 0; i < depth; i++) {
                line.put("    ");
            }
            if (dice.oneIn(COMMON)) {
                line.put(project.lines[dice.below(project.lines.length)]).put('\n');
            } else {
                statement(line, project.names);
            }
        }
    }

    /** Fills it with statements; used for what a project's sources have in common. */
    void statements(byte[] to, Words names) {
        Line line = new Line(to, 0, to.length);
        while (line.room()) {
            statement(line, names);
        }
    }

    private void statement(Line line, Words names) {
        line.put(KEYWORDS.draw(dice)).put(' ').put(names.any(dice)).put(" = ").put(PROSE.draw(dice)).put('(').put(names.any(dice)).put(", ");
        line.put(dice.below(1000)).put(dice.oneIn(2) ? ");\n" : ") {\n");
    }

    /** Programs and libraries. zstd 3 makes a bit less than half of it. */
    void program(byte[] to, int from, int length) {
        Line line = new Line(to, from, length);
        while (line.room()) {
            line.put(OPCODES.draw(dice));
            if (dice.oneIn(3)) {
                line.put((byte) dice.next()).put((byte) dice.below(4)).put((byte) 0).put((byte) 0);
            }
        }
    }

    /** Pictures, archives, whatever is compressed or sealed already. */
    void noise(byte[] to, int from, int length) {
        dice.noise(to, from, length);
    }

    /** Rows of a table, as they lie in a page of a database. */
    void rows(byte[] to, int from, int length) {
        Line line = new Line(to, from, length);
        while (line.room()) {
            line.put((byte) 0x80).put((byte) 9).put(dice.below(200_000)).put((byte) 0).put(PROSE.draw(dice)).put(' ').put(PROSE.draw(dice)).put((byte) 0);
            line.put("2026-0").put(1 + dice.below(9)).put('-').put(10 + dice.below(19)).put((byte) 0);
            line.put(dice.below(100_000)).put('.').put(dice.below(100)).put((byte) 0).hex(dice.next(), 6);
        }
    }

    /** Lines of a server's log; {@code second} counts from the log's begin. */
    void log(byte[] to, int from, int length, int second) {
        Line line = new Line(to, from, length);
        for (int n = 0; line.room(); n++) {
            int at = second + n / 40;
            line.put("2026-01-").put(10 + at / 86_400 % 20).put('T').put(10 + at / 3600 % 14).put(':').put(10 + at / 60 % 50).put(':').put(10 + at % 50);
            line.put(" host-").put(dice.below(8)).put(" web[").put(2000 + dice.below(16)).put("]: ").put(dice.oneIn(20) ? "WARN" : "INFO");
            line.put(" GET /").put(KEYWORDS.draw(dice)).put('/').put(PROSE.draw(dice)).put(" user=").put(dice.below(5000)).put(" id=").hex(dice.next(), 12);
            line.put(" took ").put(dice.spread(1, 2000)).put(" ms\n");
        }
    }

    /** One kind or another, as they lie side by side on a disk. */
    void mixed(byte[] to, int from, int length) {
        switch (dice.below(6)) {
            case 0 -> prose(to, from, length);
            case 1 -> rows(to, from, length);
            case 2 -> noise(to, from, length);
            case 3 -> source(to, from, length, SAMPLE);
            default -> program(to, from, length);
        }
    }

    /** Writes to the end of a stretch and drops what does not fit. */
    private static final class Line {

        private final byte[] to;
        private final int end;
        private int at;

        Line(byte[] to, int from, int length) {
            this.to = to;
            this.at = from;
            this.end = from + length;
        }

        boolean room() {
            return at < end;
        }

        byte[] bytes() {
            return to;
        }

        Line put(byte b) {
            if (at < end) {
                to[at++] = b;
            }
            return this;
        }

        Line put(char c) {
            return put((byte) c);
        }

        Line put(byte[] bytes) {
            int length = Math.min(bytes.length, end - at);
            System.arraycopy(bytes, 0, to, at, length);
            at += length;
            return this;
        }

        Line put(String text) {
            return put(text.getBytes(US_ASCII));
        }

        Line put(int number) {
            return put(Integer.toString(number));
        }

        Line hex(long bits, int digits) {
            for (int i = 0; i < digits; i++) {
                put("0123456789abcdef".charAt((int) (bits >>> (4 * i)) & 15));
            }
            return this;
        }
    }
}

package org.azekura.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** One call of the program, and what it said. */
record Called(int exit, String out, String err) {

    static Called with(Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        int exit = Kit.run(new Told(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)), words);
        return new Called(exit, out.toString(UTF_8), err.toString(UTF_8));
    }

    /** @return its lines */
    Called done() {
        assertEquals(0, exit, out + err);
        return this;
    }

    /** @return what was said, on one line */
    String failed(int expected) {
        assertEquals(expected, exit, out + err);
        assertEquals(1, err.lines().count(), err);
        return err;
    }
}

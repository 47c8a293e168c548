package org.azekura.extract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Arrays;

/** What the program said and how it ended. */
record Called(String command, int exit, String out, String err) {

    static Called with(Object... arguments) {
        return on(Machine.REAL, arguments);
    }

    static Called on(Machine machine, Object... arguments) {
        String[] args = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int exit = Extract.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), machine, args);
        return new Called(String.join(" ", args), exit, out.toString(UTF_8), err.toString(UTF_8));
    }

    Called exits(int expected) {
        assertEquals(expected, exit, this::toString);
        return this;
    }
}

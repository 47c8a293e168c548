package org.azekura.kit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;

/** Where results and notes go. */
record Told(PrintStream out, PrintStream err) {

    /** Writes one value. */
    @FunctionalInterface
    interface Body {
        void write(JsonGenerator document) throws IOException;
    }

    void line(String text) {
        out.println(text);
    }

    /** Beside the result; does not change the exit code. */
    void note(String text) {
        err.println("azekura: note: " + text);
    }

    void object(Body body) throws IOException {
        try (JsonGenerator document = new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            document.writeStartObject();
            body.write(document);
            document.writeEndObject();
        }
        out.println();
        out.flush();
    }
}

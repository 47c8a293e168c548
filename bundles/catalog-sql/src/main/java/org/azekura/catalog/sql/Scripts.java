package org.azekura.catalog.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The numbered scripts of a store; one that has been released is never edited. */
public final class Scripts {

    private Scripts() {}

    /** Those in the folder {@code schema} beside a class, from this number on without a gap. */
    public static List<String> beside(Class<?> store, int first) {
        List<String> found = new ArrayList<>();
        try {
            while (true) {
                try (InputStream script = store.getResourceAsStream("schema/%04d.sql".formatted(first + found.size()))) {
                    if (script == null) {
                        return found;
                    }
                    found.add(new String(script.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

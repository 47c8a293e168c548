package org.azekura.server.driver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Certificates of the test: ann, bob, other-bob and nobody are valid from 2020 to 2119, old is from 2019 and expired at the end of it. */
final class Pem {

    private Pem() {}

    static String of(String name) throws IOException {
        try (InputStream in = Pem.class.getResourceAsStream(name + ".pem")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}

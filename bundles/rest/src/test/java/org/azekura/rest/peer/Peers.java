package org.azekura.rest.peer;

import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.access.Seal;
import org.azekura.api.catalog.CatalogServer;
import org.azekura.rest.https.LocalToken;

/** What servers of one catalog share, for servers that speak without TLS. */
public final class Peers {

    private Peers() {}

    /** @param token of the home of the server that passes on */
    public static PassOn of(Supplier<List<CatalogServer>> servers, String token) {
        return new PassOn(servers, place -> HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), seal("shared"), new LocalToken(token), "backup2", PassOn.BRIEFLY);
    }

    /** One that hides nothing, and opens only what was sealed by the same key for the same. */
    public static Seal seal(String key) {
        return new Seal() {
            @Override
            public String seal(byte[] secret, String of) {
                return Base64.getEncoder().encodeToString((key + "\n" + of + "\n" + new String(secret, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public byte[] open(String sealed, String of) throws BackupException {
                String text = new String(Base64.getDecoder().decode(sealed), StandardCharsets.UTF_8);
                String before = key + "\n" + of + "\n";
                if (!text.startsWith(before)) {
                    throw BackupException.corrupt("secret.damaged", of, "sealed by another, or for something else");
                }
                return text.substring(before.length()).getBytes(StandardCharsets.ISO_8859_1);
            }
        };
    }
}

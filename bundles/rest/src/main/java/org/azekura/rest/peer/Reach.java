package org.azekura.rest.peer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.access.Seal;

/** How a server speaks with another. */
@FunctionalInterface
interface Reach {

    /** Less than whoever looks at a page waits. */
    Duration TO_CONNECT = Duration.ofSeconds(3);
    Duration TO_ANSWER = Duration.ofSeconds(5);

    /**
     * @param place like {@code https://backup1:8443}
     * @return one that trusts that server alone
     * @throws IOException     if it can't be reached
     * @throws BackupException if it is none of this catalog
     */
    HttpClient client(URI place) throws IOException, BackupException, InterruptedException;

    /** By what the two prove to each other with the key that they share. */
    static Reach introduced(Seal seal) {
        return place -> {
            AtomicReference<String> shown = new AtomicReference<>();
            Introduction introduction = new Introduction(seal);
            HttpClient stranger = client(shown);
            try {
                HttpResponse<Void> answer = stranger.send(HttpRequest.newBuilder(place.resolve(PeerServlet.PATH)).timeout(TO_ANSWER)
                        .header(Introduction.QUESTION, introduction.question()).build(), HttpResponse.BodyHandlers.discarding());
                String said = answer.headers().firstValue(Introduction.ANSWER).orElseThrow(() -> BackupException.operator("server.foreign", place.toString(),
                        "who answers there does not prove to be a server of this catalog; its home may have other keys"));
                String known = introduction.fingerprint(said);
                if (!known.equals(shown.get())) {
                    throw BackupException.operator("server.foreign", place.toString(), "somebody between shows the certificate " + shown.get() + ", and " + place + " has " + known);
                }
                return client(known::equals);
            } finally {
                stranger.shutdownNow();
            }
        };
    }

    private static HttpClient client(AtomicReference<String> shown) {
        return client(fingerprint -> {
            shown.set(fingerprint);
            return true;
        });
    }

    private static HttpClient client(Predicate<String> taken) {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TO_CONNECT).followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(PeerTrust.context(taken)).build();
    }
}

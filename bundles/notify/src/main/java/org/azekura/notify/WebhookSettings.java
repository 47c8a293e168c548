package org.azekura.notify;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * Where a program listens.
 *
 * @param secret  that signs; empty: nothing does
 * @param headers of its own, by name
 */
record WebhookSettings(URI url, SSLContext trust, Duration timeout, String secret, Map<String, String> headers) {

    static final String URL = "url";
    static final Set<String> NAMES = Set.of(URL, "ca", "timeout");
    /** Beside these all that begin with {@link #HEADER}. An address that nobody may know can be given as a secret. */
    static final Set<String> SECRETS = Set.of("secret", URL);
    /** The whole of the address: behind one host there may be many who listen. */
    static final List<String> WHERE = List.of(URL, "ca");
    static final String HEADER = "header.";
    static final String LOCAL = "A webhook goes to this very machine only if the setting localWebhooks of org.azekura.notify permits it";
    private static final int USUAL_s = 10;
    private static final int MOST_s = 60;
    private static final int LONGEST = 2000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");
    /** What belongs to the line or to us. */
    private static final Set<String> TAKEN = Set.of("host", "content-length", "content-type", "connection", "expect", "upgrade", "transfer-encoding", "date", "user-agent",
            "accept", "keep-alive", "trailer", "via", "origin", "content-transfer-encoding", "access-control-request-headers", "access-control-request-method");

    /** @throws IllegalArgumentException names the setting, then says what is wrong with it, behind a colon */
    static WebhookSettings read(Map<String, String> settings, Map<String, String> secrets) {
        if (settings.containsKey("url") && secrets.containsKey("url")) {
            throw Read.wrong("url", "it is given twice, in clear and as a secret; take one away");
        }
        String url = Read.needed(settings.containsKey("url") ? settings : secrets, "url", "like https://hooks.example.com/azekura");
        Map<String, String> headers = new TreeMap<>();
        secrets.forEach((name, value) -> {
            if (name.startsWith(HEADER)) {
                headers.put(header(name), value);
                if (value.length() > LONGEST || value.chars().anyMatch(c -> c < ' ' || c > '~')) {
                    throw Read.wrong(name, "what a header says is up to " + LONGEST + " letters of ASCII");
                }
            }
        });
        return new WebhookSettings(address(url), Read.trust(settings), Duration.ofSeconds(Read.whole(settings, "timeout", USUAL_s, MOST_s)), secrets.getOrDefault("secret", ""),
                headers);
    }

    private static String header(String name) {
        String header = name.substring(HEADER.length());
        String small = header.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(header).matches() || TAKEN.contains(small) || small.startsWith("azekura-")) {
            throw Read.wrong(name, "\"" + header + "\" can't be a header of yours");
        }
        return header;
    }

    private static URI address(String text) {
        try {
            URI url = new URI(text);
            if ("https".equalsIgnoreCase(url.getScheme()) && url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null && text.length() <= LONGEST) {
                return url;
            }
        } catch (URISyntaxException e) {
            // said below, without the address: it may be a secret
        }
        throw Read.wrong("url", "it begins with https:// and has a host, and neither a login nor a #");
    }
}

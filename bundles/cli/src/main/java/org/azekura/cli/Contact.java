package org.azekura.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Which appliance, and the way to it. */
record Contact(URI url, String token, Way way) {

    /** From the options, then the environment, then the home. */
    static Contact find(Root root) {
        Path home = home(root);
        String given = elsewhere(root);
        String fingerprint = or(root.fingerprint, root.environment("AZEKURA_FINGERPRINT"));
        String token = or(root.token, root.environment("AZEKURA_TOKEN"));
        URI url = url(given != null ? given : read(home.resolve("run/url"), Exit.UNREACHABLE,
                "no appliance runs in " + home + "; start it with: azekura up --home " + home));
        Path socket = home.resolve("run/socket");
        boolean here = given == null && fingerprint == null && Files.exists(socket);
        Way way = here ? new SocketWay(socket, () -> network(url, null, home)) : network(url, fingerprint, home);
        if (token == null) {
            token = read(home.resolve("token"), Exit.REFUSED, "no token for " + url + "; give --token or AZEKURA_TOKEN");
        }
        return new Contact(url, checked(token), way);
    }

    private static Way network(URI url, String fingerprint, Path home) {
        return new HttpsWay(url, fingerprint != null ? Pin.fingerprint(fingerprint) : Pin.certificate(read(home.resolve("tls/console.pem"),
                Exit.UNREACHABLE, "the certificate of " + url + " is not known here; give its --fingerprint")));
    }

    static Path home(Root root) {
        Path home = root.home != null ? root.home : Path.of(or(root.environment("AZEKURA_HOME"), "home"));
        if (home.toString().isEmpty()) {
            throw CommandFailure.usage("--home takes a directory, not an empty name");
        }
        return home;
    }

    /** The address given; null: the appliance is that of the home. */
    static String elsewhere(Root root) {
        return or(root.url, root.environment("AZEKURA_URL"));
    }

    /** A token goes into a header line. What is wrong with it is said without it: it is secret. */
    private static String checked(String token) {
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new CommandFailure(Exit.REFUSED, "the token given is none: a token is one word of letters, digits and signs (ASCII)");
        }
        return token;
    }

    /** @throws CommandFailure {@link Exit#USAGE} */
    static URI url(String text) {
        try {
            URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if ("https".equals(url.getScheme()) && url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw CommandFailure.usage("an appliance's address is like https://backup.example:8443, not \"" + text + "\"");
    }

    static String read(Path file, int exit, String otherwise) {
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            throw new CommandFailure(exit, otherwise, e);
        } catch (AccessDeniedException e) {
            throw new CommandFailure(Exit.REFUSED, file + " may not be read by this user", e);
        } catch (IOException e) {
            throw new CommandFailure(exit, otherwise + " (" + file + ": " + e.getMessage() + ")", e);
        }
    }

    private static String or(String first, String second) {
        return first != null ? first : second;
    }
}

package org.azekura.cli.contact;

import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;

/** Which appliance, and the way to it. */
public record Contact(URI url, String token, Way way) {

    /**
     * Null stands for what was not given.
     *
     * @param home        where an appliance of this machine leaves address, token and certificate
     * @param given       address
     * @param fingerprint of the certificate
     */
    public static Contact find(Path home, String given, String fingerprint, String ownToken) {
        URI url = url(given != null ? given : read(home.resolve("run/url"), Exit.UNREACHABLE,
                "no appliance runs in " + home + "; start it with: azekura up --home " + home));
        Path socket = home.resolve("run/socket");
        boolean here = given == null && fingerprint == null && Files.exists(socket);
        Way way = here ? new SocketWay(socket, () -> network(url, null, home)) : network(url, fingerprint, home);
        String token = ownToken != null ? ownToken : read(home.resolve("token"), Exit.REFUSED, "no token for " + url + "; give --token or AZEKURA_TOKEN");
        return new Contact(url, checked(token), way);
    }

    private static Way network(URI url, String fingerprint, Path home) {
        return new HttpsWay(url, fingerprint != null ? Pin.fingerprint(fingerprint) : Pin.certificate(read(home.resolve("tls/console.pem"),
                Exit.UNREACHABLE, "the certificate of " + url + " is not known here; give its --fingerprint")));
    }

    /** A token goes into a header line. What is wrong with it is said without it: it is secret. */
    private static String checked(String token) {
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new CommandFailure(Exit.REFUSED, "the token given is none: a token is one word of letters, digits and signs (ASCII)");
        }
        return token;
    }

    /** @throws CommandFailure {@link Exit#USAGE} */
    public static URI url(String text) {
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

    public static String read(Path file, int exit, String otherwise) {
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
}

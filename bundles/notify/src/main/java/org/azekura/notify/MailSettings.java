package org.azekura.notify;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * How a server of mail is reached, and whom it is to tell.
 *
 * @param security how the line is sealed
 * @param user     empty: without a login
 */
record MailSettings(String host, int port, Security security, SSLContext trust, String user, String password, InternetAddress from, List<InternetAddress> to) {

    static final Set<String> NAMES = Set.of("host", "port", "security", "ca", "user", "from", "to");
    static final Set<String> SECRETS = Set.of("password");
    static final List<String> WHERE = List.of("host", "port", "security", "ca");
    private static final int MOST = 50;
    private static final int PORTS = 65_535;

    /** How the line is sealed. */
    enum Security {
        /** It begins in clear and is sealed before anything is said; a server that can't is refused. */
        STARTTLS(587),
        /** It is sealed from its beginning. */
        TLS(465),
        /** It is not: for a server on this machine. */
        NONE(25);

        final int usualPort;

        Security(int usualPort) {
            this.usualPort = usualPort;
        }
    }

    /** @throws IllegalArgumentException names the setting, then says what is wrong with it, behind a colon */
    static MailSettings read(Map<String, String> settings, Map<String, String> secrets) {
        String host = Read.host("host", Read.needed(settings, "host", "like mail.example.com"));
        String word = settings.getOrDefault("security", "starttls");
        Security security = Stream.of(Security.values()).filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word)).findFirst()
                .orElseThrow(() -> Read.wrong("security", "it is starttls, tls or none; not \"" + word + "\""));
        int port = Read.whole(settings, "port", security.usualPort, PORTS);
        String user = settings.getOrDefault("user", "");
        String password = secrets.getOrDefault("password", "");
        if (user.isEmpty() != password.isEmpty()) {
            throw Read.wrong(user.isEmpty() ? "user" : "password", "a login has a user and a password; give both or neither");
        }
        if (!user.isEmpty() && security == Security.NONE) {
            throw Read.wrong("security", "a password is sent over a sealed line only: starttls or tls");
        }
        List<InternetAddress> to = addresses("to", Read.needed(settings, "to", "like ops@example.com"));
        List<InternetAddress> from = addresses("from", Read.needed(settings, "from", "like azekura@example.com"));
        if (from.size() != 1) {
            throw Read.wrong("from", "it is one address");
        }
        return new MailSettings(host, port, security, Read.trust(settings), user, password, from.getFirst(), to);
    }

    private static List<InternetAddress> addresses(String name, String text) {
        try {
            InternetAddress[] found = InternetAddress.parse(text, true);
            for (InternetAddress address : found) {
                address.validate();
                if (!address.getAddress().contains("@")) {
                    throw new AddressException("an address has an @", address.getAddress());
                }
            }
            if (found.length == 0 || found.length > MOST || text.chars().anyMatch(Character::isISOControl)) {
                throw Read.wrong(name, "1 to " + MOST + " addresses with commas between them, like ops@example.com");
            }
            return Arrays.asList(found);
        } catch (AddressException e) {
            throw Read.wrong(name, "\"" + e.getRef() + "\" is no address of mail: " + e.getMessage());
        }
    }
}

package org.azekura.felix.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.azekura.api.Endpoint;
import org.azekura.api.identity.Identity;

/**
 * Who a process is, decided before anything starts from what was asked for and what the home's identity allows. The server's own home
 * has an identity too, but no server in it.
 *
 * @param name    of this host, in each of its roles
 * @param servers where the backup servers are
 * @param host    the address to listen at
 */
record Membership(String name, Set<Role> roles, List<Endpoint> servers, String host) {

    private static final Endpoint HERE = Endpoint.parse("local:server");
    /** As the roles know it: they wait for servers that dial. */
    private static final Endpoint CALLED = Endpoint.parse("await:server/");
    private static final String LOOPBACK = "127.0.0.1";
    /** A node elsewhere, or a client that is dialled, is there to be reached, and takes nobody without a certificate. */
    private static final String EVERYWHERE = "0.0.0.0";

    /**
     * @param known   the servers that a home which has joined was told of
     * @param offered the roles that this distribution has bundles for
     * @throws StartFailure what the home is not entitled to, and what would do
     */
    static Membership of(UpOptions options, Optional<Identity> identity, List<Endpoint> known, Set<Role> offered) throws StartFailure {
        Optional<Identity> joined = identity.filter(one -> one.server() != null);
        Set<Role> roles = roles(options, joined, offered);
        for (Role role : roles) {
            if (!offered.contains(role)) {
                throw StartFailure.failed("this installation has no role " + role.word() + ", only " + Role.words(offered)
                        + "; the package azekura has all of them");
            }
        }
        if (joined.isPresent()) {
            Set<String> names = Identity.names(joined.get().certificate());
            if (roles.contains(Role.SERVER)) {
                throw StartFailure.failed("home " + options.home() + " has joined the server at " + joined.get().server() + " as "
                        + String.join(", ", names) + " and can't be a server itself; choose another home");
            }
            String host = options.host().orElse(roles.contains(Role.NODE) || options.awaitServer() ? EVERYWHERE : LOOPBACK);
            List<Endpoint> servers = options.awaitServer() ? List.of(CALLED) : known.isEmpty() ? List.of(joined.get().server()) : known;
            return new Membership(name(options, names, roles), roles, servers, host);
        }
        Set<String> names = identity.map(one -> Identity.names(one.certificate())).orElse(Set.of());
        if (!names.isEmpty() && named(names, Role.SERVER).isEmpty()) {
            throw StartFailure.failed("home " + options.home() + " has joined as " + String.join(", ", names) + " while its server offered nothing to other"
                    + " hosts, so it can't be found; with a new code from there: " + join(roles.iterator().next(), options) + " --replace");
        }
        if (!roles.contains(Role.SERVER)) {
            throw StartFailure.failed("home " + options.home() + " has not joined a server; first, with a code from \"azekura client enrol\" there: "
                    + join(roles.iterator().next(), options));
        }
        if (options.awaitServer()) {
            throw StartFailure.wrongUsage("--await-server is for a node or client whose server is elsewhere, not for role " + Role.words(roles));
        }
        String name = named(names, Role.SERVER).orElseGet(Membership::hostName);
        return new Membership(name, roles, List.of(HERE), options.host().orElse(LOOPBACK));
    }

    private static Set<Role> roles(UpOptions options, Optional<Identity> joined, Set<Role> offered) {
        if (!options.roles().isEmpty()) {
            return options.roles();
        }
        if (joined.isEmpty()) {
            return offered;
        }
        Set<String> names = Identity.names(joined.get().certificate());
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Role role : Role.values()) {
            named(names, role).ifPresent(name -> roles.add(role));
        }
        // A certificate without any role: the refusal for the client says what would do.
        return roles.isEmpty() ? EnumSet.of(Role.CLIENT) : roles;
    }

    private static String name(UpOptions options, Set<String> names, Set<Role> roles) throws StartFailure {
        Set<String> found = new TreeSet<>();
        for (Role role : roles) {
            found.add(named(names, role).orElseThrow(() -> StartFailure.failed("home " + options.home() + " has joined as "
                    + String.join(", ", names) + ", not as a " + role.word() + "; with a code from \"azekura client enrol\" on the server: "
                    + join(role, options))));
        }
        if (found.size() > 1) {
            throw StartFailure.failed("home " + options.home() + " has joined under several names (" + String.join(", ", names)
                    + "); start one role, or give each a home of its own");
        }
        return found.iterator().next();
    }

    private static String join(Role role, UpOptions options) {
        return "azekura join URL CODE --role " + role.word() + " --home " + options.home();
    }

    /** What stands behind {@code ROLE/}. */
    private static Optional<String> named(Set<String> names, Role role) {
        String prefix = role.word() + "/";
        return names.stream().filter(name -> name.startsWith(prefix)).map(name -> name.substring(prefix.length())).findFirst();
    }

    /** As far as it can be a name of ours: a letter or digit, then letters, digits, dots, underscores, hyphens. */
    private static String hostName() {
        try {
            String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip()
                    .replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[._-]+", "");
            return name.isEmpty() ? "localhost" : name.substring(0, Math.min(name.length(), 63));
        } catch (IOException e) {
            return "localhost";
        }
    }
}

package org.azekura.felix.config;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine;

/**
 * The options of {@code azekura up} as they were given. The script takes {@code --detach} away; the command line prints the help.
 *
 * @param port          of the console
 * @param transportPort for other hosts
 * @param roles         empty: those that the home has, see {@link Membership}
 * @param awaitServer   the server dials this process, which may not dial it
 * @param firstLogin    where the password of the first login goes instead of standard output
 * @param adoptCatalog  the catalog of a server with other keys is this home's from now on
 */
record UpOptions(Path home, Optional<String> host, int port, OptionalInt transportPort, Set<Role> roles, boolean awaitServer, boolean adoptCatalog, Optional<Path> firstLogin, boolean json) {

    private static final String USAGE = "; usage: azekura up [--home DIR] [--host ADDR] [--port N] [--transport-port N] [--role server,node,client]"
            + " [--await-server] [--adopt-catalog] [--first-login FILE] [--detach] [--json]";

    /** Reads the arguments after the word {@code up}. */
    static UpOptions parse(String... arguments) throws StartFailure {
        Flags flags;
        try {
            flags = CommandLine.populateSpec(Flags.class, arguments);
        } catch (ParameterException wrong) {
            throw StartFailure.wrongUsage(wrong.getMessage() + USAGE);
        }
        if (flags.home().toString().isEmpty()) {
            throw StartFailure.wrongUsage("--home takes a directory, not an empty name");
        }
        var roles = EnumSet.noneOf(Role.class);
        for (String word : flags.roles() == null ? Set.<String>of() : flags.roles()) {
            roles.add(role(word));
        }
        return new UpOptions(flags.home().toAbsolutePath().normalize(), Optional.ofNullable(flags.host()), port("--port", flags.port()),
                flags.transportPort() == null ? OptionalInt.empty() : OptionalInt.of(port("--transport-port", flags.transportPort())), roles,
                flags.awaitServer(), flags.adoptCatalog(), Optional.ofNullable(flags.firstLogin()).map(Path::toAbsolutePath), flags.json());
    }

    private static int port(String option, int number) throws StartFailure {
        if (number < 0 || number > 65_535) {
            throw StartFailure.wrongUsage(option + " is 0 (any free one) to 65535, not " + number);
        }
        return number;
    }

    private static Role role(String word) throws StartFailure {
        for (Role role : Role.values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        throw StartFailure.wrongUsage("--role takes server, node and client, separated by commas; not \"" + word + "\"");
    }

    @Command(name = "azekura up")
    interface Flags {
        @Option(names = "--home", required = true) Path home();
        @Option(names = "--host") String host();
        @Option(names = "--port", defaultValue = "8443") int port();
        @Option(names = "--transport-port") Integer transportPort();
        @Option(names = "--role", split = ",") Set<String> roles();
        @Option(names = "--await-server") boolean awaitServer();
        @Option(names = "--adopt-catalog") boolean adoptCatalog();
        @Option(names = "--first-login") Path firstLogin();
        @Option(names = "--json") boolean json();
    }
}

package org.azekura.felix.config;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of {@code azekura up}. The script takes {@code --detach} away; the command line prints the help. */
record UpOptions(Path home, String host, int port, Set<Role> roles, boolean json) {

    /** Reads the arguments after the word {@code up}. */
    static UpOptions parse(String... arguments) throws StartFailure {
        Flags flags;
        try {
            flags = CommandLine.populateSpec(Flags.class, arguments);
        } catch (ParameterException wrong) {
            throw StartFailure.wrongUsage(wrong.getMessage()
                    + "; usage: azekura up [--home DIR] [--host ADDR] [--port N] [--role server,node,client] [--detach] [--json]");
        }
        if (flags.home().toString().isEmpty()) {
            throw StartFailure.wrongUsage("--home takes a directory, not an empty name");
        }
        if (flags.port() < 0 || flags.port() > 65_535) {
            throw StartFailure.wrongUsage("--port is 0 (any free one) to 65535, not " + flags.port());
        }
        var roles = EnumSet.noneOf(Role.class);
        for (String word : flags.roles()) {
            roles.add(role(word));
        }
        return new UpOptions(flags.home().toAbsolutePath().normalize(), flags.host(), flags.port(), roles, flags.json());
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
        @Option(names = "--host", defaultValue = "127.0.0.1") String host();
        @Option(names = "--port", defaultValue = "8443") int port();
        @Option(names = "--role", split = ",", defaultValue = "server,node,client") Set<String> roles();
        @Option(names = "--json") boolean json();
    }
}

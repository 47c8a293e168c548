package org.azekura.felix.config;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.azekura.api.BackupException;
import org.azekura.api.Endpoint;
import org.azekura.api.identity.Identity;
import org.azekura.api.identity.KnownServers;
import org.azekura.api.identity.ServerPlace;

/**
 * Starts an appliance: {@code Launcher --home DIR [--host ADDR] [--port N] [--transport-port N] [--role server,node,client] [--json]}. When it
 * works, one line {@code ready https://HOST:PORT} goes to standard output ({@code ready} alone without the role server; with {@code --json} an
 * object with {@code url} and {@code home}). Everything else that is printed in this process goes to {@code home/log/console.log}.
 *
 * <p>A node or client elsewhere is ready when it runs: whether it has found its server is in the log.
 *
 * <p>Ends with 0 after SIGTERM or SIGINT, 1 if it can't start, 2 for wrong usage or a broken configuration file; then there is one
 * line on standard error.
 */
public final class Launcher {

    private static final String PREFIX = "azekura: up: ";

    private Launcher() {}

    public static void main(String[] arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        int exitCode;
        try {
            exitCode = run(arguments, out, err);
        } catch (StartFailure failure) {
            err.println(PREFIX + failure.getMessage());
            exitCode = failure.exitCode();
        } catch (IOException | InterruptedException e) {
            err.println(PREFIX + e);
            exitCode = StartFailure.FAILED;
        }
        err.flush();
        Runtime.getRuntime().halt(exitCode);
    }

    private static int run(String[] arguments, PrintStream out, PrintStream err) throws StartFailure, IOException, InterruptedException {
        UpOptions options = UpOptions.parse(arguments);
        Surroundings.keyFiles();
        Path distribution = distribution();
        Membership self = Membership.of(options, identity(options.home()), servers(options.home()), Role.offered(distribution.resolve("roles")));
        try (Home home = Home.open(options.home())) {
            SortedMap<String, Hashtable<String, Object>> settings =
                    ConfigurationFiles.read(List.of(distribution.resolve("etc"), home.etc()));
            if (self.roles().contains(Role.SERVER)) {
                CatalogChoice.complete(settings, BundleList.read(distribution.resolve("roles"), List.of(Role.SERVER.word())).jars());
                TreesChoice.check(settings, self.roles());
            }
            var appliance = new Appliance(options, self, home, distribution, settings);
            return appliance.run(out, err);
        }
    }

    private static Optional<Identity> identity(Path home) throws StartFailure {
        try {
            return Identity.load(home);
        } catch (BackupException e) {
            throw StartFailure.failed(e.getMessage(), e);
        }
    }

    private static List<Endpoint> servers(Path home) throws StartFailure {
        try {
            var known = KnownServers.of(home);
            return known.isEmpty() ? List.of() : known.get().load().stream().map(ServerPlace::at).toList();
        } catch (BackupException e) {
            throw StartFailure.failed(e.getMessage(), e);
        }
    }

    /** Our own jar lies in its {@code lib}. */
    private static Path distribution() {
        try {
            return Path.of(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI()).getParent().getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

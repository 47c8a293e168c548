package org.azekura.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.azekura.cli.text.CommandFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the script {@code azekura} does itself; here is only the help. */
final class LocalCommands {

    private LocalCommands() {}

    private abstract static class Local implements Callable<Integer> {
        @Override
        public Integer call() {
            throw CommandFailure.usage("this command is done by the script \"azekura\", not by this jar");
        }
    }

    @Command(name = "build", description = "Builds without starting (a checkout only).", footer = {"", "Example:", "  azekura build --packages"})
    static final class Build extends Local {
        @Option(names = "--packages", description = {"Then makes a tar.gz and a Debian package of the client alone and of the whole appliance, in",
                "felix-config/target/packages, and prints their names."})
        boolean packages;
    }

    @Command(name = "check", description = "Sets up, builds and runs every test.", footer = {"", "Example:", "  azekura check core/engine"})
    static final class Check extends Local {
        @Option(names = "--slow", description = "The slow tests too.")
        boolean slow;

        @Parameters(arity = "0..*", paramLabel = "MODULE", description = "Only these, with what they need.")
        List<String> modules;
    }

    @Command(name = "bench", description = {"Measures the appliance beside restic and borg (a checkout only): makes corpora from a seed, runs all of them in turns,",
            "compares what they restore, and prints a page of results as Markdown. In a checkout --help tells its options."},
            footer = {"", "Example:", "  azekura bench --scale full --rounds 3 --cold 1 --page results.md"})
    static final class Bench extends Local {}

    @Command(name = "quickstart", description = {"Builds, starts the appliance, backs up a folder, verifies it, restores it, compares, and prints the console's address.",
            "Exits 0 only if the restored tree equals the source byte for byte."},
            footer = {"", "Example:", "  azekura quickstart --source /etc --home /tmp/azekura --once"})
    static final class Quickstart extends Local {
        @Option(names = "--source", paramLabel = "DIR", description = "What to back up (default: the project's own folder without target/).")
        String source;

        @Option(names = "--port", paramLabel = "N", description = "Port of the console; 0 takes a free one.")
        Integer port;

        @Option(names = "--once", description = "Stop the appliance at the end.")
        boolean once;
    }

    @Command(name = "up", description = {"Starts the appliance; it is ready when it prints \"ready https://HOST:PORT\" on a line of its own, or \"ready\" alone where the",
            "server is elsewhere. Nodes and clients on hosts of their own join first."},
            footer = {"", "Example:", "  azekura up --home /var/lib/azekura --port 8443 --detach"})
    static final class Up extends Local {
        @Option(names = "--host", paramLabel = "ADDR", description = "Address to bind (default: loopback; every address for a node that has joined).")
        String host;

        @Option(names = "--port", paramLabel = "N", description = "Port of the console and REST; 0 takes a free one.")
        Integer port;

        @Option(names = "--transport-port", paramLabel = "N", description = {"Port for other hosts; 0 takes a free one (default: the one of the last start, at first 8444,",
                "or a free one if that is taken)."})
        Integer transportPort;

        @Option(names = "--role", paramLabel = "ROLES", description = "Comma list of server, node, client (default: all, or what this home has joined as).")
        String role;

        @Option(names = "--await-server", description = {"For a node or client that may not dial: it listens, and its server dials it where \"azekura client address\"",
                "says."})
        boolean awaitServer;

        @Option(names = "--adopt-catalog", description = {"Lead on the catalog of a server with other keys, whose home is lost for good: hosts join anew. A second server of the same appliance is",
                "made by \"azekura server twin\" instead."})
        boolean adoptCatalog;

        @Option(names = "--first-login", paramLabel = "FILE", description = {"Where the password of the first login is shown, in memory and for this user only, instead of on standard output.",
            "The file goes when it was used."})
        String firstLogin;

        @Option(names = "--detach", description = "Return when it is ready; it goes on in the background.")
        boolean detach;
    }

    @Command(name = "down", description = "Stops the appliance in bounded time; jobs are parked and go on at its next start, but for those that can't: these fail.",
            footer = {"", "Example:", "  azekura down --home /var/lib/azekura"})
    static final class Down extends Local {}

    @Command(name = "extract", description = "Lists and restores from bare volumes, with no appliance at all.",
            footer = {"", "Example:", "  azekura extract /mnt/disk --key default.key --to /tmp/restored"})
    static final class Extract extends Local {
        @Option(names = "--list", description = "Name what is there: snapshots, and the files of one.")
        boolean list;

        @Option(names = "--key", paramLabel = "FILE", description = "The pool's recovery file.")
        String key;

        @Option(names = "--to", paramLabel = "DIR", description = "Where to restore.")
        String to;

        @Option(names = "--snapshot", paramLabel = "ID", description = "Which one, or its first digits (default: the newest).")
        String snapshot;

        @Option(names = "--overwrite", paramLabel = "WHEN", description = "never, older or always (default: never).")
        String overwrite;

        @Option(names = "--path-encoding", paramLabel = "FORM", description = "plain or percent.")
        String form;

        @Parameters(arity = "1..*", paramLabel = "VOLUME… [PATH…]", description = "Folders of volumes, then paths as they were saved.")
        List<String> arguments;
    }
}

package org.azekura.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command has, and what commands share. */
@Command(name = "azekura", version = Azekura.NAME_AND_VERSION, description = "A backup appliance on the command line.",
        synopsisSubcommandLabel = "COMMAND", footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with warnings, 4 refused, 5 appliance not reached.",
            "", "Example:", "  azekura backup /srv/data", "  azekura COMMAND --help"})
final class Root implements Callable<Integer> {

    @Option(names = "--home", scope = ScopeType.INHERIT, paramLabel = "DIR", description = "The appliance's home on this machine (AZEKURA_HOME; default ./home).")
    Path home;

    @Option(names = "--url", scope = ScopeType.INHERIT, paramLabel = "URL", description = "Address of another appliance (AZEKURA_URL).")
    String url;

    @Option(names = "--fingerprint", scope = ScopeType.INHERIT, paramLabel = "SHA256",
            description = "SHA-256 of the appliance's certificate, in hex (AZEKURA_FINGERPRINT); default: that of the home.")
    String fingerprint;

    @Option(names = "--token", scope = ScopeType.INHERIT, paramLabel = "TOKEN", description = "Bearer token (AZEKURA_TOKEN); default: that of the home.")
    String token;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Answer in JSON.")
    boolean json;

    @Option(names = {"-v", "--verbose"}, scope = ScopeType.INHERIT, description = "Say more.")
    boolean verbose;

    @Option(names = {"-h", "--help"}, scope = ScopeType.INHERIT, usageHelp = true, description = "Show this and an example.")
    boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the version.")
    boolean version;

    final Terminal terminal;
    /** How long an appliance may be away while a job is followed. One that restarts is back by then, and the job goes on. */
    Duration patience = Duration.ofSeconds(30);
    /** After so long without an event the job itself is asked for: an end that was not heard of must not be waited for. */
    Duration quiet = Duration.ofSeconds(5);
    private final Map<String, String> environment;
    private Rest rest;

    Root(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        throw CommandFailure.usage("give a command");
    }

    /** The appliance; looked for at first use. */
    Rest rest() {
        if (rest == null) {
            rest = new Rest(Contact.find(this));
        }
        return rest;
    }

    /** Forgets where the appliance was. */
    void lookAgain() {
        rest = null;
    }

    /** An environment variable, null if it is not set or empty. */
    String environment(String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    PrintStream out() {
        return terminal.out();
    }

    /** The one JSON document of a command. */
    void document(JsonNode node) {
        terminal.out().println(Json.text(node));
    }
}

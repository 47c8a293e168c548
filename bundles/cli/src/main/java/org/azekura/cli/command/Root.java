package org.azekura.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.azekura.cli.contact.Contact;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command has, and what commands share. */
@Command(name = "azekura", version = Root.NAME_AND_VERSION, description = "A backup appliance on the command line.",
        synopsisSubcommandLabel = "COMMAND", footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with warnings, 4 refused, 5 appliance not reached.",
            "", "Example:", "  azekura backup /srv/data", "  azekura COMMAND --help"})
public final class Root implements Callable<Integer> {

    public static final String NAME_AND_VERSION = "azekura 0.1.0";

    @Option(names = "--home", scope = ScopeType.INHERIT, paramLabel = "DIR", description = "The appliance's home on this machine (AZEKURA_HOME; default ./home).")
    private Path home;

    @Option(names = "--url", scope = ScopeType.INHERIT, paramLabel = "URL", description = "Address of another appliance (AZEKURA_URL).")
    private String url;

    @Option(names = "--fingerprint", scope = ScopeType.INHERIT, paramLabel = "SHA256",
            description = "SHA-256 of the appliance's certificate, in hex (AZEKURA_FINGERPRINT); default: that of the home.")
    private String fingerprint;

    @Option(names = "--token", scope = ScopeType.INHERIT, paramLabel = "TOKEN", description = "Bearer token (AZEKURA_TOKEN); default: that of the home.")
    private String token;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Answer in JSON.")
    private boolean json;

    @Option(names = {"-v", "--verbose"}, scope = ScopeType.INHERIT, description = "Say more.")
    private boolean verbose;

    @Option(names = {"-h", "--help"}, scope = ScopeType.INHERIT, usageHelp = true, description = "Show this and an example.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the version.")
    private boolean version;

    private final Terminal terminal;
    private final Patience patience;
    private final Map<String, String> environment;
    private Rest rest;

    public Root(Terminal terminal, Map<String, String> environment, Patience patience) {
        this.terminal = terminal;
        this.environment = environment;
        this.patience = patience;
    }

    @Override
    public Integer call() {
        throw CommandFailure.usage("give a command");
    }

    /** The appliance; looked for at first use. */
    public Rest rest() {
        if (rest == null) {
            rest = new Rest(Contact.find(home(), elsewhere(), or(fingerprint, environment("AZEKURA_FINGERPRINT")), or(token, environment("AZEKURA_TOKEN"))));
        }
        return rest;
    }

    /** Forgets where the appliance was. */
    public void lookAgain() {
        rest = null;
    }

    /** The home on this machine, whether an appliance runs there or not. */
    public Path home() {
        Path found = home != null ? home : Path.of(or(environment("AZEKURA_HOME"), "home"));
        if (found.toString().isEmpty()) {
            throw CommandFailure.usage("--home takes a directory, not an empty name");
        }
        return found;
    }

    /** The address given; null: the appliance is that of the home. */
    public String elsewhere() {
        return or(url, environment("AZEKURA_URL"));
    }

    /** The certificate asked for on the command line; null: none. */
    public String fingerprint() {
        return fingerprint;
    }

    public boolean json() {
        return json;
    }

    public boolean verbose() {
        return verbose;
    }

    public Terminal terminal() {
        return terminal;
    }

    public Patience patience() {
        return patience;
    }

    /** An environment variable, null if it is not set or empty. */
    public String environment(String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    public PrintStream out() {
        return terminal.out();
    }

    /** The one JSON document of a command. */
    public void document(JsonNode node) {
        terminal.out().println(Json.text(node));
    }

    private static String or(String first, String second) {
        return first != null ? first : second;
    }
}

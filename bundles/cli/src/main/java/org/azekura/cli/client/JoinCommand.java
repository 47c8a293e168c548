package org.azekura.cli.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;
import org.azekura.api.Endpoint;
import org.azekura.api.identity.HostRole;
import org.azekura.api.identity.Identity;
import org.azekura.api.identity.JoinCode;
import org.azekura.api.identity.KnownServers;
import org.azekura.api.identity.ServerPlace;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Contact;
import org.azekura.cli.contact.Pin;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura join}: needs no appliance here, only that of the code. */
@Command(name = "join", description = {"Has this host join an appliance, with a code of its \"client enrol\". The host makes its key itself; its certificate is put into the home.",
        "The code proves to each side who the other is, so the appliance's HTTPS certificate need not be known; with --fingerprint it, or that of its authority, must be that one.",
        "A home that has joined as a client can join as a node of the same appliance, too, and the other way round."},
        footer = {"", "Example:", "  azekura join https://backup.example:8443 7K2M-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX --role client"})
public final class JoinCommand implements Callable<Integer> {

    /** At which a server listens for other hosts, unless it was told otherwise. */
    private static final int USUAL_PORT = 8444;
    private static final Pattern PLACE = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[1-9][0-9]{0,4})?");

    private final Root root;

    @Parameters(index = "0", paramLabel = "URL", description = "Of the appliance.")
    private String url;

    @Parameters(index = "1", paramLabel = "CODE", description = "As \"azekura client enrol\" showed it.")
    private String code;

    @Option(names = "--role", paramLabel = "ROLE", defaultValue = "client", description = "node or client (default: ${DEFAULT-VALUE}).")
    private String role;

    @Option(names = "--name", paramLabel = "NAME", description = "What this host is called there (default: what the code says, or its host name).")
    private String name;

    @Option(names = "--replace", description = "Give up the identity that this home has, also with another appliance.")
    private boolean replace;

    @Option(names = "--server", paramLabel = "HOST[:PORT]", split = ",", description = {"Where this host looks for the appliance's servers, with commas between them (default: where it joins).",
            "Others that come later it is told of by those that are there."})
    private List<String> servers;

    // The script's: this program starts nothing.

    @Option(names = "--host", paramLabel = "ADDR", description = "Start the role with this address to bind (default: loopback; every address for a node).")
    private String host;

    @Option(names = "--transport-port", paramLabel = "N", description = "Start the role with this port for other hosts (default: as \"azekura up\").")
    private Integer transportPort;

    @Option(names = "--no-start", description = "Only join; start the role later, with \"azekura up\".")
    private boolean noStart;

    public JoinCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        HostRole wanted = role();
        URI appliance = Contact.url(url);
        Path home = root.home();
        JoinCode parsed = code();
        Identity earlier = earlier(home, wanted);
        List<Endpoint> given = servers == null ? List.of() : servers.stream().map(JoinCommand::server).toList();
        Joining.Outcome outcome = new Joining(appliance, fingerprint()).join(parsed, wanted, name == null ? "" : name, hostName(), earlier, replace);
        if (!given.isEmpty()) {
            outcome = outcome.at(given.getFirst());
        }
        try {
            keep(home, outcome.identity(), given);
        } catch (BackupException e) {
            throw new CommandFailure(Exit.FAILED, e.getMessage() + "; the code is used up: enrol this host again", e);
        }
        tell(home, outcome);
        return Exit.DONE;
    }

    /** What a home was told by the appliance before is worth nothing with another one. */
    private static void keep(Path home, Identity identity, List<Endpoint> given) throws BackupException {
        if (!given.isEmpty() || !Identity.load(home).map(Identity::server).equals(Optional.ofNullable(identity.server()))) {
            KnownServers.forget(home);
        }
        identity.save(home);
        for (Endpoint at : given) {
            KnownServers.of(home).orElseThrow().add(new ServerPlace("", at));
        }
    }

    private static Endpoint server(String place) {
        Matcher matcher = PLACE.matcher(place);
        if (!matcher.matches()) {
            throw new CommandFailure(Exit.USAGE, "--server is HOST or HOST:PORT, more of them behind commas, like backup1.example.org,backup2.example.org:8444; not \""
                    + place + "\"");
        }
        return new Endpoint("tls", place + (matcher.group(2) == null ? ":" + USUAL_PORT : "") + "/server");
    }

    private HostRole role() {
        try {
            HostRole wanted = HostRole.parse(role);
            if (name != null) {
                wanted.peer(name);
            }
            return wanted;
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(Exit.USAGE, e.getMessage(), e);
        }
    }

    private JoinCode code() {
        try {
            return JoinCode.parse(code);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(Exit.REFUSED, "this is no code: " + e.getMessage());
        }
    }

    private String fingerprint() {
        String given = root.fingerprint() != null ? root.fingerprint() : root.environment("AZEKURA_FINGERPRINT");
        return given == null ? null : Pin.fingerprint(given).sha256();
    }

    /** What the home has and the host keeps or proves itself with; null if it has nothing that counts any more. */
    private Identity earlier(Path home, HostRole wanted) {
        Identity identity;
        try {
            identity = Identity.load(home).orElse(null);
        } catch (BackupException e) {
            if (replace) {
                return null;
            }
            throw new CommandFailure(Exit.FAILED, e.getMessage() + " --replace", e);
        }
        if (identity == null || identity.certificate().getNotAfter().toInstant().isBefore(Instant.now())) {
            return null;
        }
        Set<String> names = Identity.names(identity.certificate());
        if (names.stream().anyMatch(each -> each.startsWith("server/"))) {
            throw new CommandFailure(Exit.REFUSED, home + " is the home of a backup server, which joins no other; give another --home");
        }
        if (!replace && names.stream().anyMatch(each -> each.startsWith(wanted.word() + "/"))) {
            throw new CommandFailure(Exit.REFUSED, home + " has joined already, as " + String.join(" and ", names) + (identity.server() == null ? ""
                    : " at " + identity.server()) + "; to give that up, add --replace");
        }
        return identity;
    }

    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }

    private void tell(Path home, Joining.Outcome outcome) {
        Identity identity = outcome.identity();
        if (identity.server() == null) {
            root.terminal().warn("the appliance offers nothing to other hosts yet: this one will not find it; look at the appliance's log, and join again with --replace");
        }
        if (root.json()) {
            ObjectNode answer = Json.object().put("name", outcome.name()).put("role", role).put("server", identity.server() == null ? null
                    : identity.server().toString()).put("fingerprint", Identity.fingerprint(identity.authority()))
                    .put("expires", identity.certificate().getNotAfter().toInstant().toString());
            Identity.names(identity.certificate()).forEach(answer.putArray("names")::add);
            root.document(answer);
            return;
        }
        root.out().println(home + " has joined " + url + " as " + String.join(" and ", Identity.names(identity.certificate())));
    }
}

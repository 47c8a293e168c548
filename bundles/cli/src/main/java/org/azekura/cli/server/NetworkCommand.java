package org.azekura.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Facts;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura server network …} */
@Command(name = "network", description = {"Where the appliance is reached, and by which certificate.", "Address and port are those that it was started with (--host, --port)."},
        footer = {"", "Example:", "  azekura server network"})
final class NetworkCommand implements Callable<Integer> {

    private final Root root;

    NetworkCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        show(root.rest().get("network"));
        return Exit.DONE;
    }

    @Command(name = "certificate", description = {"Serves a certificate that an authority has signed, from the next connection on; nothing is restarted.",
        "Who has pinned the one before pins this one."}, footer = {"", "Example:", "  azekura server network certificate fullchain.pem --key privkey.pem"})
    int certificate(@Parameters(paramLabel = "FILE", description = "The appliance's certificate and those that it was signed by, as PEM.") Path file,
            @Option(names = "--key", paramLabel = "FILE", required = true, description = "Its private key without a passphrase, as PEM.") Path key) {
        show(root.rest().post("network/certificate", Json.object().put("certificate", read(file)).put("key", read(key))));
        return Exit.DONE;
    }

    @Command(name = "renew", description = "Serves a new certificate of the appliance's own, for the names and addresses that this host has now.",
            footer = {"", "Example:", "  azekura server network renew"})
    int renew() {
        show(root.rest().delete("network/certificate"));
        return Exit.DONE;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw CommandFailure.usage("cannot read " + file + ": " + e.getMessage());
        }
    }

    private void show(JsonNode network) {
        if (root.json()) {
            root.document(network);
            return;
        }
        JsonNode certificate = network.path("certificate");
        List<String> names = new ArrayList<>();
        certificate.path("names").forEach(name -> names.add(name.asText()));
        Facts facts = new Facts(root.out());
        facts.put("listens", Words.text(network, "host") + ":" + network.path("port").asInt());
        facts.put("here", Words.text(network, "url"));
        facts.put("elsewhere", Words.text(network, "others"));
        facts.put("certificate", certificate.path("own").asBoolean() ? "of its own" : "by " + Words.text(certificate, "issuer"));
        facts.put("names", String.join(", ", names));
        facts.put("until", Words.time(certificate, "until"));
        facts.put("fingerprint", Words.text(certificate, "fingerprint"));
    }
}

package org.azekura.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.azekura.cli.command.FreshFile;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Query;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura drill report} */
@Command(name = "report", description = {"Writes a report for auditors, of one drill or of all of a time: a page in English and Japanese with the same as JSON within, signed by the appliance.",
    "The signature comes beside it, in a file of the same name with .p7s behind it. \"azekura drill check\" checks both, and so does OpenSSL."},
    footer = {"", "Example:", "  azekura drill report 42 --to drill-42.html", "  azekura drill report --since 2026-01-01T00:00:00Z --to year.html --authority authority.pem"})
final class DrillReport implements Callable<Integer> {

    private final Root root;

    @Parameters(arity = "0..1", paramLabel = "JOB", description = "The drill, as \"azekura drill list\" names it (default: all of the time).")
    private String job;

    @Option(names = "--to", paramLabel = "FILE", required = true, description = "A new file for the report.")
    private Path to;

    @Option(names = "--authority", paramLabel = "FILE", description = "A new file for the certificate of the appliance's authority, for OpenSSL.")
    private Path authority;

    @Option(names = "--since", paramLabel = "TIME", description = "Only drills that ended then or later, like 2026-01-01T00:00:00Z.")
    private String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only drills that ended before.")
    private String until;

    @Option(names = "--client", paramLabel = "CLIENT", description = "Only of this client's data.")
    private String client;

    @Option(names = "--save-set", paramLabel = "S", description = "Only of this save set: CLIENT/NAME, or NAME with --client.")
    private String saveSet;

    DrillReport(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException {
        DrillList.Whose whose = DrillList.Whose.of(client, saveSet);
        if (job != null && (since != null || until != null || whose.client() != null)) {
            throw CommandFailure.usage("name a drill, or say of which time and whose");
        }
        Path beside = DrillCheck.signature(to);
        try (FreshFile page = FreshFile.beside(to); FreshFile signed = FreshFile.beside(beside); FreshFile pem = authority == null ? null : FreshFile.beside(authority)) {
            JsonNode report = root.rest().get(job != null ? "proofs/" + Rest.encode(job) + "/report"
                    : "proof-report" + Query.of("client", whose.client(), "saveSet", whose.saveSet(), "since", since, "until", until));
            signed.publish(bytes(report, "signature"));
            page.publish(bytes(report, "html"));
            if (pem != null) {
                pem.publish(bytes(report, "authority"));
            }
            if (root.json()) {
                root.document(Json.object().put("report", to.toString()).put("signature", beside.toString()).put("fingerprint", Words.text(report, "fingerprint")));
            } else {
                root.out().println("report " + to + " with its signature " + beside + "; the appliance's authority has the fingerprint " + Words.text(report, "fingerprint"));
            }
        }
        return Exit.DONE;
    }

    private static byte[] bytes(JsonNode report, String field) {
        return report.path(field).asText().getBytes(StandardCharsets.UTF_8);
    }
}

package org.azekura.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Facts;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code azekura drill show} */
@Command(name = "show", description = "What one drill proved, with the differences that it found.", footer = {"", "Example:", "  azekura drill show 42"})
final class DrillShow implements Callable<Integer> {

    private final Root root;

    @Parameters(paramLabel = "JOB", description = "The drill, as \"azekura drill list\" names it.")
    private String job;

    DrillShow(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        JsonNode proof = root.rest().get("proofs/" + Rest.encode(job));
        if (root.json()) {
            root.document(proof);
            return Exit.DONE;
        }
        Facts facts = new Facts(root.out());
        facts.put("job", Words.text(proof, "job"));
        facts.put("outcome", Words.text(proof, "outcome"));
        facts.put("save set", DrillList.set(proof));
        facts.put("snapshot", Words.text(proof, "snapshot") + " of " + Words.time(proof, "received"));
        facts.put("from pool", Words.text(proof, "pool"));
        facts.put("restored on", Words.text(proof, "host"));
        facts.put("began", Words.time(proof, "began"));
        facts.put("ended", Words.time(proof, "ended"));
        facts.put("chosen", DrillList.chosen(proof) + (proof.path("sample").isObject() ? " files, with seed " + Words.text(proof.path("sample"), "seed") : ""));
        facts.put("compared", Words.count(proof, "entries") + " entries, " + Words.size(proof, "bytes"));
        JsonNode times = proof.path("times");
        facts.put("time", "waiting " + Words.count(times, "waiting") + " ms, restoring " + Words.count(times, "restoring") + " ms, comparing " + Words.count(times, "comparing") + " ms");
        facts.put("differences", Words.count(proof, "differences"));
        proof.path("told").forEach(text -> facts.put("", text.asText()));
        return Exit.DONE;
    }
}

package org.azekura.cli.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rows;
import org.azekura.cli.job.Run;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Words;

/** A job that does something with cartridges: waits for its end and tells what became of each. */
record CartridgeJob(Root root) {

    private static final String[] ROW = {"barcode", "volume", "pool", "address", "state", "what"};
    private static final Duration PARKED = Duration.ofMinutes(1);

    /**
     * @param nothing what to say if there was no cartridge to do it with
     * @return {@link Exit#DONE}; {@link Exit#WARNED} if somebody has to look after some of them
     */
    int run(ObjectNode order, String nothing) {
        Run run = Run.order(root, order, PARKED);
        if (!run.carriedThrough() && !Words.text(run.job(), "state").equals("failed")) {
            throw run.failure();
        }
        JsonNode result = run.whatItFound();
        ArrayNode rows = Json.array();
        for (JsonNode cartridge : result.path("cartridges")) {
            ObjectNode row = Rows.one(cartridge, ROW);
            if (cartridge.path("content").isObject()) {
                row.set("content", cartridge.get("content"));
            }
            rows.add(row);
            tell(cartridge);
        }
        if (root.json()) {
            ObjectNode document = Json.object();
            document.set("job", result.path("job"));
            document.set("cartridges", rows);
            root.document(document);
        } else if (rows.isEmpty()) {
            root.out().println(nothing);
        }
        if (!run.carriedThrough()) {
            // each of them has its line already
            throw rows.size() > 0 ? CommandFailure.told() : run.failure();
        }
        return run.warned() ? Exit.WARNED : Exit.DONE;
    }

    private void tell(JsonNode cartridge) {
        if (cartridge.path("warns").asBoolean()) {
            root.terminal().err().println("azekura: " + Words.text(cartridge, "what"));
        } else if (!root.json()) {
            root.out().println(Words.text(cartridge, "what"));
        }
    }
}

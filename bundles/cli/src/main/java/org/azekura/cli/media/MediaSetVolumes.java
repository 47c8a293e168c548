package org.azekura.cli.media;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Words;

/** The cartridges of a media set. */
final class MediaSetVolumes {

    private MediaSetVolumes() {}

    private static final Set<String> NOT_THERE = Set.of("missing", "expired");

    /** The barcodes of those that are in their library, each once: copies may begin on it, too. A usage failure if none is. */
    static List<String> there(Root root, String pool, int set) {
        Set<String> barcodes = new LinkedHashSet<>();
        for (JsonNode volume : root.rest().get("volumes?pool=" + Rest.encode(pool))) {
            boolean there = !Words.text(volume, "barcode").isEmpty() && !NOT_THERE.contains(Words.text(volume, "state"));
            if (there && volume.path("set").asInt() == set && volume.path("number").asInt() > 0) {
                barcodes.add(Words.text(volume, "barcode"));
            }
        }
        if (barcodes.isEmpty()) {
            throw CommandFailure.failed("no cartridge of set " + set + " of pool " + pool + " is in its library; \"azekura volume list --pool " + pool + "\" shows them all");
        }
        return List.copyOf(barcodes);
    }
}

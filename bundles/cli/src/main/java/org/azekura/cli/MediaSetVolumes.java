package org.azekura.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The cartridges of a media set. */
final class MediaSetVolumes {

    private MediaSetVolumes() {}

    /** The barcodes of those that are in their library; a usage failure if none is. */
    static List<String> there(Root root, String pool, int set) {
        List<String> barcodes = new ArrayList<>();
        for (JsonNode volume : root.rest().get("volumes?pool=" + Rest.encode(pool))) {
            boolean there = !Words.text(volume, "barcode").isEmpty() && !Words.text(volume, "state").equals("missing");
            if (there && volume.path("set").asInt() == set && volume.path("number").asInt() > 0) {
                barcodes.add(Words.text(volume, "barcode"));
            }
        }
        if (barcodes.isEmpty()) {
            throw CommandFailure.failed("no cartridge of set " + set + " of pool " + pool + " is in its library; \"azekura volume list --pool " + pool + "\" shows them all");
        }
        return barcodes;
    }
}

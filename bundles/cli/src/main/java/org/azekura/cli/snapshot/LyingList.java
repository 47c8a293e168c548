package org.azekura.cli.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import org.azekura.cli.command.Root;
import org.azekura.cli.job.ResultList;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;

/** Where what is restored lies: a line for each cartridge. */
final class LyingList implements ResultList {

    private final Root root;

    LyingList(Root root) {
        this.root = root;
    }

    /** A table of all places. */
    static void print(Root root, JsonNode places) {
        Table table = new Table("VOLUME", "BARCODE", "THERE", "FILES>", "SIZE>", "PLACE");
        for (JsonNode place : places) {
            table.row(Words.text(place, "volume"), Words.text(place, "barcode"), place.path("there").asBoolean() ? "yes" : "no", Words.count(place, "files"),
                    Words.size(place, "bytes"), Words.text(place, "place"));
        }
        table.print(root.out());
    }

    @Override
    public void show(JsonNode place) {
        String name = Words.text(place, "barcode").isEmpty() ? Words.text(place, "volume") : Words.text(place, "barcode");
        root.out().println((name.isEmpty() ? "packs" : "cartridge " + name) + ", " + Words.text(place, "place") + ": " + Words.count(place, "files", "file") + ", "
                + Words.size(place, "bytes"));
    }

    @Override
    public JsonNode row(JsonNode place) {
        return place;
    }

    @Override
    public boolean warns() {
        return false;
    }
}

package org.azekura.cli.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
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

    /** A table of all places, and why they are read. */
    static void print(Root root, JsonNode places) {
        Table table = new Table("VOLUME", "BARCODE", "THERE", "WAIT", "FILES>", "SIZE>", "COST>", "PLACE");
        for (JsonNode place : places) {
            table.row(Words.text(place, "volume"), Words.text(place, "barcode"), place.path("there").asBoolean() ? "yes" : "no", wait(place), Words.count(place, "files"),
                    Words.size(place, "bytes"), cost(place), Words.text(place, "place"));
        }
        table.print(root.out());
        String why = Words.text(places.path(0), "why");
        if (!why.isEmpty()) {
            root.out().println("read from pool " + Words.text(places.path(0), "pool") + ": " + why);
        }
    }

    /** Empty if somebody has to bring it. */
    private static String wait(JsonNode place) {
        long seconds = place.path("waits").asLong();
        return !place.path("waits").isNumber() ? "" : seconds == 0 ? "none" : seconds < 120 ? seconds + " s" : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }

    /** A dash where nobody said that it costs anything. */
    private static String cost(JsonNode place) {
        double cost = place.path("cost").asDouble();
        return cost == 0 ? "-" : cost < 0.01 ? "<0.01" : String.format(Locale.ROOT, "%.2f", cost);
    }

    @Override
    public void show(JsonNode place) {
        String name = Words.text(place, "barcode").isEmpty() ? Words.text(place, "volume") : Words.text(place, "barcode");
        String cost = cost(place);
        root.out().println((name.isEmpty() ? "packs" : place.path("barcode").isTextual() ? "cartridge " + name : "volume " + name) + ", " + Words.text(place, "place") + ": "
                + Words.count(place, "files", "file") + ", " + Words.size(place, "bytes") + (wait(place).isEmpty() || wait(place).equals("none") ? "" : ", after " + wait(place))
                + (cost.equals("-") ? "" : ", costs " + cost) + (Words.text(place, "why").isEmpty() ? "" : " (" + Words.text(place, "why") + ")"));
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

package org.azekura.server.scale;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints the tables of {@code docs/scale.md}. */
final class ScalePage {

    private static final List<Size> SIZES = List.of(Size.SMALL, Size.HOUSE, Size.COMPANY, Size.LARGEST);

    private ScalePage() {}

    static String measured() {
        return Arrays.stream(Measured.values()).map(Measured::row).collect(Collectors.joining("\n", "| figure | what | measured by |\n|---|---|---|\n", "\n"));
    }

    static String model() {
        List<String> lines = new ArrayList<>();
        lines.add(row("", size -> size.size().name()));
        lines.add("|---|" + "---|".repeat(SIZES.size()));
        lines.add(row("data of clients", model -> bytes(model.size().bytes())));
        lines.add(row("storage nodes (assumed)", model -> number(model.size().nodes())));
        lines.add(row("stored, without copies", model -> bytes(model.stored())));
        lines.add(row("stored each day", model -> bytes(model.storedInADay())));
        lines.add(row("chunks", model -> number(model.chunks())));
        lines.add(row("packs", model -> number(model.packs())));
        lines.add(row("index of each node", model -> bytes(model.indexOfANode())));
        lines.add(row("snapshots", model -> number(model.snapshots())));
        lines.add(row("catalog, with a year of jobs", model -> bytes(model.catalogBytes())));
        lines.add(row("the same on PostgreSQL", model -> bytes(model.catalogBytesOnPostgresql())));
        lines.add(row("jobs a day, with copies", model -> number(model.jobsInADay())));
        lines.add(row("seconds of a job", model -> number(model.jobSeconds())));
        lines.add(row("jobs at once, for a night of 8 h", model -> number(Math.ceil(model.places())) + (model.fitsUsualPlaces() ? "" : " (usual: 32)")));
        lines.add(row("transactions a second then", model -> number(model.writesInASecond())));
        lines.add(row("share of the one writer's time", model -> String.format(Locale.ROOT, "%.0f %%", 100 * model.writerShare())));
        lines.add(row("the same on PostgreSQL", model -> String.format(Locale.ROOT, "%.0f %%", 100 * model.writerShareOnPostgresql())));
        lines.add(row("messages a second then", model -> number(model.messagesInASecond())));
        lines.add(row("network of each node then", model -> String.format(Locale.ROOT, "%.1f Gbit/s", model.networkOfANode() / 1e9)));
        lines.add(row("heap of the server for links, all being connected", model -> bytes(model.serversHeapOfLinks())));
        return String.join("\n", lines) + "\n";
    }

    private static String row(String name, Function<Model, String> cell) {
        return Stream.concat(Stream.of(name), SIZES.stream().map(Model::new).map(cell)).collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String bytes(double bytes) {
        List<String> units = List.of("B", "kB", "MB", "GB", "TB", "PB");
        int unit = 0;
        double left = bytes;
        for (; left >= 1000 && unit < units.size() - 1; unit++) {
            left /= 1000;
        }
        return String.format(Locale.ROOT, left < 10 ? "%.1f %s" : "%.0f %s", left, units.get(unit));
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, number < 10 ? "%.1f" : "%,.0f", number);
    }
}

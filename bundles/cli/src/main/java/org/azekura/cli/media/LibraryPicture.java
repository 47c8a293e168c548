package org.azekura.cli.media;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.azekura.cli.text.Width;
import org.azekura.cli.text.Words;

/**
 * A library as people see it when they stand in front of it: drives, mail slots and slots, and what is where. {@value #WIDTH} columns wide, whatever the size of the
 * library; a mark says the same as a colour.
 */
final class LibraryPicture {

    static final int WIDTH = 80;
    private static final int INNER = WIDTH - 4;
    /** So many slots are shown with whose they are; in a larger library there is room for their barcodes only. */
    private static final int ROOMY = 60;

    private final Paint paint;
    private final List<String> lines = new ArrayList<>();

    LibraryPicture(Paint paint) {
        this.paint = paint;
    }

    /** What a mark beside a barcode says. */
    private enum Mark {
        EMPTY('·', "empty", Paint.Tone.FAINT), APPENDABLE('+', "takes more", Paint.Tone.GOOD), FULL('#', "takes no more", Paint.Tone.FULL),
        SCRATCH('o', "labelled, unused", Paint.Tone.PLAIN), CLEANING('c', "cleaning", Paint.Tone.BUSY), OTHER('?', "not in the catalog", Paint.Tone.WARNING),
        TROUBLE('!', "look after it", Paint.Tone.BAD);

        private final char sign;
        private final String meaning;
        private final Paint.Tone tone;

        Mark(char sign, String meaning, Paint.Tone tone) {
            this.sign = sign;
            this.meaning = meaning;
            this.tone = tone;
        }

        static Mark of(JsonNode element) {
            String barcode = Words.text(element, "barcode");
            if (!Words.text(element, "problem").isEmpty()) {
                return TROUBLE;
            }
            if (Words.text(element, "content").equals("empty")) {
                return EMPTY;
            }
            if (barcode.startsWith("CLN")) {
                return CLEANING;
            }
            return switch (Words.text(element, "state")) {
                case "" -> OTHER;
                case "appendable" -> APPENDABLE;
                case "scratch", "expired" -> SCRATCH;
                case "full", "locked" -> FULL;
                default -> TROUBLE;
            };
        }
    }

    /** @param library as the interface tells it */
    static List<String> of(JsonNode library, Paint paint) {
        LibraryPicture picture = new LibraryPicture(paint);
        picture.draw(library);
        return picture.lines;
    }

    private void draw(JsonNode library) {
        List<JsonNode> drives = of(library, "drive");
        List<JsonNode> mail = of(library, "mail-slot");
        List<JsonNode> slots = of(library, "slot");
        List<JsonNode> held = of(library, "picker").stream().filter(picker -> Mark.of(picker) != Mark.EMPTY).toList();
        lines.add(paint.text(Paint.Tone.TITLE, "library " + Words.text(library, "name")) + ", driver " + Words.text(library, "driver") + ", node "
                + Words.text(library, "node"));
        lines.add(Width.cut(Words.text(library, "location"), WIDTH));
        section('┌', '┐', drives, "drives");
        drives.forEach(this::drive);
        if (!held.isEmpty()) {
            section('├', '┤', held, "picker");
            held.forEach(this::drive);
        }
        if (!mail.isEmpty()) {
            section('├', '┤', mail, "mail slots");
            grid(mail);
        }
        if (!slots.isEmpty()) {
            section('├', '┤', slots, "slots");
            grid(slots);
        }
        lines.add(paint.text(Paint.Tone.FAINT, "└" + "─".repeat(WIDTH - 2) + "┘"));
        legend(library.path("elements"));
        for (JsonNode element : library.path("elements")) {
            if (!Words.text(element, "problem").isEmpty()) {
                lines.add("! " + Words.text(element, "kind") + " " + Words.text(element, "address") + ": " + Words.text(element, "problem"));
            }
            if (!Words.text(element, "health").isEmpty()) {
                lines.add("! drive " + Words.text(element, "drive") + " is " + Words.text(element, "health") + ": " + Words.text(element, "why"));
            }
            for (JsonNode warning : element.path("warnings")) {
                lines.add("! " + warning.asText());
            }
        }
    }

    private static List<JsonNode> of(JsonNode library, String kind) {
        List<JsonNode> found = new ArrayList<>();
        library.path("elements").forEach(element -> {
            if (Words.text(element, "kind").equals(kind)) {
                found.add(element);
            }
        });
        return found;
    }

    private void section(char left, char right, List<JsonNode> elements, String title) {
        long used = elements.stream().filter(element -> Mark.of(element) != Mark.EMPTY).count();
        String text = " " + title + ", " + used + " of " + elements.size() + " used ";
        lines.add(paint.text(Paint.Tone.FAINT, left + "─") + paint.text(Paint.Tone.TITLE, text)
                + paint.text(Paint.Tone.FAINT, "─".repeat(WIDTH - 3 - text.length()) + right));
    }

    /** One line for each: there are few, and most is to be said of them. */
    private void drive(JsonNode element) {
        Mark mark = Mark.of(element);
        String number = Words.text(element, "drive");
        String head = String.format("%-6s %5s  ", number.isEmpty() ? Words.text(element, "kind") : "no. " + number, Words.text(element, "address"));
        boolean unknown = Words.text(element, "content").equals("unknown") && Words.text(element, "volume").isEmpty() && Words.text(element, "pool").isEmpty();
        String what = mark == Mark.EMPTY ? "empty" : unknown ? "nobody knows what is in it" : said(element);
        String health = Words.text(element, "health");
        String use = health.equals("down") ? "down" : element.path("used").asBoolean() ? "in use" : health;
        int room = INNER - head.length() - 2 - (use.isEmpty() ? 0 : use.length() + 2);
        String text = Width.cut(what, room);
        line(head + paint.text(mark.tone, mark.sign + " " + text) + " ".repeat(room - Width.of(text))
                + (use.isEmpty() ? "" : "  " + paint.text(health.isEmpty() ? Paint.Tone.BUSY : Paint.Tone.BAD, use)));
    }

    private static String said(JsonNode element) {
        String barcode = Words.text(element, "barcode");
        String volume = Words.text(element, "volume");
        String pool = Words.text(element, "pool");
        int cleanings = element.path("cleanings").asInt();
        String name = barcode.isEmpty() ? volume.isEmpty() ? "a cartridge without a barcode" : "volume " + volume : barcode;
        return name + (barcode.isEmpty() || volume.isEmpty() || volume.equals(barcode) ? "" : "  volume " + volume)
                + (pool.isEmpty() ? "" : "  pool " + pool) + (Words.text(element, "state").isEmpty() ? "" : "  " + Words.text(element, "state"))
                + (cleanings == 0 ? "" : "  used " + cleanings + " times");
    }

    private void grid(List<JsonNode> elements) {
        boolean roomy = elements.size() <= ROOMY;
        int columns = roomy ? 3 : 4;
        int width = INNER / columns;
        // by columns, as the shelves of a library are numbered
        int rows = (elements.size() + columns - 1) / columns;
        for (int row = 0; row < rows; row++) {
            StringBuilder line = new StringBuilder();
            int shown = 0;
            for (int at = row; at < elements.size(); at += rows) {
                line.append(cell(elements.get(at), width, roomy));
                shown += width;
            }
            line(line + " ".repeat(INNER - shown));
        }
    }

    private String cell(JsonNode element, int width, boolean roomy) {
        Mark mark = Mark.of(element);
        String head = String.format("%5s ", Words.text(element, "address"));
        String barcode = mark == Mark.EMPTY ? "" : Words.text(element, "barcode").isEmpty() ? "no barcode" : Words.text(element, "barcode");
        String pool = Words.text(element, "pool");
        String text = Width.cut(roomy && !pool.isEmpty() ? String.format("%-8s %s", barcode, pool) : barcode, width - head.length() - 3);
        return paint.text(Paint.Tone.FAINT, head) + paint.text(mark.tone, mark.sign + " " + text) + " ".repeat(width - head.length() - 2 - Width.of(text));
    }

    private void line(String inner) {
        lines.add(paint.text(Paint.Tone.FAINT, "│") + " " + inner + " " + paint.text(Paint.Tone.FAINT, "│"));
    }

    /** Only the marks that are there. */
    private void legend(JsonNode elements) {
        StringBuilder line = new StringBuilder();
        int width = 0;
        for (Mark mark : Mark.values()) {
            boolean there = false;
            for (JsonNode element : elements) {
                there |= !Words.text(element, "kind").equals("picker") && Mark.of(element) == mark;
            }
            if (there && width + mark.meaning.length() + 5 > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
                width = 0;
            }
            if (there) {
                line.append(width == 0 ? "  " : "   ").append(paint.text(mark.tone, mark.sign + " " + mark.meaning));
                width += mark.meaning.length() + 5;
            }
        }
        lines.add(line.toString());
    }
}

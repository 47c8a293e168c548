package org.azekura.rest.job;

import java.util.List;
import java.util.Objects;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.api.server.JobOrder;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Refusal;

/**
 * What is to be done with cartridges. Which fields there are depends on the kind.
 *
 * @param library    whose robot moves
 * @param node       that has it; null: the only one
 * @param barcodes   of cartridges to be labelled; null or none: all
 * @param volumes    by name or barcode
 * @param initialise whether the robot looks into every element
 * @param why        a volume is given up
 * @param lost       whether what is on it may be lost
 * @param deep       whether cartridges are read through
 */
record LibraryOrder(String library, String node, String pool, List<String> barcodes, List<String> volumes, String from, String to, Integer drive,
        boolean initialise, String why, boolean lost, boolean deep) {

    static final List<String> KINDS = List.of("inventory", "move", "label", "scan", "export", "import", "clean", "repack", "forget");

    /** @throws Refusal naming the field that is missing, or does not belong to this kind */
    static JobOrder read(String kind, LibraryOrder order) throws BackupException, Refusal {
        return switch (kind) {
            case "label" -> {
                order.only(kind, order.library, order.node, order.volumes, order.from, order.to, order.drive);
                List<String> barcodes = order.barcodes == null ? List.of() : texts("barcodes", order.barcodes);
                yield new JobOrder.Label(Names.pool(need("pool", order.pool, "tape")), barcodes.stream().map(Barcode::new).toList());
            }
            case "scan" -> {
                order.only(kind, order.library, order.node, order.pool, order.barcodes, order.from, order.to, order.drive);
                yield new JobOrder.Scan(volumes(order), order.deep);
            }
            case "repack" -> {
                order.only(kind, order.library, order.node, order.pool, order.barcodes, order.from, order.to, order.drive);
                yield new JobOrder.Repack(volumes(order));
            }
            case "forget" -> {
                order.only(kind, order.library, order.node, order.pool, order.barcodes, order.from, order.to, order.drive);
                List<String> volumes = volumes(order);
                if (volumes.size() > 1) {
                    throw Refusal.badRequest("request.value", "volumes", "one volume is given up at a time: \"volumes\" has one text");
                }
                yield new JobOrder.Forget(volumes.getFirst(), words("why", need("why", order.why, "burnt")), order.lost);
            }
            case "export" -> {
                order.only(kind, order.library, order.node, order.pool, order.barcodes, order.from, order.drive);
                yield new JobOrder.Export(volumes(order), place(order.to));
            }
            case "inventory" -> {
                order.only(kind, order.pool, order.barcodes, order.volumes, order.from, order.to, order.drive);
                yield new JobOrder.Inventory(Names.device(need("library", order.library, "lib1")), Names.node(order.node), order.initialise);
            }
            case "move" -> {
                order.only(kind, order.pool, order.barcodes, order.volumes, order.drive);
                yield new JobOrder.Move(Names.device(need("library", order.library, "lib1")), Names.node(order.node), need("from", order.from, "1003"),
                        need("to", order.to, "mail"));
            }
            case "import" -> {
                order.only(kind, order.pool, order.barcodes, order.volumes, order.from, order.to, order.drive);
                yield new JobOrder.Import(Names.device(need("library", order.library, "lib1")), Names.node(order.node));
            }
            default -> {
                order.only(kind, order.pool, order.barcodes, order.volumes, order.from, order.to);
                if (order.drive == null) {
                    throw missing("drive", "0");
                }
                yield new JobOrder.Clean(Names.device(need("library", order.library, "lib1")), Names.node(order.node), order.drive);
            }
        };
    }

    private void only(String kind, Object... others) throws Refusal {
        for (Object other : others) {
            if (other != null) {
                throw Refusal.badRequest("request.value", "kind", "an order of the kind \"" + kind + "\" has not all of these fields; see docs/rest.md");
            }
        }
    }

    private static List<String> volumes(LibraryOrder order) throws Refusal {
        if (order.volumes == null || order.volumes.isEmpty()) {
            throw missing("volumes", "A00001L8");
        }
        return texts("volumes", order.volumes);
    }

    private static List<String> texts(String field, List<String> texts) throws Refusal {
        if (texts.stream().anyMatch(Objects::isNull)) {
            throw Refusal.badRequest("request.value", field, "each of \"" + field + "\" is a text, like \"A00001L8\"");
        }
        return texts;
    }

    /** Where a cartridge will be, for people; null if that was not said. */
    private static String place(String to) throws Refusal {
        if (to == null) {
            return null;
        }
        return words("to", to);
    }

    private static String words(String field, String text) throws Refusal {
        boolean fits = !text.isBlank() && text.length() <= 200 && text.chars().noneMatch(Character::isISOControl);
        if (!fits) {
            throw Refusal.badRequest("request.value", field, "the field \"" + field + "\" is text of up to 200 characters, like \"bank safe\"");
        }
        return text.strip();
    }

    private static String need(String field, String value, String example) throws Refusal {
        if (value == null) {
            throw missing(field, example);
        }
        return value;
    }

    private static Refusal missing(String field, String example) {
        return Refusal.badRequest("request.value", field, "the field \"" + field + "\" is missing, like \"" + example + "\"");
    }
}

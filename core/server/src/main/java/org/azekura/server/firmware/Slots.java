package org.azekura.server.firmware;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.azekura.api.server.Firmware.Slot;

/** What the updater says of the slots, as people see it: a slot's kernel goes with its root. */
final class Slots {

    private Slots() {}

    static List<Slot> of(JsonNode status, Running running) {
        String primary = status.path("boot_primary").asText("");
        return StreamSupport.stream(status.path("slots").spliterator(), false).flatMap(one -> one.properties().stream())
                .filter(one -> one.getValue().hasNonNull("bootname"))
                .map(one -> slot(one.getValue(), one.getKey().equals(primary), running)).sorted(Comparator.comparing(Slot::name)).toList();
    }

    private static Slot slot(JsonNode slot, boolean next, Running running) {
        String name = slot.path("bootname").asText();
        boolean runs = name.equals(running.slot());
        String written = slot.path("slot_status").path("bundle").path("version").asText("");
        return new Slot(name, runs ? running.version() : written, runs, next, slot.path("boot_status").asText("").equals("good"));
    }
}

package org.azekura.server.firmware;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.azekura.api.server.Firmware.Slot;

/** What the updater says of the slots, as people see it: a slot's kernel goes with its root. */
final class Slots {

    private Slots() {}

    static List<Slot> of(Variables status, Running running) {
        List<String> names = status.words("SYSTEM_SLOTS");
        List<String> numbers = status.words("SLOTS");
        return IntStream.range(0, Math.min(names.size(), numbers.size()))
                .mapToObj(i -> slot(status, numbers.get(i), names.get(i).equals(status.get("BOOT_PRIMARY")), running))
                .filter(slot -> !slot.name().isEmpty()).sorted(Comparator.comparing(Slot::name)).toList();
    }

    private static Slot slot(Variables status, String number, boolean next, Running running) {
        String name = status.get("SLOT_BOOTNAME_" + number);
        boolean runs = name.equals(running.slot());
        String written = status.get("SLOT_STATUS_BUNDLE_VERSION_" + number);
        // The updater knows nothing of what a new disk brought along.
        String version = runs ? running.version() : written.isEmpty() ? running.good().getOrDefault(name, "") : written;
        return new Slot(name, version, runs, next,
                status.get("SLOT_BOOT_STATUS_" + number).equals("good"));
    }
}

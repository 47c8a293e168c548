package org.azekura.driver.simulator;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.azekura.api.BackupException;

/**
 * What a library is like, checked.
 *
 * @param folder       absolute
 * @param cartridges   how many a new library has, beside the cleaning ones
 * @param capacity     bytes on a cartridge
 * @param earlyWarning bytes before its end from which on writes say so
 * @param buffer       bytes that a drive holds before they are on the tape; they are in this process's memory
 * @param speed        bytes in a second
 * @param timeScale    real seconds for each simulated one; 0 for no waiting at all
 * @param faults       lines as {@link Script} takes them
 */
record Setup(Path folder, int drives, int slots, int mailSlots, int cartridges, int cleaning, Generation generation, long capacity, long earlyWarning, int buffer,
        long speed, double timeScale, List<String> faults) {

    private static final long MB = 1_000_000;
    private static final long MOST_EARLY_WARNING = 512 * MB;

    /** As people write it; 0 stands for what the generation has. */
    record Raw(String folder, int drives, int slots, int mailSlots, int cartridges, int cleaning, String generation, long capacity_MB, long earlyWarning_MB,
            int buffer_MB, int speed_MBps, double timeScale, String faults) {

        /** The defaults. */
        static Raw of(String folder) {
            return new Raw(folder, 1, 8, 1, 0, 1, Generation.LTO_8.toString(), 0, 0, 16, 0, 0, "");
        }

        /** @throws BackupException {@code setting.*} */
        static Raw of(Map<String, String> given) throws BackupException {
            Map<String, String> left = new TreeMap<>(given);
            Raw byDefault = of(left.getOrDefault("folder", ""));
            left.remove("folder");
            Raw raw = new Raw(byDefault.folder, (int) take(left, "drives", byDefault.drives), (int) take(left, "slots", byDefault.slots),
                    (int) take(left, "mailSlots", byDefault.mailSlots), (int) take(left, "cartridges", byDefault.cartridges),
                    (int) take(left, "cleaning", byDefault.cleaning), text(left, "generation", byDefault.generation),
                    (long) take(left, "capacity_MB", byDefault.capacity_MB), (long) take(left, "earlyWarning_MB", byDefault.earlyWarning_MB),
                    (int) take(left, "buffer_MB", byDefault.buffer_MB), (int) take(left, "speed_MBps", byDefault.speed_MBps),
                    take(left, "timeScale", byDefault.timeScale), text(left, "faults", byDefault.faults));
            if (!left.isEmpty()) {
                throw Trouble.setting(left.keySet().iterator().next(), left.values().iterator().next(), "there is no such setting");
            }
            return raw;
        }

        private static String text(Map<String, String> left, String name, String byDefault) {
            String given = left.remove(name);
            return given == null ? byDefault : given;
        }

        private static double take(Map<String, String> left, String name, double byDefault) throws BackupException {
            String given = left.remove(name);
            try {
                return given == null ? byDefault : Double.parseDouble(given);
            } catch (NumberFormatException e) {
                throw Trouble.setting(name, given, "it is a number");
            }
        }
    }

    /** @throws BackupException {@code setting.*} */
    static Setup check(Raw raw) throws BackupException {
        Path folder = folder(raw.folder());
        Generation generation = Generation.named(String.valueOf(raw.generation()))
                .orElseThrow(() -> Trouble.setting("generation", raw.generation(), "choose one of " + Generation.names()));
        range("drives", raw.drives(), 1, 16);
        range("slots", raw.slots(), 1, 1000);
        range("mailSlots", raw.mailSlots(), 0, 100);
        range("cleaning", raw.cleaning(), 0, raw.slots());
        range("cartridges", raw.cartridges(), 0, raw.slots() - raw.cleaning());
        int cartridges = raw.cartridges() == 0 ? Math.max(0, raw.slots() - raw.cleaning() - 1) : raw.cartridges();
        range("capacity_MB", raw.capacity_MB(), 0, 1_000_000_000);
        long capacity = raw.capacity_MB() == 0 ? generation.capacity() : raw.capacity_MB() * MB;
        range("earlyWarning_MB", raw.earlyWarning_MB(), 0, capacity / 2 / MB);
        range("buffer_MB", raw.buffer_MB(), 1, 1024);
        range("speed_MBps", raw.speed_MBps(), 0, 100_000);
        if (!(raw.timeScale() >= 0 && raw.timeScale() <= 100)) {
            throw Trouble.setting("timeScale", Double.toString(raw.timeScale()), "it is a number from 0 to 100, like 0.01");
        }
        long early = raw.earlyWarning_MB() == 0 ? Math.min(MOST_EARLY_WARNING, capacity / 16) : raw.earlyWarning_MB() * MB;
        long speed = raw.speed_MBps() == 0 ? generation.speed() : raw.speed_MBps() * MB;
        List<String> faults = raw.faults() == null ? List.of() : List.of(raw.faults().split("[\n;]"));
        return new Setup(folder, raw.drives(), raw.slots(), raw.mailSlots(), cartridges, raw.cleaning(), generation, capacity, early,
                (int) (raw.buffer_MB() * MB), speed, raw.timeScale(), faults);
    }

    private static Path folder(String text) throws BackupException {
        if (text == null || text.isBlank()) {
            throw Trouble.setting("folder", "", "name the folder of the library, like /srv/library");
        }
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return path.normalize();
            }
        } catch (InvalidPathException e) {
            throw Trouble.setting("folder", text, "it is no path: " + e.getMessage());
        }
        throw Trouble.setting("folder", text, "it must be absolute, like /srv/library");
    }

    private static void range(String name, long value, long least, long most) throws BackupException {
        if (value < least || value > most) {
            throw Trouble.setting(name, Long.toString(value), "it is a number from " + least + " to " + most);
        }
    }
}

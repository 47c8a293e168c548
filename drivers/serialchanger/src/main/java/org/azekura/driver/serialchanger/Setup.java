package org.azekura.driver.serialchanger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;

/**
 * What the operator wants, checked.
 *
 * @param first  what is where if there are no notes; null: nobody knows
 * @param drives name of the library that has them
 */
record Setup(String port, Profile profile, Path notes, Map<ElementAddress, Element.Content> first, DeviceName drives) {

    private static final Map<String, String> SHIPPED = Map.of("generic", "generic.profile", "rimage", "rimage.profile");

    static Setup check(SerialChangerDevice.Settings given) throws BackupException {
        if (given.port() == null || !given.port().startsWith("/")) {
            throw setting("port", given.port(), "give the serial line by its whole name, like /dev/ttyS1");
        }
        Path notes = absolute("notes", given.notes(), "/var/lib/azekura/robot.notes");
        if (notes.getParent() == null || !Files.isDirectory(notes.getParent())) {
            throw setting("notes", given.notes(), "the folder above it does not exist; make it first");
        }
        Profile profile = profile(given.profile());
        return new Setup(given.port(), profile, notes, first(given.cartridges(), profile), drives(given.drives__of()));
    }

    private static DeviceName drives(String name) throws BackupException {
        try {
            return new DeviceName(name == null ? "" : name);
        } catch (IllegalArgumentException e) {
            throw setting("drives_of", name, "name the device whose drives the robot feeds, like lib1");
        }
    }

    private static Path absolute(String name, String value, String example) throws BackupException {
        if (value == null || !value.startsWith("/") || value.indexOf('\0') >= 0) {
            throw setting(name, value, "give an absolute path, like " + example);
        }
        return Path.of(value);
    }

    private static Profile profile(String name) throws BackupException {
        String shipped = name == null ? null : SHIPPED.get(name);
        try {
            if (shipped != null) {
                try (InputStream in = Setup.class.getResourceAsStream(shipped)) {
                    return ProfileReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8), name);
                }
            }
            Path file = absolute("profile", name, "/etc/azekura/robot.profile; or one of " + SHIPPED.keySet().stream().sorted().toList());
            if (Files.size(file) > ProfileReader.MOST_BYTES) {
                throw setting("profile", name, "a profile has at most " + ProfileReader.MOST_BYTES + " bytes");
            }
            return ProfileReader.read(Files.readString(file, StandardCharsets.ISO_8859_1), name);
        } catch (IOException e) {
            throw setting("profile", name, "it can't be read: " + e.getMessage());
        }
    }

    private static Map<ElementAddress, Element.Content> first(String text, Profile profile) throws BackupException {
        if (text == null || text.isBlank()) {
            return null;
        }
        Map<ElementAddress, Element.Content> first = new HashMap<>();
        for (String each : text.split(",", -1)) {
            String[] parts = each.strip().split("=", 2);
            try {
                ElementAddress address = new ElementAddress(Integer.parseInt(parts[0]));
                Element.Content content = parts.length == 1 ? new Element.Unnamed() : new Element.Named(new Barcode(parts[1]));
                if (profile.group(address).isEmpty() || first.containsValue(content) && parts.length == 2 || first.put(address, content) != null) {
                    throw setting("cartridges", text, "\"" + each.strip() + "\" names no element of the profile, or something for the second time");
                }
            } catch (IllegalArgumentException e) {
                throw setting("cartridges", text, "say what is where, like 10=A00001L8,11=A00002L8,12");
            }
        }
        return first;
    }

    private static BackupException setting(String name, String value, String what) {
        return BackupException.operator("setting." + name, name, "setting " + name + " is \"" + value + "\": " + what);
    }
}

package org.azekura.driver.serialchanger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;
import org.azekura.testkit.fuzz.Target;

/** What people write, and what the driver notes. */
final class ChangerTargets {

    private ChangerTargets() {}

    static List<Target> all() {
        return List.of(
                Target.of("profile", "setting.profile", List.of(bytes(ProfileTest.ADDRESSED), shipped("generic"), shipped("rimage")),
                        bytes -> ProfileReader.read(new String(bytes, StandardCharsets.ISO_8859_1), "x")).allocating(4 << 20, 4000),
                Target.of("notes", "device.state", List.of(bytes(Stock.HEAD + "\n10 barcode A00001L8\n11 empty\n12 unnamed\n13 unknown\n")), bytes -> {
                    TreeMap<ElementAddress, Element.Content> contents = new TreeMap<>();
                    contents.put(new ElementAddress(10), new Element.Empty());
                    Stock.read(new String(bytes, StandardCharsets.ISO_8859_1), "x", contents);
                    if (contents.size() != 1) {
                        throw new AssertionError("notes make elements: " + contents);
                    }
                }).allocating(1 << 20, 1000));
    }

    private static byte[] shipped(String name) {
        try (InputStream in = ProfileReader.class.getResourceAsStream(name + ".profile")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

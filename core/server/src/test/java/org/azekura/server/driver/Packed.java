package org.azekura.server.driver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Something that begins as a driver package does. */
final class Packed {

    private Packed() {}

    static byte[] driver(String name, String version, int padding) throws IOException {
        return zip(ZipEntry.STORED, "META-INF/azekura-entries", "azekura-entries: 1\n", "META-INF/azekura-driver",
                "azekura-driver: 1\nname: " + name + "\nversion: " + version + "\nkind: device\n", "bundles/a.jar", "x".repeat(padding));
    }

    static byte[] zip(int method, String... namesAndTexts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                byte[] content = namesAndTexts[i + 1].getBytes(UTF_8);
                ZipEntry entry = new ZipEntry(namesAndTexts[i]);
                entry.setMethod(method);
                CRC32 crc = new CRC32();
                crc.update(content);
                entry.setCrc(crc.getValue());
                entry.setSize(content.length);
                zip.putNextEntry(entry);
                zip.write(content);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}

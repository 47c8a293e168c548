import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Makes the jars of a folder anew as they are in the root, by the root's step: {@code java Jars.java FOLDER… SECONDS}. Without libraries of other
 * systems, and not compressed: the file system of the root is, and better, and a start unpacks nothing twice. The same jars give the same bytes.
 */
final class Jars {

    private static final Pattern LIBRARY = Pattern.compile(".*\\.(so|dll|dylib|jnilib)");
    private static final Pattern OURS = Pattern.compile("(?i)(.*/)?linux/(amd64|x86_64)/[^/]*");

    private Jars() {}

    public static void main(String[] arguments) throws IOException {
        LocalDateTime time = LocalDateTime.ofEpochSecond(Long.parseLong(arguments[arguments.length - 1]), 0, ZoneOffset.UTC);
        for (String folder : List.of(arguments).subList(0, arguments.length - 1)) {
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                for (Path jar : (Iterable<Path>) files.filter(file -> file.toString().endsWith(".jar"))::iterator) {
                    again(jar, time);
                }
            }
        }
    }

    private static void again(Path jar, LocalDateTime time) throws IOException {
        Path made = jar.resolveSibling(jar.getFileName() + ".new");
        try (ZipFile from = new ZipFile(jar.toFile()); OutputStream file = Files.newOutputStream(made);
                ZipOutputStream to = new ZipOutputStream(new BufferedOutputStream(file))) {
            to.setMethod(ZipOutputStream.STORED);
            for (ZipEntry entry : Collections.list(from.entries()).stream().filter(Jars::isWanted)
                    .sorted(Comparator.comparingInt((ZipEntry entry) -> rank(entry.getName())).thenComparing(ZipEntry::getName)).toList()) {
                byte[] content = from.getInputStream(entry).readAllBytes();
                CRC32 crc = new CRC32();
                crc.update(content);
                ZipEntry stored = new ZipEntry(entry.getName());
                stored.setTimeLocal(time);
                stored.setSize(content.length);
                stored.setCrc(crc.getValue());
                to.putNextEntry(stored);
                to.write(content);
            }
        }
        Files.move(made, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isWanted(ZipEntry entry) {
        return !LIBRARY.matcher(entry.getName()).matches() || OURS.matcher(entry.getName()).matches();
    }

    /** Readers of streams look for the manifest in the first two. */
    private static int rank(String name) {
        return name.equals("META-INF/") ? 0 : name.equals("META-INF/MANIFEST.MF") ? 1 : 2;
    }
}

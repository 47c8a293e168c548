package org.azekura.server.names;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.names.NameChange;
import org.azekura.api.names.NameDay;
import org.azekura.api.names.NameIndex;
import org.azekura.api.names.NameState;
import org.azekura.api.names.NameType;

/** Fills an index as the snapshot of a file server would: folders of a hundred, names that people and machines give, three of four of them distinct. */
final class ManyNames {

    static final PoolName POOL = new PoolName("p");
    static final SnapshotId SNAPSHOT = new SnapshotId(1, 1);
    /** The only name of its kind. */
    static final String RARE = "Zähler-Querverweis.ods";

    private static final int PART = 10_000;
    private static final int FOLDER = 100;
    private static final List<String> WORDS = List.of("report", "invoice", "minutes", "backup", "letter", "offer", "contract", "holiday", "sales", "budget", "readme", "index",
            "config", "main", "test", "data", "user", "order", "photo", "scan", "会議録", "請求書", "Übersicht", "résumé");
    private static final List<String> ENDS = List.of("pdf", "docx", "xlsx", "jpg", "png", "java", "c", "h", "txt", "log", "html", "json", "eml", "tmp");

    private final Random random;

    ManyNames(long seed) {
        random = new Random(seed);
    }

    void fill(NameIndex index, int count) throws BackupException {
        fill(index, count, this::name);
    }

    /** With names that have {@code abc} or {@code bcd}, never both. */
    void fillApart(NameIndex index, int count) throws BackupException {
        fill(index, count, () -> (random.nextBoolean() ? "abc-" : "bcd-") + (random.nextLong() >>> 1));
    }

    private void fill(NameIndex index, int count, Supplier<String> name) throws BackupException {
        List<NameChange> part = new ArrayList<>(PART);
        String folder = "";
        for (int i = 0; i < count; i++) {
            if (i % FOLDER == 0) {
                folder = "/srv/%05d/%05d".formatted(i / FOLDER / 300, i / FOLDER);
                part.add(change(folder, NameType.DIRECTORY));
            }
            part.add(change(folder + "/" + (i == count / 2 ? RARE : "%03d-".formatted(i % FOLDER) + name.get()), NameType.FILE));
            if (part.size() >= PART || i == count - 1) {
                index.add(POOL, new NameDay(new ClientName("host"), new SaveSetName("files"), SNAPSHOT, new ChunkId(1, 1, 1, 1), i == count - 1 ? null : part.getLast().path()), part, List.of());
                part.clear();
            }
        }
    }

    private NameChange change(String path, NameType type) {
        return new NameChange(new RawPath(path.getBytes(StandardCharsets.UTF_8)), false, new NameState(type, random.nextInt(1 << 20), Instant.ofEpochSecond(random.nextInt()), 0));
    }

    private String name() {
        String end = ENDS.get(random.nextInt(ENDS.size()));
        return switch (random.nextInt(4)) {
            case 0 -> "IMG_2%03d%02d%02d_%06d.".formatted(random.nextInt(30), 1 + random.nextInt(12), 1 + random.nextInt(28), random.nextInt(240_000)) + end;
            case 1 -> word() + "-" + word() + "-" + random.nextInt(2_000) + "." + end;
            case 2 -> Long.toHexString(random.nextLong()) + "." + end;
            default -> word() + "." + end;
        };
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }
}

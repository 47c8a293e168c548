package org.azekura.storagenode.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.SessionId;
import org.azekura.engine.pack.SealedSession;
import org.azekura.engine.register.RegisterWriter;
import org.azekura.engine.register.RegisteredPack;

/**
 * Writes a register of some packs into a file: places of chunks one table after the other, and pages of trees likewise, so that next to nothing of them is in
 * memory. Used once, by one thread.
 */
final class Registering {

    private final IndexFiles files;
    private final PackTable packs;
    private final GroupKeys keys;
    private final IndexLock lock;
    /** The packs, in the order of the register; a number may become that of another pack meanwhile. */
    private final List<KnownPack> chosen = new ArrayList<>();
    private int[] places = {};

    Registering(IndexFiles files, GroupKeys keys, IndexLock lock) {
        this.files = files;
        this.packs = files.packs();
        this.keys = keys;
        this.lock = lock;
    }

    /** @param instead the registers whose packs are taken as well; those that are in none always are */
    List<KnownPack> write(BitSet instead, RegisterContent content, Path to) throws BackupException {
        try (FileChannel channel = FileChannel.open(to, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            RegisterWriter writer = new RegisterWriter(page -> write(channel, page));
            lock.change(() -> unchecked(() -> packs(instead, writer)));
            lock.readEach(IndexFiles.TABLES, number -> unchecked(() -> chunks(files.at(number), writer)));
            content.manifests(writer::manifest);
            for (int i = 0; i < IndexFiles.TABLES; i++) {
                content.pages(pages(i), writer::page);
            }
            writer.finish();
        } catch (IOException | UncheckedIOException e) {
            throw BackupException.device("index.io", to.toString(), "cannot write " + to + ": " + e.getMessage(), e);
        }
        return chosen;
    }

    private static void write(FileChannel channel, ByteBuffer page) {
        try {
            while (page.hasRemaining()) {
                channel.write(page);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Step {
        void run() throws BackupException;
    }

    /** What is written to a file fails with what is not checked. */
    private static void unchecked(Step step) {
        try {
            step.run();
        } catch (BackupException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private void packs(BitSet instead, RegisterWriter writer) throws BackupException {
        Map<SessionId, Integer> numbers = new HashMap<>();
        places = new int[packs.limit()];
        List<Integer> taken = new ArrayList<>();
        packs.each(pack -> {
            boolean wanted = packs.state(pack) == PackTable.WHOLE && !packs.partly(pack) && (packs.register(pack) == 0 || instead.get(packs.register(pack)));
            if (wanted) {
                taken.add(pack);
            }
        });
        for (int pack : taken) {
            for (SealedSession session : files.sessions().get(packs.sessions(pack))) {
                if (numbers.putIfAbsent(session.session(), numbers.size()) == null) {
                    writer.session(session);
                }
            }
        }
        for (int pack : taken) {
            KnownPack known = packs.get(pack);
            writer.pack(new RegisteredPack(known.id(), known.tree(), known.group(), known.size(), known.chunks(), packs.entered(pack)),
                    files.sessions().get(packs.sessions(pack)).stream().map(session -> numbers.get(session.session())).toList());
            chosen.add(known);
            places[pack] = chosen.size();
        }
    }

    /** One that has left since lacks places here: whoever reads the register sees that. */
    private void chunks(ChunkTable table, RegisterWriter writer) {
        chosen.stream().filter(pack -> !packs.has(pack)).forEach(pack -> places[pack.number()] = 0);
        table.each((slot, pack, bits, damaged, marked) -> {
            int number = pack < places.length ? places[pack] : 0;
            if (number > 0) {
                Place place = Place.of(pack, bits, damaged, 0);
                unchecked(() -> writer.chunk(number - 1, keys.chunk(packs.group(pack), table.key(slot)), place.offset(), place.length(), place.session()));
            }
        });
    }

    /** The chosen ones' pages of trees, in one table: who is asked for them must not be waited for while others are kept from it. */
    private List<ChunkId> pages(int table) throws BackupException {
        List<ChunkId> pages = new ArrayList<>();
        lock.read(() -> {
            files.at(table).each((slot, pack, bits, damaged, marked) -> {
                if (pack < places.length && places[pack] > 0 && chosen.get(places[pack] - 1).tree()) {
                    pages.add(keys.chunk(packs.group(pack), files.at(table).key(slot)));
                }
            });
            return null;
        });
        return pages;
    }
}

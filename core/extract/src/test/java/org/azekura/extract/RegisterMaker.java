package org.azekura.extract;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.IndexEntry;
import org.azekura.engine.pack.PackIndex;
import org.azekura.engine.pack.PackReader;
import org.azekura.engine.pack.SealedSession;
import org.azekura.engine.register.RegisterWriter;
import org.azekura.engine.register.RegisteredPack;

/** Writes a register of all packs of a volume in a folder into that. */
final class RegisterMaker {

    private RegisterMaker() {}

    /** @return how many packs it names */
    static int make(Path volume) throws Exception {
        List<PackIndex> packs = new ArrayList<>();
        List<Long> sizes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(volume.resolve("packs"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                try (FilePack pack = new FilePack(file)) {
                    packs.add(new PackReader(pack).index());
                    sizes.add(pack.size());
                }
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RegisterWriter writer = new RegisterWriter(page -> {
            byte[] part = new byte[page.remaining()];
            page.get(part);
            bytes.writeBytes(part);
        });
        List<SealedSession> sessions = packs.stream().flatMap(pack -> pack.sessions().stream()).toList();
        for (SealedSession session : sessions) {
            writer.session(session);
        }
        int first = 0;
        for (int i = 0; i < packs.size(); i++) {
            PackIndex pack = packs.get(i);
            List<Integer> its = new ArrayList<>();
            for (int s = 0; s < pack.sessions().size(); s++) {
                its.add(first++);
            }
            writer.pack(new RegisteredPack(pack.pack(), pack.kind() == ChunkKind.TREE, pack.group(), sizes.get(i), pack.entries().size(), pack.entries().size()), its);
        }
        for (int i = 0; i < packs.size(); i++) {
            for (IndexEntry entry : packs.get(i).entries()) {
                List<SealedSession> its = packs.get(i).sessions();
                int session = (int) its.stream().takeWhile(one -> !one.session().equals(entry.session())).count();
                writer.chunk(i, entry.chunk(), (int) entry.offset(), entry.length(), session);
            }
        }
        writer.finish();
        Files.write(Files.createDirectories(volume.resolve("registers")).resolve("0000000000000001"), bytes.toByteArray());
        return packs.size();
    }
}

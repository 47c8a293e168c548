package org.azekura.storagenode.cartridge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.azekura.storagenode.cartridge.spool.SpoolDisk;

/** A disk whose machine loses its power before a certain call; then only what was forced to last is sure to be there. */
final class LosingDisk extends SpoolDisk {

    private final int last;
    private final Map<FileChannel, Path> open = new HashMap<>();
    /** Of files whose content does not last yet: how much of it does. */
    private final Map<Path, Long> lasting = new HashMap<>();
    /** Names that do not last yet, with those before. */
    private final Map<Path, Path> renamed = new LinkedHashMap<>();
    private final Map<Path, byte[]> deleted = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private boolean full;

    /** @param last calls that are made; the next one is not, and none after it */
    LosingDisk(int last) {
        this.last = last;
    }

    private synchronized void call(String name) throws IOException {
        if (calls.size() >= last) {
            throw new IOException("the power went before " + name);
        }
        calls.add(name);
    }

    synchronized boolean went() {
        return calls.size() >= last;
    }

    /** From here on there is no room on it, or there is. */
    synchronized void full(boolean now) {
        full = now;
    }

    @Override
    public FileChannel create(Path file) throws IOException {
        call("create");
        FileChannel made = super.create(file);
        synchronized (this) {
            open.put(made, file);
            lasting.put(file, 0L);
        }
        return made;
    }

    @Override
    public void write(FileChannel file, ByteBuffer bytes, long at) throws IOException {
        call("write");
        synchronized (this) {
            if (full) {
                int half = bytes.remaining() / 2;
                super.write(file, bytes.slice(bytes.position(), half), at);
                bytes.position(bytes.position() + half);
                throw new IOException("No space left on device");
            }
        }
        super.write(file, bytes, at);
    }

    @Override
    public void force(FileChannel file) throws IOException {
        call("force");
        super.force(file);
        synchronized (this) {
            lasting.put(open.get(file), file.size());
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        call("rename");
        super.rename(from, to);
        synchronized (this) {
            renamed.put(to, from);
            lasting.put(to, lasting.get(from));
        }
    }

    @Override
    public void force(Path folder) throws IOException {
        call("force names");
        super.force(folder);
        synchronized (this) {
            renamed.clear();
            deleted.clear();
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        call("delete");
        synchronized (this) {
            if (Files.exists(file)) {
                deleted.put(file, Files.readAllBytes(file));
            }
        }
        super.delete(file);
    }

    /** Leaves no more than what has to be there. */
    synchronized void lose() throws IOException {
        for (Map.Entry<Path, Path> name : renamed.entrySet()) {
            if (Files.exists(name.getKey())) {
                Files.move(name.getKey(), name.getValue());
            }
        }
        for (Map.Entry<Path, byte[]> file : deleted.entrySet()) {
            Files.write(file.getKey(), file.getValue());
        }
        for (Map.Entry<Path, Long> file : lasting.entrySet()) {
            if (Files.exists(file.getKey())) {
                try (FileChannel cut = FileChannel.open(file.getKey(), StandardOpenOption.WRITE)) {
                    cut.truncate(file.getValue());
                }
            }
        }
    }
}

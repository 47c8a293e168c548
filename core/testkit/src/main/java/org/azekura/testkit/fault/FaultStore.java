package org.azekura.testkit.fault;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobKeys;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;

/** A {@link FaultDisk} while it has power. The disk is the lock of everything. */
final class FaultStore implements BlobStore {

    private final FaultDisk disk;
    private final FaultPlan plan;
    private final Set<Writer> drafts = new LinkedHashSet<>();
    private boolean dark;

    FaultStore(FaultDisk disk, FaultPlan plan) {
        this.disk = disk;
        this.plan = plan;
    }

    /** @return what was in the making */
    List<Writer> goDark() {
        dark = true;
        return new ArrayList<>(drafts);
    }

    /** Counts the step and takes what happens to every call alike; the rest is for the call to do. */
    private Fault enter(Call call, String key, long bytes) throws BackupException {
        Fault fault;
        synchronized (disk) {
            requirePower();
            requireThere(call);
            if (call == Call.LIST) {
                BlobKeys.checkPrefix(key);
            } else if (call != Call.SPACE) {
                BlobKeys.check(key);
            }
            disk.counts().add(call, bytes);
            fault = plan.next(call, key);
        }
        if (fault instanceof Fault.Slow(Gate gate)) {
            gate.pass();
        }
        if (fault instanceof Fault.Fail(String code)) {
            throw failed(code, call, key);
        }
        if (fault instanceof Fault.PowerLoss && call != Call.COMMIT && call != Call.DELETE) {
            disk.cut(this);
        }
        return fault;
    }

    private void requirePower() throws BackupException {
        if (dark) {
            throw BackupException.device("device.closed", location(), "the device has no power", null);
        }
    }

    /** Where the folder is gone a single blob just is not there. */
    private void requireThere(Call call) throws BackupException {
        if (disk.isRemoved() && call != Call.READ && call != Call.SIZE && call != Call.DELETE) {
            throw BackupException.media("volume.missing", location(), location() + " is not there; mount or connect it", null);
        }
    }

    private BackupException failed(String code, Call call, String key) {
        String what = location() + ": " + call + " " + key + " fails as planned by " + plan;
        return code.equals("device.full") ? BackupException.media(code, location(), what, null) : BackupException.device(code, location(), what, null);
    }

    /** What a call that had its effect comes to. */
    private void leave(Fault fault, Call call, String key) throws BackupException {
        if (fault instanceof Fault.FailLate(String code)) {
            throw failed(code, call, key);
        }
    }

    @Override
    public BlobWriter create(String key) throws BackupException {
        Fault fault = enter(Call.CREATE, key, 0);
        synchronized (disk) {
            requirePower();
            if (disk.blob(key, false) != null) {
                throw exists(key);
            }
            leave(fault, Call.CREATE, key);
            return draft(key, false);
        }
    }

    @Override
    public BlobWriter replace(String key) throws BackupException {
        if (!disk.atomicPut()) {
            return BlobStore.super.replace(key);
        }
        Fault fault = enter(Call.CREATE, key, 0);
        synchronized (disk) {
            requirePower();
            leave(fault, Call.CREATE, key);
            return draft(key, true);
        }
    }

    @Override
    public Optional<String> place() throws BackupException {
        synchronized (disk) {
            requirePower();
            return Optional.ofNullable(disk.place());
        }
    }

    @Override
    public void remake(String place) throws BackupException {
        BlobStore.super.remake(place);
        disk.remade();
    }

    private Writer draft(String key, boolean replaces) {
        Writer writer = new Writer(key, replaces);
        drafts.add(writer);
        return writer;
    }

    private static BackupException exists(String key) {
        return BackupException.operator("blob.exists", key, "there is a blob " + key);
    }

    /** A blob in the making. */
    final class Writer implements BlobWriter {

        private final String key;
        private final boolean replaces;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        private Writer(String key, boolean replaces) {
            this.key = key;
            this.replaces = replaces;
        }

        String key() {
            return key;
        }

        byte[] content() {
            return content.toByteArray();
        }

        @Override
        public void write(ByteBuffer bytes) throws BackupException {
            Fault fault = enter(Call.WRITE, key, bytes.remaining());
            synchronized (disk) {
                requirePower();
                if (!disk.take(bytes.remaining())) {
                    throw BackupException.media("device.full", location(), "there is no room for " + bytes.remaining() + " bytes", null);
                }
                byte[] piece = new byte[bytes.remaining()];
                bytes.duplicate().get(piece);
                if (fault instanceof Fault.BitFlip && piece.length > 0) {
                    piece[disk.below(piece.length)] ^= (byte) (1 << disk.below(8));
                }
                content.writeBytes(piece);
                leave(fault, Call.WRITE, key);
                bytes.position(bytes.limit());
            }
        }

        @Override
        public void commit() throws BackupException {
            Fault fault = enter(Call.COMMIT, key, 0);
            synchronized (disk) {
                requirePower();
                if (fault instanceof Fault.PowerLoss) {
                    drafts.remove(this);
                    if (disk.coin()) {
                        disk.commit(key, content(), replaces);
                    } else if (!disk.atomicPut() && disk.coin()) {
                        disk.commitTorn(key, content());
                    }
                    disk.cut(FaultStore.this);
                    requirePower();
                }
                if (!disk.commit(key, content(), replaces)) {
                    throw exists(key);
                }
                if (fault instanceof Fault.Forget) {
                    disk.forgetLater(key);
                }
                end();
                leave(fault, Call.COMMIT, key);
            }
        }

        private void end() {
            if (drafts.remove(this) && !dark) {
                disk.giveBack(content.size());
            }
        }

        @Override
        public void close() {
            synchronized (disk) {
                end();
            }
        }
    }

    @Override
    public int read(String key, long offset, ByteBuffer into) throws BackupException {
        Fault fault = enter(Call.READ, key, into.remaining());
        synchronized (disk) {
            requirePower();
            byte[] blob = disk.blob(key, false);
            if (blob == null) {
                throw BackupException.media("blob.missing", key, "there is no blob " + key, null);
            }
            int length = (int) Math.min(into.remaining(), Math.max(0, blob.length - offset));
            if (length > 0) {
                byte[] piece = new byte[length];
                System.arraycopy(blob, (int) (fault instanceof Fault.WrongBytes ? disk.below(blob.length - length + 1) : offset), piece, 0, length);
                if (fault instanceof Fault.BitFlip) {
                    piece[disk.below(length)] ^= (byte) (1 << disk.below(8));
                }
                length = fault instanceof Fault.ShortRead ? disk.below(length) : length;
                into.put(piece, 0, length);
            }
            leave(fault, Call.READ, key);
            return length;
        }
    }

    @Override
    public long size(String key) throws BackupException {
        Fault fault = enter(Call.SIZE, key, 0);
        synchronized (disk) {
            requirePower();
            byte[] blob = disk.blob(key, fault instanceof Fault.Stale);
            leave(fault, Call.SIZE, key);
            return blob == null ? -1 : blob.length;
        }
    }

    @Override
    public void list(String prefix, Consumer<Blob> each) throws BackupException {
        Fault fault = enter(Call.LIST, prefix, 0);
        List<Blob> found = new ArrayList<>();
        synchronized (disk) {
            requirePower();
            disk.all(fault instanceof Fault.Stale).forEach((key, blob) -> {
                if (key.startsWith(prefix)) {
                    found.add(new Blob(key, blob.length));
                }
            });
        }
        found.forEach(each);
        leave(fault, Call.LIST, prefix);
    }

    @Override
    public void delete(String key) throws BackupException {
        Fault fault = enter(Call.DELETE, key, 0);
        synchronized (disk) {
            requirePower();
            if (fault instanceof Fault.PowerLoss) {
                if (disk.coin()) {
                    disk.delete(key);
                }
                disk.cut(this);
                requirePower();
            }
            disk.delete(key);
            leave(fault, Call.DELETE, key);
        }
    }

    @Override
    public Space space() throws BackupException {
        enter(Call.SPACE, "", 0);
        synchronized (disk) {
            requirePower();
            return disk.space();
        }
    }

    @Override
    public String location() {
        return "fault-disk";
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(disk.atomicPut(), true, disk.atomicPut(), Set.of());
    }
}

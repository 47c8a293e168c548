package org.azekura.engine.tree;

import org.azekura.api.BackupException;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.octets.ByteInput;
import org.azekura.engine.octets.ByteOutput;

/** The stand-alone form of an entry: ids are written in full. For restore plans and a client's cache. */
public final class EntryCodec {

    private static final int VERSION = FormatVersion.FIRST;

    private EntryCodec() {}

    public static byte[] encode(Entry entry) {
        ByteOutput out = new ByteOutput(256);
        out.u8(VERSION);
        out.block(entry.name());
        EntryForm.write(entry, out, RefOutput.FULL);
        return out.toBytes();
    }

    /** @throws BackupException {@code entry.corrupt} */
    public static Entry decode(byte[] encoded) throws BackupException {
        ByteInput in = new ByteInput(encoded, "entry.corrupt", "stand-alone tree entry");
        in.version(VERSION);
        byte[] name = in.block(Entry.MAX_NAME, "name");
        return EntryForm.read(name, in, RefInput.FULL);
    }
}

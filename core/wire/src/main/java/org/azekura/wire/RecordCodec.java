package org.azekura.wire;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;

/**
 * The bytes of any record under a sealed interface, as {@code message} in the package's grammar. Thread-safe.
 *
 * @param <T> the sealed interface
 */
public final class RecordCodec<T> {

    private final Class<T> root;
    private final RecordFamily family;
    private final int largest;
    private final boolean whole;

    /**
     * @param largest bytes that an encoded record may have
     * @throws IllegalArgumentException if something under {@code root} is neither a record nor sealed
     */
    public RecordCodec(Class<T> root, int largest) {
        this(root, largest, true);
    }

    private RecordCodec(Class<T> root, int largest, boolean whole) {
        this.root = root;
        this.family = new RecordFamily(root);
        this.largest = largest;
        this.whole = whole;
    }

    /**
     * The same for rows that outlive a version: a component that is absent, because the version that wrote the row did not know it, is null, zero,
     * false or empty.
     */
    public static <T> RecordCodec<T> ofRows(Class<T> root, int largest) {
        return new RecordCodec<>(root, largest, false);
    }

    /** @throws IllegalArgumentException if the record is larger than this codec allows */
    public byte[] encode(T record) {
        byte[] bytes = Cbor.encode(3, gen -> {
            gen.writeNumber(Cbor.VERSION);
            gen.writeString(RecordFamily.nameOf(record.getClass()));
        }, record);
        if (bytes.length > largest) {
            throw new IllegalArgumentException("a " + record.getClass().getSimpleName() + " of " + bytes.length
                    + " bytes is larger than the " + largest + " that are allowed");
        }
        return bytes;
    }

    /** @throws BackupException {@code message.corrupt} */
    public T decode(byte[] bytes) throws BackupException {
        return decode(ByteBuffer.wrap(bytes));
    }

    /**
     * Reads the remaining bytes; the buffer's position stays.
     *
     * @throws BackupException {@code message.corrupt}
     */
    public T decode(ByteBuffer bytes) throws BackupException {
        if (bytes.remaining() > largest) {
            throw Cbor.corrupt(bytes.remaining(), "at most " + largest + " bytes are allowed");
        }
        return Cbor.decode(bytes, parser -> {
            String name = Cbor.text(parser, "type");
            Class<?> type = family.typeOf(name);
            Cbor.need(type != null, "unknown type \"" + name + "\"");
            return root.cast(Cbor.record(parser, type, whole));
        });
    }
}

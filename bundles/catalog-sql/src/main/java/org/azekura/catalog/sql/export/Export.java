package org.azekura.catalog.sql.export;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.sql.SQLException;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.catalog.sql.Row;
import org.azekura.catalog.sql.Sql;

/** Writes a catalog as a file. */
public final class Export {

    static final CBORFactory CBOR = CBORFactory.builder().streamReadConstraints(StreamReadConstraints.builder().maxStringLength(ExportFile.LARGEST).maxNameLength(100).maxNestingDepth(8)
            .build()).build();

    private Export() {}

    /**
     * Within a transaction that only reads.
     *
     * @param out is not closed; what stands there after a failure is no file of a catalog
     */
    public static void write(Sql sql, int schema, Particulars particulars, OutputStream out) throws BackupException, IOException {
        DigestOutputStream digested = new DigestOutputStream(out, ExportFile.digest());
        digested.write(ExportFile.HEAD);
        CBORGenerator to = CBOR.createGenerator(new Unclosed(digested));
        to.writeStartArray();
        to.writeNumber(schema);
        to.writeStartObject();
        for (Map.Entry<String, Long> each : particulars.numbers(sql).entrySet()) {
            to.writeFieldName(each.getKey());
            to.writeNumber(each.getValue());
        }
        to.writeEndObject();
        for (Layout layout : Layout.of(sql)) {
            write(sql, layout, to);
        }
        to.writeEndArray();
        to.close();
        out.write(digested.getMessageDigest().digest());
        out.flush();
    }

    private static void write(Sql sql, Layout layout, CBORGenerator to) throws BackupException, IOException {
        to.writeStartArray();
        to.writeString(layout.table());
        to.writeStartArray();
        for (String column : layout.columns()) {
            to.writeString(column);
        }
        to.writeEndArray();
        to.writeStartArray();
        try {
            sql.each(layout.select(), row -> values(row, layout.columns().size()), values -> write(values, to));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        to.writeEndArray();
        to.writeEndArray();
    }

    private static Object[] values(Row row, int columns) throws SQLException {
        Object[] values = new Object[columns];
        for (int i = 0; i < columns; i++) {
            values[i] = row.value(i + 1);
        }
        return values;
    }

    private static void write(Object[] values, CBORGenerator to) {
        try {
            to.writeStartArray();
            for (Object value : values) {
                switch (value) {
                    case null -> to.writeNull();
                    case byte[] bytes -> to.writeBinary(bytes);
                    case Number number -> to.writeNumber(number.longValue());
                    default -> to.writeString(value.toString());
                }
            }
            to.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The digest goes behind it. */
    private static final class Unclosed extends FilterOutputStream {

        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}

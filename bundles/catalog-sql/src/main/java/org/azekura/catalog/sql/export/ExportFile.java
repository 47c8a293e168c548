package org.azekura.catalog.sql.export;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.Failure.Kind;

/**
 * A file that {@link Export} wrote, whole: its sum was checked.
 *
 * @param name   for people
 * @param length of head and body
 * @param sum    of these, in hexadecimal
 */
public record ExportFile(Path path, String name, long length, String sum) {

    static final byte[] HEAD = "azekura catalog 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ANY_HEAD = "azekura catalog ".getBytes(StandardCharsets.US_ASCII);
    private static final int SUM = 32;
    private static final int PIECE = 1 << 16;
    /** No schema has more tables, nor a table more columns. */
    private static final int MOST_NAMES = 200;
    /** Nothing that a catalog keeps in one value is as large. */
    static final int LARGEST = 64 << 20;

    /** Takes what is in a file, in its order. */
    public interface Taker {

        void begin(int schema, SortedMap<String, Long> numbers) throws BackupException;

        Particulars.Rows table(String name, List<String> columns) throws BackupException;
    }

    /**
     * @param name of the file, for people
     * @throws BackupException {@code catalog.file}: it is none, damaged, or of a newer form; {@code catalog.io} if it can't be read
     */
    public static ExportFile open(Path path, String name) throws BackupException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] head = in.readNBytes(HEAD.length);
            long length = Files.size(path) - SUM;
            if (!Arrays.equals(head, HEAD) || length <= HEAD.length) {
                boolean other = Arrays.mismatch(head, ANY_HEAD) == ANY_HEAD.length;
                throw refused(name, other && length > HEAD.length ? "it has another form than this version of Azekura reads; take the version that wrote it, or a newer one"
                        : other ? "it is cut off" : "it is no catalog; \"azekura catalog export FILE\" writes one", null);
            }
            MessageDigest digest = digest();
            digest.update(head);
            byte[] piece = new byte[PIECE];
            for (long left = length - head.length; left > 0;) {
                int read = in.read(piece, 0, (int) Math.min(left, PIECE));
                if (read < 0) {
                    throw refused(name, "it is cut off", null);
                }
                digest.update(piece, 0, read);
                left -= read;
            }
            byte[] sum = digest.digest();
            if (!Arrays.equals(sum, in.readNBytes(SUM))) {
                throw refused(name, "it is damaged or cut off: its sum is another one", null);
            }
            return new ExportFile(path, name, length, HexFormat.of().formatHex(sum));
        } catch (IOException e) {
            throw failed(name, e);
        }
    }

    /** @throws BackupException {@code catalog.file} if it is not as the grammar says; what the taker throws */
    public void read(Taker taker) throws BackupException {
        try (InputStream in = new Bounded(new BufferedInputStream(Files.newInputStream(path), PIECE), length)) {
            in.readNBytes(HEAD.length);
            try (JsonParser from = Export.CBOR.createParser(in)) {
                require(from.nextToken() == JsonToken.START_ARRAY);
                require(from.nextToken() == JsonToken.VALUE_NUMBER_INT);
                int schema = from.getIntValue();
                taker.begin(schema, numbers(from));
                for (int tables = 0; from.nextToken() == JsonToken.START_ARRAY; tables++) {
                    require(tables < MOST_NAMES);
                    table(from, taker);
                }
                require(from.currentToken() == JsonToken.END_ARRAY && from.nextToken() == null);
            }
        } catch (JsonProcessingException e) {
            throw refused(name, "it is not as a catalog's file is: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw failed(name, e);
        } catch (IllegalArgumentException e) {
            throw refused(name, "it is not as a catalog's file is: " + e.getMessage(), e);
        }
    }

    private static SortedMap<String, Long> numbers(JsonParser from) throws IOException {
        SortedMap<String, Long> numbers = new TreeMap<>();
        require(from.nextToken() == JsonToken.START_OBJECT);
        while (from.nextToken() == JsonToken.FIELD_NAME) {
            require(numbers.size() < MOST_NAMES);
            String table = from.currentName();
            require(from.nextToken() == JsonToken.VALUE_NUMBER_INT);
            numbers.put(table, from.getLongValue());
        }
        return numbers;
    }

    private static void table(JsonParser from, Taker taker) throws IOException, BackupException {
        require(from.nextToken() == JsonToken.VALUE_STRING);
        String table = from.getText();
        List<String> columns = new ArrayList<>();
        require(from.nextToken() == JsonToken.START_ARRAY);
        while (from.nextToken() == JsonToken.VALUE_STRING) {
            require(columns.size() < MOST_NAMES);
            columns.add(from.getText());
        }
        require(from.currentToken() == JsonToken.END_ARRAY);
        Particulars.Rows rows = taker.table(table, columns);
        require(from.nextToken() == JsonToken.START_ARRAY);
        while (from.nextToken() == JsonToken.START_ARRAY) {
            Object[] values = new Object[columns.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(from);
            }
            require(from.nextToken() == JsonToken.END_ARRAY);
            rows.add(values);
        }
        require(from.currentToken() == JsonToken.END_ARRAY && from.nextToken() == JsonToken.END_ARRAY);
        rows.end();
    }

    private static Object value(JsonParser from) throws IOException {
        JsonToken token = from.nextToken();
        require(token != null);
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT -> from.getLongValue();
            case VALUE_STRING -> from.getText();
            case VALUE_EMBEDDED_OBJECT -> bytes(from);
            default -> throw new IllegalArgumentException("a row has a " + token);
        };
    }

    /** Read piece by piece: what is larger is not in memory before that is known. */
    private static byte[] bytes(JsonParser from) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        from.readBinaryValue(new FilterOutputStream(bytes) {
            @Override
            public void write(byte[] piece, int at, int length) {
                if (bytes.size() + length > LARGEST) {
                    throw new IllegalArgumentException("a value has more than " + LARGEST + " bytes");
                }
                bytes.write(piece, at, length);
            }
        });
        return bytes.toByteArray();
    }

    private static void require(boolean right) {
        if (!right) {
            throw new IllegalArgumentException("something else was expected");
        }
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** Nothing was changed for it. */
    BackupException refused(String why) {
        return refused(name, why, null);
    }

    private static BackupException refused(String name, String why, Exception e) {
        return new BackupException(new Failure("catalog.file", Kind.OPERATOR, false, name, "the file " + name + ": " + why + " (nothing was changed)"), e);
    }

    private static BackupException failed(String name, IOException e) {
        return new BackupException(new Failure("catalog.file", Kind.DEVICE, true, name, "the file " + name + " can't be read: " + e), e);
    }

    /** The sum behind the body is not the body's. */
    private static final class Bounded extends FilterInputStream {

        private long left;

        Bounded(InputStream in, long length) {
            super(in);
            left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            int read = left == 0 ? -1 : in.read(into, offset, (int) Math.min(left, count));
            left -= Math.max(0, read);
            return read;
        }
    }
}

package org.azekura.catalog.postgresql;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.azekura.api.BackupException;
import org.azekura.catalog.sql.Sql;
import org.azekura.catalog.sql.export.Layout;
import org.azekura.catalog.sql.export.Particulars;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows in the text form of COPY, sent some at a time. */
final class CopyRows implements Particulars.Rows {

    private static final int PIECE = 1 << 16;

    private final Sql sql;
    private final CopyIn copy;
    private final StringBuilder text = new StringBuilder();

    private CopyRows(Sql sql, CopyIn copy) {
        this.sql = sql;
        this.copy = copy;
    }

    static CopyRows begin(Sql sql, Layout layout) throws BackupException {
        return new CopyRows(sql, sql.jdbc(connection -> connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + layout.target() + " FROM STDIN")));
    }

    @Override
    public void add(Object[] values) throws BackupException {
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : "\t");
            switch (values[i]) {
                case null -> text.append("\\N");
                case byte[] bytes -> text.append("\\\\x").append(HexFormat.of().formatHex(bytes));
                case String words -> escaped(words);
                case Object number -> text.append(number);
            }
        }
        text.append('\n');
        if (text.length() >= PIECE) {
            send();
        }
    }

    private void escaped(String words) {
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\0' -> text.append(Sql.NULL_PICTURE);
                default -> text.append(c);
            }
        }
    }

    private void send() throws BackupException {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        text.setLength(0);
        sql.jdbc(connection -> {
            copy.writeToCopy(bytes, 0, bytes.length);
            return null;
        });
    }

    @Override
    public void end() throws BackupException {
        send();
        sql.jdbc(connection -> copy.endCopy());
    }
}

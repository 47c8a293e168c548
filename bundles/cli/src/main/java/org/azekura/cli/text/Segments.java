package org.azekura.cli.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.azekura.api.RawPath;

/** The names of an absolute path, as bytes. */
record Segments(List<byte[]> names) {

    private static final byte[] HERE = {'.'};
    private static final byte[] UP = {'.', '.'};

    static Segments of(RawPath path) {
        List<byte[]> names = new ArrayList<>();
        byte[] bytes = path.bytes();
        int from = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '/') {
                byte[] name = Arrays.copyOfRange(bytes, from, i);
                if (name.length > 0 && !Arrays.equals(name, HERE)) {
                    names.add(name);
                }
                from = i + 1;
            }
        }
        return new Segments(names);
    }

    /** Without {@code ..}: what is before one is resolved as the system would, so that a link is not cut off by its name. */
    RawPath clean() {
        List<byte[]> clean = new ArrayList<>();
        for (byte[] name : names) {
            if (!Arrays.equals(name, UP)) {
                clean.add(name);
                continue;
            }
            clean = new ArrayList<>(real(new Segments(clean)).names);
            if (!clean.isEmpty()) {
                clean.removeLast();
            }
        }
        return new Segments(clean).path();
    }

    private static Segments real(Segments folder) {
        String text = folder.path().utf8();
        try {
            return text == null ? folder : of(RawPath.of(Path.of(text).toRealPath().toString()));
        } catch (IOException e) {
            // not there: whoever looks for it says so
            return folder;
        }
    }

    private RawPath path() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] name : names) {
            bytes.write('/');
            bytes.writeBytes(name);
        }
        return bytes.size() == 0 ? RawPath.of("/") : new RawPath(bytes.toByteArray());
    }
}

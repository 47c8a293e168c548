package org.azekura.client.collect;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;

/** The roots of a save set as a tree of names from {@code /} on, so that one walk in name order meets them all. */
final class RootTree {

    private final TreeMap<byte[], RootTree> children = new TreeMap<>(Arrays::compareUnsigned);
    private boolean root;

    /** @throws BackupException {@code root.invalid} if a root is not absolute or contains {@code ..} */
    static RootTree of(List<RawPath> roots) throws BackupException {
        RootTree top = new RootTree();
        for (RawPath path : roots) {
            RootTree at = top;
            for (byte[] name : names(path)) {
                at = at.children.computeIfAbsent(name, n -> new RootTree());
            }
            at.root = true;
        }
        return top;
    }

    /** The names of an absolute path; doubled slashes and {@code .} count for nothing. */
    static List<byte[]> names(RawPath path) throws BackupException {
        byte[] bytes = path.bytes();
        if (bytes.length == 0 || bytes[0] != '/') {
            throw BackupException.operator("root.invalid", path.toString(), "a root must be an absolute path, like /srv/data; not \"" + path + "\"");
        }
        List<byte[]> names = new ArrayList<>();
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        for (int i = 0; i <= bytes.length; i++) {
            if (i < bytes.length && bytes[i] != '/') {
                name.write(bytes[i]);
                continue;
            }
            byte[] found = name.toByteArray();
            name.reset();
            if (Arrays.equals(found, new byte[] {'.', '.'})) {
                throw BackupException.operator("root.invalid", path.toString(), "a root must not contain \"..\"; not \"" + path + "\"");
            }
            if (found.length > 0 && !Arrays.equals(found, new byte[] {'.'})) {
                names.add(found);
            }
        }
        return names;
    }

    /** Whether all below this is saved. */
    boolean isRoot() {
        return root;
    }

    /** Null if no root is at or below this name. */
    RootTree child(byte[] name) {
        return children.get(name);
    }

    /** The names that lead to roots, in order. */
    Iterable<byte[]> names() {
        return children.keySet();
    }

    /** All roots at and below this one, whose path is {@code here}. */
    List<RawPath> roots(RawPath here) {
        List<RawPath> found = new ArrayList<>();
        if (root) {
            found.add(here);
        }
        children.forEach((name, child) -> found.addAll(child.roots(here.child(name))));
        return found;
    }
}

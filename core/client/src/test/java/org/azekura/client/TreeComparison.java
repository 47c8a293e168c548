package org.azekura.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;
import org.azekura.client.posix.OpenFile;

/** Says how two trees differ: in names, bytes, attributes, holes, links. */
final class TreeComparison {

    private final List<String> differences = new ArrayList<>();
    private final Map<Long, Long> links = new HashMap<>();

    static List<String> differences(Directory a, Directory b) throws Exception {
        TreeComparison comparison = new TreeComparison();
        comparison.compare("", a, b);
        return comparison.differences;
    }

    private static List<String> names(Directory directory) throws Exception {
        List<String> names = new ArrayList<>();
        directory.names(name -> names.add(new String(name, ISO_8859_1)));
        return names.stream().sorted().toList();
    }

    private void compare(String path, Directory a, Directory b) throws Exception {
        check(path, "names", names(a), names(b));
        for (String text : names(a)) {
            byte[] name = text.getBytes(ISO_8859_1);
            if (b.find(name) != null) {
                compareEntry(path + "/" + text, name, a, b);
            }
        }
    }

    private void compareEntry(String path, byte[] name, Directory a, Directory b) throws Exception {
        FileStat s = a.stat(name);
        FileStat t = b.stat(name);
        check(path, "type", s.type(), t.type());
        check(path, "mode", s.mode(), t.mode());
        check(path, "owner", s.uid() + ":" + s.gid(), t.uid() + ":" + t.gid());
        check(path, "mtime", s.mtime(), t.mtime());
        check(path, "device", s.special(), t.special());
        check(path, "xattrs", xattrs(a, name), xattrs(b, name));
        if (s.type() != FileType.DIRECTORY) {
            check(path, "links", s.links(), t.links());
            check(path, "link group", links.computeIfAbsent(s.inode(), i -> t.inode()), t.inode());
        }
        switch (s.type()) {
            case FILE -> {
                check(path, "size", s.size(), t.size());
                check(path, "sparse", s.maybeSparse(), t.maybeSparse());
                check(path, "content", Arrays.hashCode(content(a, name)), Arrays.hashCode(content(b, name)));
            }
            case SYMLINK -> check(path, "target", new String(a.readLink(name), ISO_8859_1), new String(b.readLink(name), ISO_8859_1));
            case DIRECTORY -> {
                try (Directory x = a.open(name); Directory y = b.open(name)) {
                    compare(path, x, y);
                }
            }
            case FIFO, SOCKET, BLOCK, CHARACTER -> { }
        }
    }

    private static String xattrs(Directory directory, byte[] name) throws Exception {
        StringBuilder all = new StringBuilder();
        directory.attributes(name).list().forEach(x -> all.append(new String(x.name(), ISO_8859_1)).append('=')
                .append(HexFormat.of().formatHex(x.value())).append(' '));
        return all.toString();
    }

    private static byte[] content(Directory directory, byte[] name) throws Exception {
        try (OpenFile file = directory.read(name)) {
            byte[] content = new byte[(int) file.stat().size()];
            file.read(0, content, 0, content.length);
            return content;
        }
    }

    private void check(String path, String what, Object a, Object b) {
        if (!a.equals(b)) {
            differences.add(path + ": " + what + " " + a + " became " + b);
        }
    }
}

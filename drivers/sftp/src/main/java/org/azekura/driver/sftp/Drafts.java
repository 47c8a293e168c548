package org.azekura.driver.sftp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.azekura.api.device.BlobKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of blobs in the making. The protocol has no locks, so the name of a draft says who writes it: {@code HOST.PID.UUID}, where HOST stands for one run of
 * one machine's kernel, and for one room of process ids in it. What a process of here has left that is gone is removed when the server is met next; what another
 * host's run has left, when nobody has written to it for a day.
 */
final class Drafts {

    static final Duration ABANDONED = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(Drafts.class);
    private static final Pattern NAME = Pattern.compile("([0-9a-f]{16})\\.([0-9]{1,10})\\.[0-9a-f-]{36}");
    private static final String HERE = here();
    private static final long PROCESS = ProcessHandle.current().pid();
    /** Of this process, of whichever device. */
    private static final Set<String> IN_USE = ConcurrentHashMap.newKeySet();

    private final String folder;

    Drafts(String root) {
        folder = root + "/" + BlobKeys.DRAFTS;
    }

    /** A new file that is open for writing. Nobody removes it before {@link #close}. */
    record Draft(String path, byte[] handle) {}

    Draft create(Line line) throws IOException {
        String name = HERE + "." + PROCESS + "." + UUID.randomUUID();
        IN_USE.add(name);
        Draft draft = null;
        try {
            draft = open(line, folder + "/" + name);
            return draft;
        } finally {
            if (draft == null) {
                IN_USE.remove(name);
            }
        }
    }

    private Draft open(Line line, String path) throws IOException {
        Request request = Request.open(path, Request.NEW);
        try {
            return new Draft(path, line.handle(line.ask(request)));
        } catch (IOException e) {
            if (!SftpFault.absent(e)) {
                throw e;
            }
            Folders.create(line, folder);
            return new Draft(path, line.handle(line.ask(Request.open(path, Request.NEW))));
        }
    }

    /** Nobody writes it any more: what is left of it may go. */
    static void close(Draft draft) {
        IN_USE.remove(draft.path().substring(draft.path().lastIndexOf('/') + 1));
    }

    /** Removes what nobody writes any more. What can't be removed does no harm: it is named in the log. */
    void clear(Line line) {
        try {
            List<DirEntry> all = Listing.files(line, folder);
            long now = all.stream().anyMatch(one -> isForeign(one.getFilename())) ? now(line) : 0;
            for (DirEntry one : all) {
                if (isLeft(one.getFilename(), one.getAttributes(), now)) {
                    line.run(Request.remove(folder + "/" + one.getFilename()));
                }
            }
        } catch (IOException e) {
            LOG.warn("cannot remove unfinished files in {}: {}", folder, e.getMessage());
        }
    }

    private static boolean isForeign(String name) {
        Matcher parts = NAME.matcher(name);
        return parts.matches() && !parts.group(1).equals(HERE);
    }

    private static boolean isLeft(String name, Attributes attributes, long now) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            return false;
        }
        if (!parts.group(1).equals(HERE)) {
            return attributes.getModifyTime() != null && attributes.getModifyTime().toMillis() < now - ABANDONED.toMillis();
        }
        long process = Long.parseLong(parts.group(2));
        return process == PROCESS ? !IN_USE.contains(name) : ProcessHandle.of(process).isEmpty();
    }

    /** By the server's clock, with which it dates files. */
    private long now(Line line) throws IOException {
        Draft draft = create(line);
        try {
            return line.attributes(line.ask(Request.lstat(draft.path()))).getModifyTime().toMillis();
        } finally {
            line.tell(Request.close(draft.handle()));
            line.tell(Request.remove(draft.path()));
            close(draft);
        }
    }

    private static String here() {
        String host;
        try {
            host = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")) + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException e) {
            host = UUID.randomUUID().toString(); // then a draft of before is another's
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(host.getBytes(UTF_8)), 0, Long.BYTES);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}

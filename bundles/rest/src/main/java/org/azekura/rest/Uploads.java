package org.azekura.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.azekura.api.BackupException;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.https.PrivateFile;

/** Bodies that are too large for memory, in files of their own until somebody has used them. Safe for any number of threads. */
final class Uploads {

    static final int AT_ONCE = 4;
    private static final int PIECE = 64 << 10;

    private final Path folder;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /** @param folder emptied: what a killed process has left in it is nobody's */
    Uploads(Path folder) throws IOException {
        this.folder = folder;
        PrivateFile.folder(folder);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
    }

    /** Who sends it. To open it tells him to begin, if he waits for that. */
    interface Caller {
        InputStream open() throws IOException;
    }

    /**
     * Reads a body to its end.
     *
     * @param announced so many bytes are to come; -1 if nobody knows
     * @return a file for its owner alone, which whoever calls this deletes
     * @throws Refusal         if it is empty or larger than {@code most}, or too many come at a time; the rest of it is not read
     * @throws BackupException {@code upload.io} if it can't be kept
     * @throws IOException     if the caller breaks off
     */
    Path take(Caller caller, long announced, long most) throws IOException, Refusal, BackupException {
        if (announced > most) {
            throw Refusal.tooLarge(most);
        }
        if (!places.tryAcquire()) {
            throw Refusal.tooMany("uploads", AT_ONCE);
        }
        Path file = folder.resolve(UUID.randomUUID().toString());
        boolean whole = false;
        try {
            requireRoom(announced);
            long bytes = copy(caller, file, most);
            if (bytes == 0) {
                throw Refusal.badRequest("request.value", "", "the body is empty; it should be the file");
            }
            whole = true;
            return file;
        } finally {
            places.release();
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Another may fill it meanwhile: then it fails while it is written. */
    private void requireRoom(long bytes) throws BackupException {
        long free;
        try {
            free = Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw failed(folder, e);
        }
        if (bytes > free) {
            throw BackupException.device("upload.io", folder.toString(), "what is sent has " + bytes + " bytes, and in " + folder + " there is room for " + free, null);
        }
    }

    private static long copy(Caller caller, Path file, long most) throws IOException, Refusal, BackupException {
        long bytes = 0;
        byte[] piece = new byte[PIECE];
        try (OutputStream out = create(file); InputStream in = caller.open()) {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                bytes += read;
                if (bytes > most) {
                    throw Refusal.tooLarge(most);
                }
                write(out, piece, read, file);
            }
        }
        return bytes;
    }

    private static OutputStream create(Path file) throws BackupException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.newOutputStream(file, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static void write(OutputStream out, byte[] piece, int length, Path file) throws BackupException {
        try {
            out.write(piece, 0, length);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static BackupException failed(Path file, IOException e) {
        return BackupException.device("upload.io", file.toString(), "what is sent can't be kept in " + file + ": " + e, e);
    }
}

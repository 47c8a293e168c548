package org.azekura.server.driver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.server.host.ConnectedNode;
import org.azekura.wire.MessageCodec;

/** Brings a driver package to a storage node. */
final class PackageSending {

    private static final int PART = 1 << 20;
    private static final Duration SEND = Duration.ofMinutes(1);
    /** The node writes on its disk what is still on its way. */
    private static final Duration TAKEN = Duration.ofMinutes(2);

    private PackageSending() {}

    /** How far it is. */
    interface Sent {
        /** @throws BackupException to break off */
        void bytes(long gone) throws BackupException;
    }

    /**
     * Returns when the node has taken all of it, or knows why not: it says so when it is to use it.
     *
     * @throws BackupException {@code transport.*}, {@code package.io} if the file can't be read, what {@code sent} throws
     */
    static void send(ConnectedNode node, Path file, String upload, Sent sent) throws BackupException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ); Stream stream = node.open()) {
            long bytes = in.size();
            stream.send(MessageCodec.encode(new StreamOpening.BringPackage(upload, bytes)), SEND);
            long gone = 0;
            while (gone < bytes) {
                ByteBuffer part = ByteBuffer.allocate((int) Math.min(PART, bytes - gone));
                while (part.hasRemaining() && in.read(part) > 0) {
                    // a file gives what it has
                }
                if (part.hasRemaining()) {
                    throw new IOException("it has become shorter");
                }
                stream.send(part.flip(), SEND);
                gone += part.limit();
                sent.bytes(gone);
            }
            stream.endSending();
            if (stream.receive(TAKEN) != null) {
                throw BackupException.network("message.unexpected", node.name().value(), "node " + node.name() + " answered a package with data", null);
            }
        } catch (IOException e) {
            throw BackupException.device("package.io", file.toString(), "the driver package " + file + " can't be read: " + e.getMessage(), e);
        }
    }
}

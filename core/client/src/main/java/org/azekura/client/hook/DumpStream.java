package org.azekura.client.hook;

import java.io.IOException;
import java.io.InputStream;
import org.azekura.api.BackupException;
import org.azekura.api.HookName;
import org.azekura.api.RawPath;
import org.azekura.client.stream.IncomingStream;

/** What a hook dumps. It is whole only if the hook ended well. */
final class DumpStream implements IncomingStream {

    private final HookName name;
    private final Program program;
    private final InputStream in;
    private final End end;
    private volatile boolean waits;
    private boolean ended;

    /** Called once, when the program has ended, well or not. */
    @FunctionalInterface
    interface End {
        void reached(Program program) throws BackupException;
    }

    /** @param idle runs about every second while the program runs */
    DumpStream(HookName name, Program program, Runnable idle, End end) {
        this.name = name;
        this.program = program;
        this.in = program.output();
        this.end = end;
        Thread.ofVirtual().name("patience for hook " + name).start(() -> watch(idle));
    }

    /** A reader that is held up itself is no fault of the program. */
    private void watch(Runnable idle) {
        try {
            while (!program.endsSoon()) {
                if (waits) {
                    idle.run();
                    program.checkTime();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public RawPath name() {
        return RawPath.of(name.value());
    }

    /** @throws BackupException {@code hook.failed} */
    @Override
    public int read(byte[] into, int offset, int wanted) throws BackupException {
        int read = 0;
        while (read < wanted && !ended) {
            int part = readSome(into, offset + read, wanted - read);
            if (part < 0) {
                ended = true;
                end.reached(program);
            } else {
                read += part;
            }
        }
        return read;
    }

    private int readSome(byte[] into, int offset, int wanted) throws BackupException {
        program.touch();
        waits = true;
        try {
            return in.read(into, offset, wanted);
        } catch (IOException e) {
            end.reached(program);
            throw BackupException.operator("hook.failed", name.value(), "the output of hook " + name + " broke off: " + e.getMessage());
        } finally {
            waits = false;
        }
    }

    @Override
    public void close() {
        program.stop("its job ended");
    }
}

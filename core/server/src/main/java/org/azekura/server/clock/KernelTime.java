package org.azekura.server.clock;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the kernel's clock is kept by NTP, and what it says then: adjtimex(2), for Linux on 64 bits. Who sets the clock otherwise takes that mark
 * away from it (settimeofday(2) sets {@code STA_UNSYNC}), until the time service has found the time again.
 */
@SuppressWarnings("restricted")
final class KernelTime {

    private static final int SIZE = 208;
    private static final int STATUS = 40;
    private static final int SECONDS = 72;
    private static final int FRACTION = 80;
    private static final int STA_UNSYNC = 0x40;
    private static final int STA_CLOCKERR = 0x1000;
    private static final int STA_NANO = 0x2000;
    private static final int TIME_ERROR = 5;
    private static final long NANOS_OF_A_MICRO = 1000;

    private static final MethodHandle ADJTIMEX = Linker.nativeLinker().defaultLookup().find("adjtimex")
            .map(function -> Linker.nativeLinker().downcallHandle(function, FunctionDescriptor.of(JAVA_INT, ADDRESS))).orElse(null);

    private KernelTime() {}

    /** Empty if NTP does not keep it, or that can't be known: nobody else is asked, and no error is made of it. */
    static Optional<Instant> now() {
        if (ADJTIMEX == null) {
            return Optional.empty();
        }
        try (Arena arena = Arena.ofConfined()) {
            // all zero: nothing is changed
            MemorySegment timex = arena.allocate(SIZE, Long.BYTES);
            int state = (int) ADJTIMEX.invokeExact(timex);
            return read(state, timex);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Instant> read(int state, MemorySegment timex) {
        int status = timex.get(JAVA_INT, STATUS);
        if (state < 0 || state == TIME_ERROR || (status & (STA_UNSYNC | STA_CLOCKERR)) != 0) {
            return Optional.empty();
        }
        long fraction = timex.get(JAVA_LONG, FRACTION);
        return Optional.of(Instant.ofEpochSecond(timex.get(JAVA_LONG, SECONDS), (status & STA_NANO) != 0 ? fraction : fraction * NANOS_OF_A_MICRO));
    }
}

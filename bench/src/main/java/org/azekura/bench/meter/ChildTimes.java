package org.azekura.bench.meter;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** User and system time of all children of this process that have ended and been waited for, with their own children: getrusage(2). */
final class ChildTimes {

    private static final int RUSAGE_CHILDREN = -1;
    /** struct rusage on 64-bit Linux: two timevals and fourteen longs. */
    private static final int BYTES = 144;

    @SuppressWarnings("restricted")
    private static final MethodHandle GETRUSAGE = Linker.nativeLinker().downcallHandle(
            Linker.nativeLinker().defaultLookup().findOrThrow("getrusage"), FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

    private ChildTimes() {}

    static Duration now() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment usage = arena.allocate(BYTES, Long.BYTES);
            if ((int) GETRUSAGE.invokeExact(RUSAGE_CHILDREN, usage) != 0) {
                throw new IllegalStateException("getrusage failed");
            }
            return time(usage, 0).plus(time(usage, 2));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static Duration time(MemorySegment usage, int index) {
        return Duration.ofSeconds(usage.getAtIndex(JAVA_LONG, index)).plus(usage.getAtIndex(JAVA_LONG, index + 1), ChronoUnit.MICROS);
    }
}

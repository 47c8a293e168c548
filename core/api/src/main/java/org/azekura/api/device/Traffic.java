package org.azekura.api.device;

/**
 * What a device carried, as far as its driver can count it: what was tried again counts again, since it is paid for again. Never negative.
 *
 * @param bytesIn  sent to the device
 * @param bytesOut that came from it
 * @param writes   requests that put, change or list something
 * @param reads    requests that read, or look for something
 * @param free     requests that services usually don't bill, like those that delete
 */
public record Traffic(long bytesIn, long bytesOut, long writes, long reads, long free) {

    public static final Traffic NONE = new Traffic(0, 0, 0, 0, 0);

    /** Both ways. */
    public long bytes() {
        return bytesIn + bytesOut;
    }

    /** Those that services usually bill. */
    public long requests() {
        return writes + reads;
    }

    public Traffic plus(Traffic more) {
        return new Traffic(bytesIn + more.bytesIn, bytesOut + more.bytesOut, writes + more.writes, reads + more.reads, free + more.free);
    }

    /** What came since. */
    public Traffic minus(Traffic before) {
        return new Traffic(bytesIn - before.bytesIn, bytesOut - before.bytesOut, writes - before.writes, reads - before.reads, free - before.free);
    }
}

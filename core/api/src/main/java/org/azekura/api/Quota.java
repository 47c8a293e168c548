package org.azekura.api;

/**
 * How much a client may have stored, and has.
 *
 * @param limit in bytes of packs; {@value #NONE} without a bound
 * @param used  bytes of the packs that count for it
 */
public record Quota(ClientName client, long limit, long used) {

    /** No bound. */
    public static final long NONE = -1;

    public boolean isBounded() {
        return limit != NONE;
    }

    /** What may be stored still; {@value #NONE} without a bound. */
    public long left() {
        return isBounded() ? Math.max(0, limit - used) : NONE;
    }

    /** @throws BackupException {@code quota.exceeded} if more is stored than may be */
    public void require() throws BackupException {
        if (isBounded() && used > limit) {
            throw exceeded();
        }
    }

    /** Says that more would be stored than may be, and what to do. */
    public BackupException exceeded() {
        return BackupException.operator("quota.exceeded", client.value(), "client " + client + " has " + ByteSize.format(used) + " (" + used
                + " bytes) stored and may have " + ByteSize.format(limit) + " (" + limit + " bytes): there is no room for what this backup would"
                + " add; delete snapshots of it and run \"azekura prune\", or allow more with \"azekura client quota " + client + " SIZE\"");
    }
}

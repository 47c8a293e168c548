package org.azekura.server.scale;

/**
 * How large an installation is.
 *
 * @param bytes      that its clients have, in all
 * @param ofAPolicy  save sets in each policy; each client has one
 */
record Size(String name, int clients, long bytes, int nodes, int ofAPolicy) {

    private static final long TB = 1_000_000_000_000L;

    static final Size SMALL = new Size("100 clients", 100, 100 * TB, 1, 10);
    static final Size HOUSE = new Size("1,000 clients", 1_000, 1_000 * TB, 4, 50);
    static final Size COMPANY = new Size("10,000 clients", 10_000, 10_000 * TB, 32, 100);
    static final Size LARGEST = new Size("100,000 clients", 100_000, 100_000 * TB, 256, 100);

    int policies() {
        return (clients + ofAPolicy - 1) / ofAPolicy;
    }

    long bytesOfAClient() {
        return bytes / clients;
    }
}

package org.azekura.rest.peer;

/** What one has to say to pass a call on. */
public final class Passing {

    public static final String HEADER = Passage.HEADER;

    private Passing() {}

    /** @param key {@code shared} is the one that servers have */
    public static String sealed(String key, String call, String from, boolean home) {
        return new Passage(from, "backup2", 8443, "backup2", home).sealed(Peers.seal(key), call);
    }
}

package org.azekura.rest.https;

import java.net.URI;

/** Inside this bundle: HTTPS answers at this address, and this door lets callers in. Public because DS must see it. */
public final class Listening {

    private final URI url;
    private final URI others;
    private final LocalToken door;
    private final Network network;

    /** @param others where other hosts reach it; null if they don't */
    Listening(URI url, URI others, LocalToken door, Network network) {
        this.network = network;
        this.url = url;
        this.others = others;
        this.door = door;
    }

    public URI url() {
        return url;
    }

    public URI others() {
        return others;
    }

    /** For who has the token of the home; there are others. */
    public LocalToken door() {
        return door;
    }

    public Network network() {
        return network;
    }
}

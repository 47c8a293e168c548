package org.azekura.rest;

import java.net.URI;

/** Inside this bundle: HTTPS answers at this address, and these callers may ask. Public because DS must see it. */
public final class Listening {

    private final URI url;
    private final URI others;
    private final Access access;

    /** @param others where other hosts reach it; null if they don't */
    Listening(URI url, URI others, Access access) {
        this.url = url;
        this.others = others;
        this.access = access;
    }

    URI url() {
        return url;
    }

    URI others() {
        return others;
    }

    Access access() {
        return access;
    }
}

package org.azekura.rest;

import java.net.URI;

/** Inside this bundle: HTTPS answers at this address, and these callers may ask. Public because DS must see it. */
public final class Listening {

    private final URI url;
    private final Access access;

    Listening(URI url, Access access) {
        this.url = url;
        this.access = access;
    }

    URI url() {
        return url;
    }

    Access access() {
        return access;
    }
}

package org.azekura.extract;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.engine.volume.Label;

/**
 * What lies on the cartridges of a pool, or below a name there.
 *
 * @param below what names begin with here; empty, or ends with a slash
 * @param asks  whether who reads what is on a cartridge that is not in a drive waits until somebody has brought it; else it is missing
 */
record CartridgeMedium(Cartridges cartridges, String below, boolean asks) implements Medium {

    private static final String COPIES = "copies/";
    private static final String LABEL = "/azekura-label";

    @Override
    public String where() {
        return cartridges.where() + (below.isEmpty() ? "" : ", " + below.substring(0, below.length() - 1));
    }

    @Override
    public List<String> names(String prefix) throws BackupException {
        List<String> names = new ArrayList<>();
        cartridges.store().list(below + prefix, blob -> names.add(blob.key().substring(below.length())));
        return names;
    }

    @Override
    public boolean has(String name) throws BackupException {
        return cartridges.store().size(below + name) >= 0;
    }

    @Override
    public Blob open(String name) throws BackupException {
        String key = below + name;
        long size = cartridges.store().size(key);
        if (size < 0) {
            throw BackupException.media("blob.missing", key, "there is no " + key + " on the cartridges in " + cartridges.where(), null);
        }
        return new Blob() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public int read(long offset, ByteBuffer into) throws BackupException {
                return asks ? cartridges.read(key, offset, into) : cartridges.store().read(key, offset, into);
            }

            @Override
            public void close() {}
        };
    }

    /** That of one of the set: which is in the drive says nothing. */
    @Override
    public Label label() throws BackupException {
        return below.isEmpty() ? cartridges.label() : Medium.super.label();
    }

    @Override
    public List<Medium> copies() throws BackupException {
        List<Medium> copies = new ArrayList<>();
        if (below.isEmpty()) {
            for (String name : names(COPIES)) {
                if (name.endsWith(LABEL) && name.indexOf('/', COPIES.length()) == name.length() - LABEL.length()) {
                    copies.add(new CartridgeMedium(cartridges, name.substring(0, name.length() - LABEL.length() + 1), asks));
                }
            }
        }
        return copies;
    }

    @Override
    public boolean isTape() {
        return true;
    }
}

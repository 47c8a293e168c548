package org.azekura.server.host;

import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Quota;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much may be stored of clients. */
public final class Quotas {

    private static final Logger log = LoggerFactory.getLogger(Quotas.class);

    private Quotas() {}

    /** @throws BackupException {@code client.unknown} */
    public static Quota of(CatalogView view, ClientName client) throws BackupException {
        return view.quota(client).orElseThrow(() -> BackupException.operator("client.unknown", client.value(), "there is no client " + client
                + "; \"azekura client list\" names them all"));
    }

    /** @throws BackupException {@code client.unknown}, {@code quota.value} */
    public static Quota limit(CatalogEdit edit, ClientName client, long bytes) throws BackupException {
        if (bytes != Quota.NONE && bytes < 1) {
            throw BackupException.operator("quota.value", client.value(), "a quota is a number of bytes from 1 on, or " + Quota.NONE
                    + " for none; not " + bytes);
        }
        Quota before = of(edit, client);
        edit.putQuota(client, bytes);
        Edition.next(edit);
        log.info("client={} quota={} bytes, was {}, used {}", client, bytes, before.limit(), before.used());
        return new Quota(client, bytes, before.used());
    }
}

package org.azekura.api.server;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.SaveSetId;
import org.azekura.api.catalog.KeptSaveSet;
import org.osgi.annotation.versioning.ProviderType;

/** Save sets that are kept as configuration. Safe for any number of threads. */
@ProviderType
public interface SaveSets {

    /**
     * By client, then by name.
     *
     * @param client null for all
     * @throws BackupException {@code client.unknown}
     */
    List<KeptSaveSet> list(ClientName client) throws BackupException;

    /**
     * @param name of the save set, or {@code CLIENT/NAME}
     * @throws BackupException {@code saveset.unknown}; {@code saveset.ambiguous} if several clients have one of this name
     */
    KeptSaveSet find(String name) throws BackupException;

    /**
     * Keeps a new one. A client for which another collects need not have come yet: it is known from now on.
     *
     * @param saveSet its client null: the client of this host
     * @throws BackupException {@code saveset.exists}, {@code saveset.invalid}, {@code path.*}, {@code client.unknown}: nothing was changed
     */
    KeptSaveSet create(KeptSaveSet saveSet) throws BackupException;

    /**
     * Has one be saved otherwise from its next backup on: other paths, rules, hooks, or another client that collects. Its name and its client stay, and so do
     * its snapshots.
     *
     * @throws BackupException {@code saveset.unknown}, {@code saveset.invalid}, {@code path.*}, {@code client.unknown}: nothing was changed
     */
    KeptSaveSet change(KeptSaveSet saveSet) throws BackupException;

    /**
     * Forgets one; its snapshots stay.
     *
     * @throws BackupException {@code saveset.unknown}; {@code saveset.used} by a policy
     */
    void delete(SaveSetId id) throws BackupException;
}

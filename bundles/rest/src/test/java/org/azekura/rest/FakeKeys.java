package org.azekura.rest;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.server.Keys;

/** Remembers what it was asked. */
final class FakeKeys implements Keys {

    final List<String> asked = new ArrayList<>();
    boolean sealed;

    @Override
    public State state(PoolName pool) throws BackupException {
        return new State(sealed, 3, 2, List.of(new Reader("00112233445566aa", "Ann's safe", !sealed)), new byte[] {1, 2, 3});
    }

    @Override
    public State addRecipient(PoolName pool, String publicKey) throws BackupException {
        asked.add("add " + pool + " " + publicKey);
        if (sealed) {
            throw BackupException.operator("key.missing", pool.value(), "the key of pool " + pool + " is not here");
        }
        return state(pool);
    }

    @Override
    public State removeRecipient(PoolName pool, String keyId) throws BackupException {
        asked.add("remove " + pool + " " + keyId);
        return state(pool);
    }

    @Override
    public State replaceRing(PoolName pool, byte[] ring) throws BackupException {
        asked.add("ring " + pool + " " + ring.length);
        return state(pool);
    }

    @Override
    public List<PoolName> importKey(PoolName pool, String recovery, String passphrase) throws BackupException {
        if (recovery.equals("hello")) {
            throw BackupException.operator("recovery.corrupt", "", "recovery file: it does not begin as one");
        }
        asked.add("import " + pool + " " + recovery);
        return List.of(new PoolName("default"));
    }

    @Override
    public void forgetKey(PoolName pool) {
        asked.add("seal " + pool);
        sealed = true;
    }
}

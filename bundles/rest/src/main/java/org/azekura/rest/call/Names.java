package org.azekura.rest.call;

import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.DeviceName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;
import org.azekura.api.TargetName;
import org.azekura.api.TokenName;
import org.azekura.api.UserName;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.Snapshots;

/** Names of what should be there. One that nothing can be called is as unknown as any other; null stays null. */
public final class Names {

    private Names() {}

    public static PoolName pool(String name) throws BackupException {
        try {
            return name == null ? null : new PoolName(name);
        } catch (IllegalArgumentException e) {
            throw unknown("pool", name);
        }
    }

    public static PoolGroup group(String name) throws BackupException {
        try {
            return name == null ? null : new PoolGroup(name);
        } catch (IllegalArgumentException e) {
            throw unknown("group", name);
        }
    }

    public static NodeName node(String name) throws BackupException {
        try {
            return name == null ? null : new NodeName(name);
        } catch (IllegalArgumentException e) {
            throw unknown("node", name);
        }
    }

    public static DeviceName device(String name) throws BackupException {
        try {
            return new DeviceName(name);
        } catch (IllegalArgumentException e) {
            throw unknown("device", name);
        }
    }

    public static ClientName client(String name) throws BackupException {
        try {
            return name == null ? null : new ClientName(name);
        } catch (IllegalArgumentException e) {
            throw unknown("client", name);
        }
    }

    public static PolicyName policy(String name) throws BackupException {
        try {
            return name == null ? null : new PolicyName(name);
        } catch (IllegalArgumentException e) {
            throw unknown("policy", name);
        }
    }

    public static UserName user(String name) throws BackupException {
        try {
            return new UserName(name);
        } catch (IllegalArgumentException e) {
            throw unknown("user", name);
        }
    }

    public static TokenName token(String name) throws BackupException {
        try {
            return new TokenName(name);
        } catch (IllegalArgumentException e) {
            throw unknown("token", name);
        }
    }

    public static TargetName target(String name) throws BackupException {
        try {
            return new TargetName(name);
        } catch (IllegalArgumentException e) {
            throw unknown("target", name);
        }
    }

    public static JobId job(String id) throws BackupException {
        try {
            return JobId.parse(id);
        } catch (IllegalArgumentException e) {
            throw unknown("job", id);
        }
    }

    public static Snapshot snapshot(Snapshots snapshots, String id) throws BackupException {
        try {
            return snapshots.find(id);
        } catch (IllegalArgumentException e) {
            throw unknown("snapshot", id);
        }
    }

    public static BackupException unknown(String what, String name) {
        return BackupException.operator(what + ".unknown", name, "there is no " + what + " \"" + name + "\"");
    }
}

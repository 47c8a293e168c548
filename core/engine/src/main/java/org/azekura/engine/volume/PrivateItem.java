package org.azekura.engine.volume;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.DeviceName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.TargetName;
import org.azekura.api.UserName;
import org.azekura.engine.octets.ByteInput;
import org.azekura.engine.octets.ByteOutput;

/**
 * What is for holders of the pool's keys as a whole, since addresses of people, hosts and accounts are in it. Sealed it is a {@link ConfigurationItem.Hidden}. No secret is
 * among it: a name stands for each that there was.
 */
public sealed interface PrivateItem {

    /** As it is sealed. */
    default byte[] encoded() {
        ByteOutput out = new ByteOutput(256);
        PrivateForm.write(this, out);
        return out.toBytes();
    }

    /** @throws BackupException {@code checkpoint.corrupt} */
    static PrivateItem of(byte[] bytes) throws BackupException {
        ByteInput in = new ByteInput(bytes, CheckpointForm.CORRUPT, "what is sealed");
        try {
            PrivateItem item = PrivateForm.read(in);
            in.end("what is sealed");
            return item;
        } catch (IllegalArgumentException e) {
            throw in.corrupt(e.getMessage());
        }
    }

    /**
     * Somebody who was told what happens.
     *
     * @param kind    the single word that people see
     * @param secrets names of those that he had
     * @param match   lines, as {@code field pattern}
     */
    record Target(TargetName name, String kind, boolean enabled, String language, SortedMap<String, String> settings, List<String> secrets, List<String> match, String quiet,
            Instant made) implements PrivateItem {

        public Target {
            settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
            secrets = List.copyOf(secrets);
            match = List.copyOf(match);
        }
    }

    /**
     * Who said who somebody is.
     *
     * @param secret whether there was one
     */
    record Provider(String name, String issuer, String client, boolean secret, List<String> scopes, String claim, List<Grant> grants, List<String> domains,
            boolean passwords) implements PrivateItem {

        public Provider {
            scopes = List.copyOf(scopes);
            grants = List.copyOf(grants);
            domains = List.copyOf(domains);
        }
    }

    /** @param clients in the order of the alphabet */
    record Grant(String value, String role, List<ClientName> clients) {

        public Grant {
            clients = List.copyOf(clients);
        }
    }

    /** Who a user was at a provider. */
    record KnownAs(UserName user, String issuer, String subject, String shown, Instant made) implements PrivateItem {}

    /**
     * A device as it was set.
     *
     * @param secrets names of those that it had
     */
    record DeviceBefore(NodeName node, DeviceName name, String driver, SortedMap<String, String> settings, List<String> secrets) implements PrivateItem {

        public DeviceBefore {
            settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
            secrets = List.copyOf(secrets);
        }
    }

    /** What a drill told: lines with paths among them. */
    record Told(JobId job, List<String> lines) implements PrivateItem {

        public Told {
            lines = List.copyOf(lines);
        }
    }

    /** Something that was laid down in one word, like at which site a host is. */
    record Word(String about, String word) implements PrivateItem {}
}

package org.azekura.server.job;

import java.util.List;
import org.azekura.api.ClientName;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.JobOrder;
import org.azekura.server.job.place.Destination;

/** An order and what it names, found. */
sealed interface Checked {

    Job.Kind kind();

    /** Whose data it is about, or who gets it; null if nobody's. */
    default ClientName client() {
        return null;
    }

    /** That it reads, or writes into if it does not read; null if none, or several. */
    default PoolName pool() {
        return null;
    }

    /** The pool that it writes into. */
    default PoolName fills() {
        return pool();
    }

    /** Complete: it says the same whatever becomes of the configuration. */
    JobOrder order();

    /** Whether it can't be while a catalog is made anew. A change of a driver may be what that waits for. */
    default boolean needsCatalog() {
        return kind() != Job.Kind.REBUILD && kind() != Job.Kind.DRIVER;
    }

    /** Whose places it takes among those of jobs that run at once: its client's, else its pool's, as those of copies and prunes. What has neither shares those of one. */
    default String whose() {
        return client() != null ? client().value() : fills() != null ? "pool " + fills() : "";
    }

    /** Who does the client's part, null if nobody. */
    default ClientName worker() {
        return client();
    }

    record Backup(JobOrder.Backup order, Client owner, Destination into) implements Checked {
        @Override
        public Job.Kind kind() {
            return Job.Kind.BACKUP;
        }

        @Override
        public ClientName client() {
            return owner.name();
        }

        @Override
        public ClientName worker() {
            return order.via() == null ? client() : order.via();
        }

        @Override
        public PoolName pool() {
            return into.meant();
        }
    }

    record Restore(JobOrder.Restore order, Snapshot snapshot, Client owner, ClientName client, Pool from) implements Checked {
        @Override
        public Job.Kind kind() {
            return Job.Kind.RESTORE;
        }

        @Override
        public PoolName pool() {
            return from.name();
        }
    }

    record Drill(JobOrder.Drill order, Snapshot snapshot, Client owner, ClientName client, Pool from) implements Checked {
        @Override
        public Job.Kind kind() {
            return Job.Kind.DRILL;
        }

        @Override
        public PoolName pool() {
            return from.name();
        }
    }

    /** It is listed with what is of the client whose data it is, whoever reads them. */
    record Download(JobOrder.Download order, Snapshot snapshot, Client owner, ClientName worker, Pool from) implements Checked {
        @Override
        public Job.Kind kind() {
            return Job.Kind.DOWNLOAD;
        }

        @Override
        public ClientName client() {
            return owner.name();
        }

        @Override
        public PoolName pool() {
            return from.name();
        }
    }

    record Mount(JobOrder.Mount order, Snapshot snapshot, Client owner, ClientName client, Pool from) implements Checked {
        @Override
        public Job.Kind kind() {
            return Job.Kind.MOUNT;
        }

        @Override
        public PoolName pool() {
            return from.name();
        }
    }

    /** @param snapshot null for all of the pool */
    record Copy(JobOrder.Copy order, Pool from, Pool to, Snapshot snapshot) implements Checked {
        @Override
        public Job.Kind kind() {
            return Job.Kind.COPY;
        }

        @Override
        public PoolName pool() {
            return from.name();
        }

        @Override
        public PoolName fills() {
            return to.name();
        }
    }

    record Prune(JobOrder.Prune order, List<Pool> pools) implements Checked {
        @Override
        public Job.Kind kind() {
            return Job.Kind.PRUNE;
        }

        @Override
        public PoolName pool() {
            return order.pool();
        }
    }

    record Expire(JobOrder.Expire order) implements Checked {
        @Override
        public Job.Kind kind() {
            return Job.Kind.EXPIRE;
        }
    }

    /** The order is checked against the catalog when it runs: nothing else may run then. */
    record Rebuild(JobOrder.Rebuild order) implements Checked {
        @Override
        public Job.Kind kind() {
            return Job.Kind.REBUILD;
        }
    }

    record Driver(JobOrder.Driver order) implements Checked {
        @Override
        public Job.Kind kind() {
            return Job.Kind.DRIVER;
        }
    }

    /** @param pool null if it is about none, or several */
    record OfLibrary(JobOrder.OfLibrary order, PoolName pool) implements Checked {
        @Override
        public Job.Kind kind() {
            return switch (order) {
                case JobOrder.Inventory inventory -> Job.Kind.INVENTORY;
                case JobOrder.Move move -> Job.Kind.MOVE;
                case JobOrder.Label label -> Job.Kind.LABEL;
                case JobOrder.Scan scan -> Job.Kind.SCAN;
                case JobOrder.Export export -> Job.Kind.EXPORT;
                case JobOrder.Import taken -> Job.Kind.IMPORT;
                case JobOrder.Clean clean -> Job.Kind.CLEAN;
                case JobOrder.Repack repack -> Job.Kind.REPACK;
                case JobOrder.Forget forget -> Job.Kind.FORGET;
            };
        }
    }

    /**
     * @param where the pool, or what copies in it are kept in
     * @param pool  in whose volumes that is
     */
    record Heal(JobOrder.Heal order, Pool where, PoolName pool) implements Checked {
        @Override
        public Job.Kind kind() {
            return Job.Kind.HEAL;
        }
    }

    /** @param places the pool, its sets, and what copies are kept in there */
    record Lock(JobOrder.Lock order, List<Pool> places) implements Checked {
        @Override
        public Job.Kind kind() {
            return Job.Kind.LOCK;
        }

        @Override
        public PoolName pool() {
            return order.pool();
        }
    }

    /**
     * @param pool   null if several pools are verified
     * @param volume null if all of them are
     */
    record Verify(JobOrder.Verify order, List<Pool> pools, Snapshot snapshot, PoolName pool, VolumeId volume) implements Checked {

        /** Of all volumes. */
        Verify(JobOrder.Verify order, List<Pool> pools, Snapshot snapshot, PoolName pool) {
            this(order, pools, snapshot, pool, null);
        }

        @Override
        public Job.Kind kind() {
            return Job.Kind.VERIFY;
        }
    }
}

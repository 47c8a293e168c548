package org.azekura.storagenode.job;

import java.util.HashMap;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Quota;
import org.azekura.api.message.Ticket;

/**
 * What clients may still store here: all jobs with data of one client draw on the same. A ticket tells what the catalog had left; what other
 * jobs have sent meanwhile and the catalog has not yet is taken off. Safe for any number of threads.
 */
public final class Allowances {

    private final Map<ClientName, Account> accounts = new HashMap<>();

    /** Of one owner, as long as it has jobs. */
    private static final class Account {
        private int shares;
        /** By its jobs, in bytes. */
        private long taken;
        /** Of that, what the catalog does not have. */
        private long open;
        /** What it may have taken. */
        private long most = Long.MAX_VALUE;
        private long quota = Quota.NONE;
    }

    /** One job's part. */
    public Share share(ClientName owner) {
        synchronized (accounts) {
            Account account = accounts.computeIfAbsent(owner, name -> new Account());
            account.shares++;
            return new Share(owner, account);
        }
    }

    /** What one job has taken of what its owner may store. */
    public final class Share implements AutoCloseable {

        private final ClientName owner;
        private final Account account;
        private long open;
        private boolean closed;

        private Share(ClientName owner, Account account) {
            this.owner = owner;
            this.account = account;
        }

        /**
         * A newer ticket knows better, for all of the owner's jobs. But what another of them has had settled since it was made it does not know: while there is
         * another, and the quota is the same, nobody has more by it.
         */
        public void renew(Ticket ticket) {
            synchronized (accounts) {
                long most = ticket.quota() == Quota.NONE ? Long.MAX_VALUE : account.taken - account.open + ticket.left();
                account.most = account.shares > 1 && account.quota == ticket.quota() ? Math.min(account.most, most) : most;
                account.quota = ticket.quota();
            }
        }

        /**
         * So much is going to be stored.
         *
         * @throws BackupException {@code quota.exceeded}: it may not
         */
        public void take(long bytes) throws BackupException {
            synchronized (accounts) {
                if (bytes > account.most - account.taken) {
                    throw new Quota(owner, account.quota, account.quota - Math.max(0, account.most - account.taken)).exceeded();
                }
                count(bytes);
            }
        }

        /** So much was stored and is in the catalog, {@code before} of it taken before: what makes a pack of chunks counts, too. */
        public void settle(long bytes, long before) {
            synchronized (accounts) {
                count(bytes - before);
                if (!closed) {
                    open -= bytes;
                    account.open -= bytes;
                }
            }
        }

        private void count(long bytes) {
            if (!closed) {
                account.taken += bytes;
                account.open += bytes;
                open += bytes;
            }
        }

        /** What is not in the catalog by now is given back. */
        @Override
        public void close() {
            synchronized (accounts) {
                if (!closed) {
                    closed = true;
                    account.taken -= open;
                    account.open -= open;
                    account.shares--;
                    if (account.shares == 0) {
                        accounts.remove(owner);
                    }
                }
            }
        }
    }
}

package org.azekura.storagenode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.storagenode.copy.Copies;
import org.azekura.storagenode.job.NodeJobs;
import org.azekura.storagenode.job.PackEntries;
import org.azekura.storagenode.job.Prune;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is under way for jobs on this node, and by whose order: a connection with a server that breaks off takes nothing of another with it. A job that another
 * server begins anything for is that one's from then on, and what there was of it ends first. Safe for any number of threads.
 */
final class NodeWork {

    private static final Logger LOG = LoggerFactory.getLogger(NodeWork.class);

    private final NodeJobs jobs;
    private final Copies copies;
    private final PackEntries entries = new PackEntries(PackEntries.MOST);
    private final Map<JobId, Prune> prunes = new ConcurrentHashMap<>();
    /** By whose order the packs of a job are being verified; taken out to stop it. */
    private final Map<JobId, NodeTalk> verifying = new ConcurrentHashMap<>();
    /** Guarded by this. */
    private final Map<JobId, Owner> owners = new HashMap<>();

    private static final class Owner {
        final NodeTalk server;
        boolean ending;

        Owner(NodeTalk server) {
            this.server = server;
        }
    }

    NodeWork(NodeJobs jobs, Copies copies) {
        this.jobs = jobs;
        this.copies = copies;
    }

    NodeJobs jobs() {
        return jobs;
    }

    Copies copies() {
        return copies;
    }

    PackEntries entries() {
        return entries;
    }

    /** What begins for a job. */
    @FunctionalInterface
    interface Begin<T> {
        T run() throws BackupException;
    }

    /**
     * Begins something for this job by order of this server.
     *
     * @throws BackupException {@code transport.closed} if the connection with the server has ended meanwhile: nothing of it is left
     */
    <T> T begin(JobId job, NodeTalk server, Begin<T> what) throws BackupException {
        claim(job, server);
        T begun = what.run();
        boolean lost;
        synchronized (this) {
            awaitEnded(job);
            lost = !owners.containsKey(job);
        }
        if (lost) {
            finish(job, null);
            throw BackupException.network("transport.closed", job.toString(), "the connection with " + server + " ended while job " + job + " began", null);
        }
        return begun;
    }

    private void claim(JobId job, NodeTalk server) throws BackupException {
        while (!owns(job, server)) {
            LOG.info("job={} goes on by order of {}; what there was of it ends", job, server);
            end(job, owner -> owner != null && owner.server != server);
        }
    }

    private synchronized boolean owns(JobId job, NodeTalk server) throws BackupException {
        awaitEnded(job);
        return owners.computeIfAbsent(job, id -> new Owner(server)).server == server;
    }

    private void awaitEnded(JobId job) throws BackupException {
        try {
            while (owners.containsKey(job) && owners.get(job).ending) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.network("transport.interrupted", job.toString(), "interrupted while what there was of job " + job + " ended", e);
        }
    }

    void prunes(JobId job, Prune prune) {
        prunes.put(job, prune);
    }

    Prune prune(JobId job) throws BackupException {
        Prune prune = prunes.get(job);
        if (prune == null) {
            throw BackupException.operator("prune.unknown", job.toString(), "job " + job + " has begun no prune on this storage node");
        }
        return prune;
    }

    void verifies(JobId job, NodeTalk server) {
        verifying.put(job, server);
    }

    boolean isVerifying(JobId job, NodeTalk server) {
        return verifying.get(job) == server;
    }

    void verified(JobId job, NodeTalk server) {
        verifying.remove(job, server);
    }

    /** Ends what there is of a job by order of this server. Nothing if another has begun anything for it since: that one may be told late that it is over. */
    void end(JobId job, NodeTalk server) throws BackupException {
        if (!end(job, owner -> owner == null || owner.server == server)) {
            LOG.info("job={} goes on by order of another server, though {} has ended it", job, server);
        }
    }

    /** Whose it is, and that it ends, is one step: whoever begins something for it meanwhile comes first, or waits. @return false if it is not one of those */
    private boolean end(JobId job, Predicate<Owner> whose) throws BackupException {
        Owner owner;
        synchronized (this) {
            awaitEnded(job);
            owner = owners.get(job);
            if (!whose.test(owner)) {
                return false;
            }
            if (owner == null) {
                owner = new Owner(null); // of what nobody here knows of any more
                owners.put(job, owner);
            }
            owner.ending = true;
        }
        finish(job, owner);
        return true;
    }

    private void finish(JobId job, Owner owner) {
        try {
            verifying.remove(job);
            endPrune(job);
            jobs.end(job);
            copies.end(job);
        } finally {
            synchronized (this) {
                owners.remove(job, owner);
                notifyAll();
            }
        }
    }

    private void endPrune(JobId job) {
        Prune prune = prunes.remove(job);
        if (prune != null) {
            prune.end();
        }
    }

    /** A server is gone: it can't say how its jobs go on, so they end. What was durable stays. */
    void endAll(NodeTalk server) {
        Map<JobId, Owner> its = new HashMap<>();
        synchronized (this) {
            owners.forEach((job, owner) -> {
                if (owner.server == server && !owner.ending) {
                    owner.ending = true;
                    its.put(job, owner);
                }
            });
        }
        verifying.values().removeIf(by -> by == server);
        // Before the jobs: what they relied on stays for as long as anything can be dropped.
        its.keySet().forEach(this::endPrune);
        its.forEach(this::finish);
    }

    /** This node ends. */
    void close() {
        List.copyOf(prunes.keySet()).forEach(this::endPrune);
        jobs.endAll();
        copies.endAll();
    }
}

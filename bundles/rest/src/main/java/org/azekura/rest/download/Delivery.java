package org.azekura.rest.download;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.api.access.AuditLog;
import org.azekura.api.catalog.Job;
import org.azekura.api.content.Content;
import org.azekura.api.content.Contents;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Jobs;
import org.azekura.rest.call.Door;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;

/**
 * Sends what was offered: by a job of its own, which ends with it. Ends itself when what the caller has shown holds no more.
 *
 * @param operation as the audit log calls it
 */
record Delivery(Offer offer, Door.Entry entry, Offers offers, Contents contents, Jobs jobs, AuditLog log, String operation) implements Reply.File.Writer {

    private static final int PIECE = 1 << 20;
    /** Before anything is sent nobody notices that whoever asked has gone. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final long PROOF_ns = Duration.ofSeconds(5).toNanos();

    @Override
    public void write(OutputStream to, long from, long length) throws IOException, InterruptedException, BackupException, Refusal {
        offers.begin(offer);
        try (Content content = contents.open()) {
            Job job = jobs.submit(new JobOrder.Download(offer.snapshot().id(), offer.selection().paths(), contents.client(), content.stream()));
            log.add(new AuditLog.Act(entry.caller().name(), entry.from(), operation, object(), "job " + job.id()));
            await(content, job);
            try {
                new Course(content, to).run(from, length);
            } catch (BackupException e) {
                content.fail(e);
                throw e;
            }
        } finally {
            offers.end(offer);
        }
    }

    private String object() {
        return offer.snapshot().id() + " " + offer.selection().paths().stream().map(RawPath::toPercent).collect(Collectors.joining(" "));
    }

    /** The job may end before the client hears of it. */
    private void await(Content content, Job job) throws BackupException {
        long began = System.nanoTime();
        while (!content.await(LOOK)) {
            if (System.nanoTime() - began >= PATIENCE.toNanos()) {
                jobs.cancel(job.id());
                throw BackupException.network("job.stuck", job.id().toString(), "job " + job.id() + ", which reads this, did not begin within " + PATIENCE.toMinutes() + " minutes; it is cancelled", null);
            }
            Job now = jobs.get(job.id());
            if (now.state().ended()) {
                throw BackupException.operator("job.ended", job.id().toString(), "job " + job.id() + ", which reads this, " + now.state().word() + (now.error() == null ? "" : ": " + now.error()));
            }
        }
    }

    /** One thread. */
    private final class Course {

        final Content content;
        final OutputStream to;
        long shown = System.nanoTime();

        Course(Content content, OutputStream to) {
            this.content = content;
            this.to = to;
        }

        void run(long from, long length) throws IOException, BackupException, InterruptedException {
            switch (offer.form()) {
                case FILE -> copy(offer.selection().paths().getFirst(), from, from + length, to);
                case ZIP -> {
                    try (ZipArchive zip = new ZipArchive(to, offers.zipNames())) {
                        archive(zip);
                    }
                }
                case TAR -> archive(new TarArchive(to));
            }
            to.flush();
        }

        void archive(Archive archive) throws IOException, BackupException, InterruptedException {
            Walk walk = new Walk(content, (path, entry) -> {
                requireShown();
                archive.add(offer.selection().name(path), entry, out -> copy(path, 0, entry.size(), out));
            });
            for (RawPath path : offer.selection().paths()) {
                walk.from(path);
            }
            archive.finish();
        }

        void copy(RawPath file, long from, long end, OutputStream out) throws IOException, BackupException {
            for (long at = from; at < end;) {
                requireShown();
                byte[] piece = content.read(file, at, (int) Math.min(PIECE, end - at));
                if (piece.length == 0) {
                    throw BackupException.corrupt("file.short", file.toString(), file + " ends at byte " + at + " in the snapshot, not at " + end);
                }
                out.write(piece);
                at += piece.length;
            }
        }

        void requireShown() throws BackupException {
            if (System.nanoTime() - shown >= PROOF_ns) {
                if (!entry.proof().holds()) {
                    throw BackupException.operator("access.ended", entry.caller().name(), "the session or the token of " + entry.caller().name() + ", by which this was asked for, has ended");
                }
                shown = System.nanoTime();
            }
        }
    }
}
